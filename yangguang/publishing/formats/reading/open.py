"""Which reader reads a file; what is refused, and with which remedy."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from yangguang.publishing.formats.reading.found import Found, Pieces, found
from yangguang.rules.beginnings import Container, container_of
from yangguang.rules.plan_table import Unreadable

LARGEST = 100_000_000
LONGEST_BODY = 5_000_000
ENDINGS = {"docx": "docx", "pdf": "pdf", "html": "html", "htm": "html", "txt": "txt", "text": "txt"}
_SAVE_AS = {"doc": ".docx", "wps": ".docx", "rtf": ".docx", "odt": ".docx", "ofd": ".pdf", "docm": ".docx"}


def read_path(path: Path) -> Found:
    """Read the document in a file. Raises `Unreadable`: one sentence that names the file and the remedy."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(_too_large(size))
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name}：无法读取（{error.strerror}）；请检查路径和权限") from error
    except Unreadable as problem:
        raise Unreadable(f"{path.name}：{problem}") from problem
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Found:
    """Read the document in a file's bytes; `name` tells the format and stands in the sentences."""
    try:
        if len(data) > LARGEST:
            raise Unreadable(_too_large(len(data)))
        pieces = _reader(data, name)(data)
        result = found(pieces, Path(name).stem)
        if not result.body.strip():
            raise Unreadable("文件里没有正文；请给出文件原文")
        if len(result.body) > LONGEST_BODY:
            raise Unreadable(
                f"正文有 {len(result.body)} 字，超过 {LONGEST_BODY} 字；请分成几份文件，或作为附件发布"
            )
    except Unreadable as problem:
        text = str(problem)
        raise Unreadable(text if text.startswith(name) else f"{name}：{text}") from problem
    except RecursionError as problem:
        raise Unreadable(f"{name}：结构嵌套过深；请在原软件中打开后重新另存") from problem
    return result


def _too_large(size: int) -> str:
    return f"文件过大（{size // 1_000_000} MB，上限 {LARGEST // 1_000_000} MB）；请压缩其中的图片，或把长附件另行上传"


def _reader(data: bytes, name: str) -> Callable[[bytes], Pieces]:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not data.strip():
        raise Unreadable("文件是空的；请给出文件原文")
    if ending in _SAVE_AS:
        raise Unreadable(f"不支持 .{ending} 格式；请另存为 {_SAVE_AS[ending]} 后再试")
    if ending not in ENDINGS:
        raise Unreadable(f"不认识的文件类型“.{ending[:20]}”；请给出 .docx、.pdf、.html 或 .txt 文件")
    _check_content(data, ending)
    # Heavy libraries load only for the format that needs them.
    module = ENDINGS[ending]
    read: Callable[[bytes], Pieces] = getattr(
        import_module(f"yangguang.publishing.formats.reading.{module}"), f"read_{module}"
    )
    return read


def _check_content(data: bytes, ending: str) -> None:
    """A file whose first bytes belong to another format is named, with the remedy."""
    container = container_of(data)
    if ending == "docx" and container is Container.OLE:
        raise Unreadable(
            "这是旧版 Word 文件（.doc）改了扩展名，或者文件已加密；请在 Word 中去掉密码并另存为 .docx"
        )
    if ending == "docx" and container is not Container.ZIP:
        raise Unreadable("不是有效的 .docx 文件（可能已损坏）；请在 Word 中打开后重新另存为 .docx")
    if ending == "pdf" and container is not Container.PDF:
        raise Unreadable("不是有效的 PDF 文件（可能已损坏）；请重新导出为 PDF")
    if ending in ("txt", "text", "html", "htm") and container:
        raise Unreadable(f"内容不是 .{ending} 文本；请按真实格式改回扩展名（.docx 或 .pdf）")
