"""The PDF edition, set by typst: PDF/A-2b, the font inside, the same bytes for the same issue."""

import json
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from yangguang.gazette.compile.content import Content, Text
from yangguang.rules.official_text import Block, Cell, Kind
from yangguang.warehouse import fonts

TEMPLATE = Path(__file__).with_name("gazette.typ")
FONTS = ("NotoSerifCJKsc-Regular.otf", "NotoSansCJKsc-Regular.otf")
# Characters that no text needs and no font shows.
_UNSEEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65279))


class NotPrintable(ValueError):
    """The issue cannot be set in type; says what stands in the way."""


@dataclass(frozen=True)
class Printed:
    """The file, on which page each text begins (by position), and how many pages there are in all."""

    pdf: bytes
    page_of: dict[int, int]
    page_count: int


def compile_pdf(content: Content) -> Printed:
    """Set the issue. Raises NotPrintable where a character is in neither font."""
    with tempfile.TemporaryDirectory(prefix="gazette-") as folder:
        root = Path(folder)
        (root / "main.typ").write_bytes(TEMPLATE.read_bytes())
        (root / "data.json").write_text(json.dumps(_data(content, root), ensure_ascii=False), "utf-8")
        compiler = typst.Compiler(root / "main.typ", root=root, font_paths=_fonts(), ignore_system_fonts=True)
        try:
            pdf = compiler.compile(
                format="pdf", pdf_standards="a-2b", timestamp=int(content.issued_at.timestamp())
            )
            places = json.loads(compiler.query("<place>", field="value"))
            pages = json.loads(compiler.query("<last>", field="value", one=True))
        except typst.TypstError as problem:
            raise NotPrintable(f"PDF 没有排成（{problem.message}）：请改去不能排印的字符再试") from problem
    if not isinstance(pdf, bytes):
        raise NotPrintable("PDF 没有排成：公报是空的")
    return Printed(pdf, {place["position"]: place["page"] for place in places}, pages)


@cache
def _fonts() -> typst.Fonts:
    """The two fonts that we embed, out of a package that carries others too; loaded once."""
    folder = fonts.folder()
    chosen = Path(tempfile.mkdtemp(prefix="gazette-fonts-"))
    for name in FONTS:
        (chosen / name).symlink_to(folder / name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[chosen])


def _data(content: Content, root: Path) -> dict[str, Any]:
    """The issue as the template reads it; pictures are written beside it."""
    day = content.issued_at
    return {
        "title": content.title,
        "name": content.name,
        "publisher": content.publisher,
        "issued": [day.year, day.month, day.day],
        "sample": content.is_sample,
        "proof": content.is_proof,
        "words": {
            "number": f"{content.year} 年第 {content.number} 期",
            "day": f"{day.year}年{day.month}月{day.day}日",
            "contents": "目录",
            "sample": "示例",
            "proof": "样稿",
            "standard": "在政府公报上刊登的规章和规范性文件文本为标准文本",
        },
        "sections": [
            {"name": name, "texts": [_text(content, text, root) for text in texts]}
            for name, texts in content.sections
        ],
    }


def _text(content: Content, text: Text, root: Path) -> dict[str, Any]:
    return {
        "position": text.position,
        "title": _clean(text.title),
        "byline": _clean(text.byline),
        "closing": f"正文 SHA-256：{text.sha256}",
        "blocks": [
            _block(content, text, block, root) for block in text.blocks if block.kind != Kind.FOOTNOTE
        ],
    }


def _block(content: Content, text: Text, block: Block, root: Path) -> dict[str, Any]:
    if block.kind == Kind.TABLE:
        return {
            "kind": "table",
            "columns": block.table.width,
            "head": [[_cell(cell) for cell in row] for row in block.table.head],
            "body": [[_cell(cell) for cell in row] for row in block.table.body],
        }
    if block.kind == Kind.PICTURE:
        file = _picture(content, text, block.file, root)
        return {"kind": "picture", "file": file, "caption": _clean(block.caption)}
    return {
        "kind": block.kind.value,
        "centred": block.is_centred,
        "spans": [_span(text, s.text, s.mark, s.breaks) for s in block.segments],
    }


def _span(text: Text, words: str, mark: str, breaks: bool) -> list[str]:
    if breaks:
        return ["break"]
    if not mark:
        return ["text", _clean(words)]
    note = text.footnotes.get(mark)
    return ["note", _clean(note.shown)] if note else ["mark", mark]


def _cell(cell: Cell) -> dict[str, Any]:
    return {"rows": cell.rows, "columns": cell.columns, "lines": [_clean(line) for line in cell.lines]}


def _picture(content: Content, text: Text, name: str, root: Path) -> str | None:
    for known, kind, sha256 in text.pictures:
        if known == name:
            file = f"{sha256}.{'png' if kind == 'image/png' else 'jpg'}"
            (root / file).write_bytes(content.picture(sha256))
            return file
    return None


def _clean(text: str) -> str:
    return text.translate(_UNSEEN).replace("\t", " ")
