"""Web pages: text blocks and tables; scripts, styles and layout tables do not count."""

from __future__ import annotations

import re
from typing import Any

from yangguang.plan.readers.raw import RawCell, RawGrid, RawLine, RawParagraph, RawSource
from yangguang.rules.encodings import decode_page
from yangguang.rules.plan_table import Place, Unreadable

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "textarea", "svg", "object"}
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
LARGEST_SPAN = 1000


def read_html(data: bytes) -> RawSource:
    """Read the page in document order."""
    from lxml import etree, html

    try:
        root = html.fromstring(decode_page(data))
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("网页里没有内容；请在浏览器中另存为完整网页后再试") from error
    return _Page().read(root)


class _Page:
    def __init__(self) -> None:
        self._source = RawSource()
        self._line = ""
        self._lines = 0
        self._tables = 0

    def read(self, root: Any) -> RawSource:
        self._walk(root, None)
        self._end_line(None)
        return self._source

    def _walk(self, element: Any, heading: int | None) -> None:
        if not isinstance(element.tag, str) or element.tag in _DROPPED or _is_hidden(element):
            return
        if element.tag == "table" and element.find(".//table") is None:
            self._end_line(heading)
            self._add_table(element)
            return
        if re.fullmatch(r"h[1-6]", element.tag):
            self._end_line(heading)
            heading = int(element.tag[1])
        block = element.tag in _BLOCKS
        if block or element.tag == "br":
            self._end_line(heading if not block else None)
        if element.tag == "li":
            self._line += list_number(element)
        self._line += element.text or ""
        for child in element:
            self._walk(child, heading)
            self._line += child.tail or ""
        if block:
            self._end_line(heading)

    def _end_line(self, heading: int | None) -> None:
        text = _squeezed(self._line)
        self._line = ""
        if text:
            self._lines += 1
            self._source.blocks.append(RawParagraph([RawLine(text, Place(line=self._lines))], heading))

    def _add_table(self, table: Any) -> None:
        self._tables += 1
        rows = list(table.iter("tr"))
        caption = table.find("caption")
        if caption is not None and _cell_lines(caption):
            self._line = " ".join(_cell_lines(caption))
            self._end_line(None)
        cells: list[RawCell] = []
        taken: set[tuple[int, int]] = set()
        places = [Place(row=number + 1, table=self._tables) for number in range(len(rows))]
        for number, row in enumerate(rows):
            column = 0
            for element in row:
                if element.tag not in ("td", "th"):
                    continue
                while (number, column) in taken:
                    column += 1
                down = _span(element, "rowspan", len(rows) - number)
                across = _span(element, "colspan", LARGEST_SPAN)
                lines = [RawLine(line, places[number]) for line in _cell_lines(element)]
                cells.append(RawCell(number, column, lines, down, across))
                taken.update((number + y, column + x) for y in range(down) for x in range(across))
                column += across
        if cells:
            width = max(cell.column + cell.columns for cell in cells)
            self._source.blocks.append(RawGrid(cells, places, width))


def list_number(item: Any) -> str:
    """The number that a browser shows before an item of an ordered list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    before = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdigit() else 1) + before}."


def _cell_lines(element: Any) -> list[str]:
    """The lines of a cell: blocks and <br> part them."""
    pieces: list[str] = []

    def walk(node: Any) -> None:
        if not isinstance(node.tag, str) or node.tag in _DROPPED or _is_hidden(node):
            return
        if node.tag in _BLOCKS or node.tag == "br":
            pieces.append("\n")
        if node.tag == "li":
            pieces.append(list_number(node))
        pieces.append(re.sub(r"\s+", " ", node.text or ""))
        for child in node:
            walk(child)
            pieces.append(re.sub(r"\s+", " ", child.tail or ""))
        if node.tag in _BLOCKS:
            pieces.append("\n")

    walk(element)
    return [line for line in (_squeezed(piece) for piece in "".join(pieces).split("\n")) if line]


def _squeezed(text: str) -> str:
    """Blanks as a browser shows them; a line end between two Han characters shows as nothing worth keeping."""
    text = re.sub(r"(?<=[^\x00-\xff])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\xff])", "", text)
    return re.sub(r"[\s\u3000\xa0]+", " ", text).strip()


def _span(element: Any, name: str, most: int) -> int:
    value = str(element.get(name, "1")).strip()
    number = int(value) if value.isdigit() else 1
    return min(number, most) if number else most if name == "rowspan" else 1


def _is_hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None
