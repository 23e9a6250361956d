"""Which reader reads a file; what is refused, and with which remedy."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

from yangguang.plan.readers.raw import RawSource
from yangguang.plan.readers.simplify import simplifier
from yangguang.rules.beginnings import Container, container_of
from yangguang.rules.plan_table import PlanReading, Unreadable, read_plan
from yangguang.rules.unit_names import AliasTable, parse_aliases

ALIASES = Path(__file__).resolve().parents[3] / "plans" / "unit-aliases.toml"
LARGEST = 50_000_000

# Heavy libraries load only for the format that needs them.
_READERS = {"txt": "txt", "text": "txt", "tsv": "txt", "docx": "docx", "xlsx": "xlsx", "xlsm": "xlsx"} | {
    "html": "html",
    "htm": "html",
    "pdf": "pdf",
}
_SAVE_AS = {"doc": ".docx", "wps": ".docx", "rtf": ".docx", "odt": ".docx", "ofd": ".pdf"} | {
    "xls": ".xlsx",
    "et": ".xlsx",
    "ods": ".xlsx",
    "csv": ".xlsx",
}
_KNOWN = "、".join(f".{name}" for name in ("txt", "docx", "xlsx", "html", "pdf"))


def read_file(path: Path, aliases: AliasTable | None = None) -> PlanReading:
    """Read the plan in a file. Raises `Unreadable`, whose text is one sentence with file and remedy."""
    try:
        if path.is_dir():
            raise Unreadable(f"{path}：这是文件夹；请给出其中的分工方案文件")
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(
                f"{path}：文件过大（{size // 1_000_000} MB，上限 {LARGEST // 1_000_000} MB）；请只保留方案本身"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"{path}：文件不存在；请检查路径") from error
    except OSError as error:
        raise Unreadable(f"{path}：无法读取（{error.strerror}）；请检查权限") from error
    return read_bytes(data, str(path), aliases)


def read_bytes(data: bytes, name: str, aliases: AliasTable | None = None) -> PlanReading:
    """Read the plan in a file's bytes; `name` tells the format and stands in error sentences."""
    try:
        source = _reader(data, name)(data)
        blocks = source.keyed(simplifier(source.text()))
        return read_plan(blocks, aliases or default_aliases(), Path(name).stem)
    except Unreadable as problem:
        text = str(problem)
        raise Unreadable(text if text.startswith(name) else f"{name}：{text}") from problem


@cache
def default_aliases() -> AliasTable:
    """The alias table that is shipped with the product, `plans/unit-aliases.toml`."""
    try:
        return parse_aliases(ALIASES.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise Unreadable(f"{ALIASES}：单位别名表无法读取（{error}）；请从版本库恢复该文件") from error


def _reader(data: bytes, name: str) -> Callable[[bytes], RawSource]:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not data.strip():
        raise Unreadable("文件是空的；请给出分工方案原文")
    if ending in _SAVE_AS:
        raise Unreadable(f"不支持 .{ending} 格式；请另存为 {_SAVE_AS[ending]} 后再试")
    if ending not in _READERS:
        raise Unreadable(f"不认识的文件类型“.{ending}”；请给出 {_KNOWN} 之一")
    _check_content(data, ending)
    module = _READERS[ending]
    read: Callable[[bytes], RawSource] = getattr(
        import_module(f"yangguang.plan.readers.{module}"), f"read_{module}"
    )
    return read


def _check_content(data: bytes, ending: str) -> None:
    """A file whose first bytes belong to another format is named, with the remedy."""
    container = container_of(data)
    if ending in ("docx", "xlsx", "xlsm") and container is not Container.ZIP:
        if container is Container.OLE:
            raise Unreadable(f"文件已加密，或实为旧版 Office 格式；请去掉密码并另存为 .{ending}")
        raise Unreadable(f"不是有效的 .{ending} 文件（可能已损坏）；请重新另存为 .{ending}")
    if ending == "pdf" and container is not Container.PDF:
        raise Unreadable("不是有效的 PDF 文件（可能已损坏）；请重新导出为 PDF")
    if ending in ("txt", "text", "tsv", "html", "htm") and container:
        raise Unreadable(f"内容不是 .{ending} 文本；请按真实格式改回扩展名（.docx、.xlsx 或 .pdf）")
