"""PDF by typst: PDF/A-2b with embedded fonts, the same bytes for the same paper on every machine."""

from __future__ import annotations

import json
import re
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Any

import typst

from yangguang.publishing.formats.typesetting.paper import Paper, notes_of, runs_of
from yangguang.rules.official_text import Block, Cell, Kind
from yangguang.warehouse import fonts

TEMPLATE = Path(__file__).with_name("document.typ")
FONTS = ("NotoSerifCJKsc-Regular.otf", "NotoSansCJKsc-Regular.otf")
MISSING = "〓"
"""Stands for a sign that neither font holds, as printers have it; its code point is told under the text."""

_NOT_IN_FONT = re.compile(r'the text [`"]+(.+?)[`"]+ could not be displayed', re.DOTALL)
_MOST_MISSING = 200
_turn = threading.Lock()


def write_pdf(paper: Paper) -> bytes:
    """Set the paper. Text is handed over as data, so that nothing in it can act as markup."""
    data = _data(paper)
    with tempfile.TemporaryDirectory(prefix="yangguang-typst-") as folder, _turn:
        root = Path(folder)
        (root / "document.typ").write_bytes(TEMPLATE.read_bytes())
        pictures = _place_pictures(data, paper, root)
        missing: dict[str, None] = {}
        while True:
            (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            try:
                return _compile(root, paper.made)
            except typst.TypstError as problem:
                found = _NOT_IN_FONT.search(str(problem))
                if found and len(missing) < _MOST_MISSING:
                    missing |= dict.fromkeys(found[1])
                    data = _without(data, found[1])
                    _tell_missing(data, missing)
                elif pictures:
                    pictures = _drop_pictures(data)
                else:
                    raise


def _compile(root: Path, made: int) -> bytes:
    compiler = typst.Compiler(
        str(root / "document.typ"), root=str(root), font_paths=_fonts(), ignore_system_fonts=True
    )
    return bytes(compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=made))  # type: ignore[arg-type]


@cache
def _fonts() -> typst.Fonts:
    """The two Noto fonts alone: their package's folder holds others that may not be passed on."""
    folder = Path(tempfile.mkdtemp(prefix="yangguang-fonts-"))
    for name in FONTS:
        (folder / name).symlink_to(fonts.folder() / name)
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if len(found.families()) < len(FONTS):
        raise FileNotFoundError("缺少排版用的 Noto 字体：请重新运行 make setup 安装 mplfonts")
    return found


def _data(paper: Paper) -> dict[str, Any]:
    blocks = paper.blocks
    notes, numbers = notes_of(blocks), dict[str, int]()
    shown = [block for block in blocks if block.kind is not Kind.FOOTNOTE]
    data: dict[str, Any] = {
        "title": paper.title,
        "number": paper.number,
        "organs": list(paper.organs),
        "keywords": list(paper.keywords),
        "mark": paper.mark,
        "letterhead": paper.has_letterhead,
        "colophon": [list(pair) for pair in paper.colophon],
        "blocks": [
            _block(block, before, notes, numbers)
            for before, block in zip([None, *shown], shown, strict=False)
        ],
    }
    # Footnotes that no sign calls for are kept as paragraphs.
    for mark, text in notes.items():
        if mark not in numbers:
            run = {"kind": "text", "text": f"[{mark}] {text}"}
            data["blocks"].append({"kind": "paragraph", "runs": [run]})
    return data


def _block(
    block: Block, before: Block | None, notes: dict[str, str], numbers: dict[str, int]
) -> dict[str, Any]:
    if block.kind is Kind.TABLE:
        return _table(block)
    if block.kind is Kind.PICTURE:
        return {"kind": "picture", "caption": block.caption, "name": block.file, "file": None}
    return {
        "kind": block.kind.value,
        "level": block.level,
        "centred": block.is_centred,
        "lines": list(block.lines),
        "goes-on": before is not None and before.kind is block.kind,
        "runs": [{"kind": kind, "text": text} for kind, text in runs_of(block, notes, numbers)],
    }


def _table(block: Block) -> dict[str, Any]:
    table = block.table
    weights = [1] * table.width
    for row in table.grid:
        for column, cell in enumerate(row):
            longest = max((len(line) for line in cell.split("\u2028")), default=0)
            weights[column] = max(weights[column], min(longest, 24))
    placed = list(_placed(table.cells))
    head = table.head_rows
    return {
        "kind": "table",
        "columns": [max(weight, 3) for weight in weights],
        "head": [cell for cell in placed if cell["y"] < head],
        "body": [cell for cell in placed if cell["y"] >= head],
    }


def _placed(rows: tuple[tuple[Cell, ...], ...]) -> list[dict[str, Any]]:
    """Every cell with its place, for a typesetter that wants places instead of order."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            taken.update((x + dx, y + dy) for dx in range(cell.columns) for dy in range(cell.rows))
            short = len(cell.text) <= 8
            placed.append(
                {
                    "x": x,
                    "y": y,
                    "rows": cell.rows,
                    "columns": cell.columns,
                    "lines": [line or "" for line in cell.lines],
                    "align": "center" if short else "left",
                }
            )
    return placed


def _place_pictures(data: dict[str, Any], paper: Paper, root: Path) -> bool:
    placed = False
    for number, block in enumerate(data["blocks"]):
        if block["kind"] != "picture":
            continue
        content = paper.picture(block["name"])
        if content is not None:
            ending = "png" if content.startswith(b"\x89PNG") else "jpg"
            block["file"] = f"picture-{number}.{ending}"
            (root / block["file"]).write_bytes(content)
            placed = True
    return placed


def _drop_pictures(data: dict[str, Any]) -> bool:
    """A picture that cannot be read is told by its caption; the document is not held up by it."""
    for block in data["blocks"]:
        if block["kind"] == "picture":
            block["file"] = None
    return False


def _without(value: Any, signs: str) -> Any:
    """The data with the signs replaced, wherever they stand."""
    if isinstance(value, str):
        return value.translate({ord(sign): MISSING for sign in signs})
    if isinstance(value, list):
        return [_without(item, signs) for item in value]
    if isinstance(value, dict):
        return {key: _without(item, signs) for key, item in value.items()}
    return value


def _tell_missing(data: dict[str, Any], missing: dict[str, None]) -> None:
    told = " ".join(f"U+{ord(sign):04X}" for sign in missing)
    line = ["说明", f"字库没有收录的字以“{MISSING}”代替：{told}"]
    data["colophon"] = [pair for pair in data["colophon"] if pair[0] != line[0]] + [line]
