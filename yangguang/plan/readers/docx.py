"""Word files: paragraphs with their automatic numbers, tables with merged cells (ISO/IEC 29500 WordprocessingML)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yangguang.plan.readers.raw import RawCell, RawGrid, RawLine, RawParagraph, RawSource
from yangguang.rules.plan_table import Place, Unreadable
from yangguang.rules.word_numbers import Numbering
from yangguang.warehouse.archive import open_archive, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}txbxContent",
        f"{_W}rPr",
        f"{_W}pPr",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)


def read_docx(data: bytes) -> RawSource:
    """Read the body in its order; deleted revisions are left out, inserted ones kept."""
    archive = open_archive(data, "docx")
    document = parsed(archive, "word/document.xml", "docx")
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise Unreadable("不是 Word 文档（缺少正文）；请在 Word 中打开后另存为 .docx")
    styles = parsed(archive, "word/styles.xml", "docx")
    numbering = Numbering(parsed(archive, "word/numbering.xml", "docx"), styles)
    return _Body(numbering, _heading_styles(styles)).read(body)


class _Body:
    def __init__(self, numbering: Numbering, headings: dict[str, int]) -> None:
        self._numbering = numbering
        self._headings = headings
        self._lines = 0
        self._tables = 0

    def read(self, body: Any) -> RawSource:
        source = RawSource()
        for element in _blocks(body):
            if element.tag == f"{_W}p":
                source.blocks.extend(self._paragraphs(element))
            else:
                source.blocks.append(self._grid(element))
        return source

    def _paragraphs(self, element: Any) -> list[RawParagraph]:
        self._lines += 1
        place = Place(line=self._lines)
        heading = self._heading(element)
        return [
            RawParagraph([RawLine(line, place)], heading) for line in self._texts(element) if line.strip()
        ]

    def _texts(self, element: Any) -> list[str]:
        """The lines of a paragraph, its automatic number before the first."""
        lines = _text(element).split("\n")
        number = self._numbering.next(element)
        return [number + lines[0], *lines[1:]] if any(lines) else lines

    def _heading(self, element: Any) -> int | None:
        level = element.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and level.get(f"{_W}val", "").isdigit():
            value = int(level.get(f"{_W}val")) + 1
            return value if value <= 6 else None
        style = element.find(f"{_W}pPr/{_W}pStyle")
        return self._headings.get(style.get(f"{_W}val", "")) if style is not None else None

    def _grid(self, table: Any) -> RawGrid:
        self._tables += 1
        cells: list[RawCell] = []
        places: list[Place] = []
        open_merges: dict[int, RawCell] = {}
        width = 0
        for number, row in enumerate(_rows(table)):
            place = Place(row=number + 1, table=self._tables)
            places.append(place)
            column = _value(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
            for element in _cells(row):
                span = _value(element.find(f"{_W}tcPr/{_W}gridSpan"), 1)
                merge = element.find(f"{_W}tcPr/{_W}vMerge")
                goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
                lines = [RawLine(text, place) for text in self._cell_texts(element)]
                if goes_on and column in open_merges:
                    open_merges[column].rows += 1
                    open_merges[column].lines.extend(lines)
                else:
                    cell = RawCell(number, column, lines, columns=span)
                    cells.append(cell)
                    open_merges.pop(column, None)
                    if merge is not None:
                        open_merges[column] = cell
                column += span
            width = max(width, column)
        return RawGrid(cells, places, max(width, 1))

    def _cell_texts(self, cell: Any) -> list[str]:
        return [line for paragraph in _paragraphs_in(cell) for line in self._texts(paragraph) if line.strip()]


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those in content controls and insertions included."""
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(element)


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if element.tag == f"{_W}tr" and element.find(f"{_W}trPr/{_W}del") is None:
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _rows(element)


def _cells(row: Any) -> Iterator[Any]:
    for element in row:
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(element)


def _paragraphs_in(cell: Any) -> Iterator[Any]:
    """All paragraphs of a cell; those of a table inside it count as its lines."""
    for element in _blocks(cell):
        if element.tag == f"{_W}p":
            yield element
        else:
            for row in _rows(element):
                for inner in _cells(row):
                    yield from _paragraphs_in(inner)


def _text(element: Any) -> str:
    pieces: list[str] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_W}tab":
            pieces.append(" ")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n" if child.get(f"{_W}type") != "page" else "")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        else:
            pieces.append(_text(child))
    return "".join(pieces)


def _heading_styles(styles: Any) -> dict[str, int]:
    """Style id → outline level from 1."""
    levels: dict[str, int] = {}
    for style in styles.findall(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        label = name.get(f"{_W}val", "").lower() if name is not None else ""
        level = _value(style.find(f"{_W}pPr/{_W}outlineLvl"), 9)
        if label == "title":
            levels[style.get(f"{_W}styleId", "")] = 1
        elif label.startswith(("heading ", "标题 ")) and label[-1].isdigit():
            levels[style.get(f"{_W}styleId", "")] = int(label[-1])
        elif level < 6:
            levels[style.get(f"{_W}styleId", "")] = level + 1
    return levels


def _value(element: Any, default: int) -> int:
    text = element.get(f"{_W}val", "") if element is not None else ""
    return int(text) if text.isdigit() else default
