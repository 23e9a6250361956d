"""The lines of a PDF page, and paragraphs out of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from yangguang.rules.official_text.numbering import chapter_level, number_level
from yangguang.rules.official_text.places import is_date, lists_attachments

Box = tuple[float, float, float, float]
_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+")
_NOTE = re.compile(r"(?:\[\^([^\]]+)\]|([①-⑳])|[\[［]?(\d{1,2})[\]］])\s*(\S.*)")
_NAMED = re.compile(r"(第[一二三四五六七八九十百零〇\d]{1,5}[编章节条])[ \u3000]+(\S.*)")
_BESIDE_HAN = re.compile(
    r"(?<=[^\x00-\xff])[ \u3000]+(?=[^\x00-\xff\d])|(?<=\d) +(?=[一-鿿])|(?<=[一-鿿]) +(?=\d)"
)
# A raised figure: this much smaller than the line's own signs.
RAISED = 0.8


@dataclass(frozen=True)
class Line:
    """A line and its box in points from the page's top left; `width` is the column that it may fill."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    column: tuple[float, float]
    at_edge: bool

    def saying(self, text: str) -> Line:
        return replace(self, text=text)

    @property
    def fills(self) -> bool:
        """Reaches the right margin, so that the next line may go on."""
        return self.column[1] - self.right < 2.2 * self.size

    @property
    def indent(self) -> float:
        """In signs, from the column's left margin."""
        return (self.left - self.column[0]) / max(self.size, 1)


def column_edges(page: Any, tables: Sequence[Box]) -> list[float]:
    """The edges of the page's text columns: two for one column, three for two.

    Two columns show as a white strip in the middle that no word crosses, with text along most of it at
    both sides.
    """
    words = [word for word in page.extract_words(x_tolerance=2) if not _within(word, tables)]
    whole = [0.0, float(page.width)]
    if len(words) < 40:
        return whole
    middle = page.width / 2
    for shift in range(0, 60, 6):
        for x in (middle - shift, middle + shift):
            crossing = [word for word in words if word["x0"] < x + 4 and word["x1"] > x - 4]
            left = {round(word["top"] / 8) for word in words if word["x1"] <= x - 4}
            right = {round(word["top"] / 8) for word in words if word["x0"] >= x + 4}
            if len(crossing) <= 2 and min(len(left), len(right)) > 0.6 * len(left | right):
                return [0.0, float(x), float(page.width)]
    return whole


def lines_of(page: Any, tables: Sequence[Box], left: float, right: float) -> list[Line]:
    """The lines of a column outside the tables, top to bottom; raised figures become signs `[^1]`."""

    def wanted(item: Any) -> bool:
        if item.get("object_type") != "char":
            return True
        return left <= (item["x0"] + item["x1"]) / 2 < right and not _within(item, tables)

    found = page.filter(wanted).extract_text_lines(return_chars=True, x_tolerance=2, y_tolerance=4)
    found = [line for line in found if line["text"].strip()]
    if not found:
        return []
    margins = (min(line["x0"] for line in found), max(line["x1"] for line in found))
    return [
        Line(
            text=clean(_with_signs(line["chars"], line["text"])),
            left=line["x0"],
            right=line["x1"],
            top=line["top"],
            bottom=line["bottom"],
            size=median(char["size"] for char in line["chars"]),
            column=margins,
            at_edge=line["top"] < page.height * 0.11 or line["bottom"] > page.height * 0.89,
        )
        for line in found
    ]


def notes_among(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[str, str]]]:
    """Footnotes stand at the foot in smaller type and begin with their sign: the lines without them, and them."""
    if not lines:
        return [], []
    body = median(line.size for line in lines)
    kept, notes = list(lines), list[tuple[str, str]]()
    numbers = [line for line in kept if is_page_number(line)]
    texts = [line for line in kept if not is_page_number(line)]
    first = len(texts)
    while first and texts[first - 1].size < body * 0.9:
        first -= 1
    for line in texts[first:]:
        found = _NOTE.match(line.text)
        if found:
            notes.append((found[1] or found[2] or found[3], found[4]))
        elif notes:
            notes[-1] = (notes[-1][0], notes[-1][1] + line.text)
        else:
            first += 1
    if not notes:
        return list(lines), []
    return [*texts[:first], *numbers], notes


def is_page_number(line: Line) -> bool:
    """A line at the page's edge with nothing but its number."""
    return line.at_edge and _PAGE_NUMBER.fullmatch(line.text) is not None


def cell_lines(page: Any, boxes: Sequence[Box]) -> dict[Box, list[str]]:
    """The lines of text in each of a table's boxes."""
    from pdfplumber.utils import extract_text

    chars: dict[Box, list[Any]] = {box: [] for box in boxes}
    for char in page.chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        box = next((box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
        if box is not None:
            chars[box].append(char)
    texts = {box: extract_text(found, x_tolerance=2, y_tolerance=3) for box, found in chars.items()}
    return {box: [clean(line) for line in text.split("\n") if line.strip()] for box, text in texts.items()}


def joined(lines: Sequence[Line | str]) -> list[str]:
    """Paragraphs out of lines; tables (strings) stand as they are, and one cut by a page end goes on."""
    blocks: list[str] = []
    above: Line | str | None = None
    for line in lines:
        if isinstance(line, str):
            if isinstance(above, str) and _same_width(above, line):
                blocks[-1] = f"{blocks[-1]}\n{_without_head(above, line)}"
            else:
                blocks.append(line)
        elif isinstance(above, Line) and _goes_on(above, line):
            gap = " " if above.text[-1:].isascii() and line.text[:1].isascii() else ""
            blocks[-1] += gap + line.text
        elif isinstance(above, Line) and _signs_on(above, line):
            blocks[-1] += f"\n{line.text}"
        else:
            blocks.append(line.text)
        above = line
    return blocks


def _goes_on(above: Line, line: Line) -> bool:
    if not above.fills or line.indent > 1.2 or abs(above.size - line.size) > 2:
        return False
    if is_date(line.text) or lists_attachments(line.text) or chapter_level(line.text):
        return False
    return not (number_level(line.text) and re.search(r"[。；：！？]$", above.text))


def _signs_on(above: Line, line: Line) -> bool:
    """The date under the name of an organ."""
    return is_date(line.text) and above.indent > 6


def _same_width(above: str, line: str) -> bool:
    return above.split("\n", 1)[0].count("\t") == line.split("\n", 1)[0].count("\t")


def _without_head(above: str, table: str) -> str:
    """A table that goes on over a page repeats its head."""
    head, _, rest = table.partition("\n")
    return rest if rest and head == above.split("\n", 1)[0] else table


def _within(item: Any, boxes: Sequence[Box]) -> bool:
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(box[0] <= x <= box[2] + 8 and box[1] <= y <= box[3] for box in boxes)


def _with_signs(chars: Sequence[Any], text: str) -> str:
    """The line's text with its small raised figures as footnote signs."""
    size = median(char["size"] for char in chars)
    bottom = median(char["bottom"] for char in chars)
    raised = [
        char["size"] < size * RAISED and char["bottom"] < bottom - size * 0.15 and char["text"].isdigit()
        for char in chars
    ]
    if not any(raised):
        return text
    pieces: list[str] = []
    for place, char in enumerate(chars):
        begins = raised[place] and (place == 0 or not raised[place - 1])
        ends = raised[place] and (place + 1 == len(chars) or not raised[place + 1])
        pieces.append(("[^" if begins else "") + char["text"] + ("]" if ends else ""))
    return "".join(pieces)


def clean(line: str) -> str:
    """Without the blanks that setting leaves beside Han characters, and without radicals as letters.

    The blank behind 第一章 and 第一条 is the document's own.
    """
    line = "".join(
        unicodedata.normalize("NFKC", sign) if "⺀" <= sign <= "⿟" else sign for sign in line
    ).strip()
    named = _NAMED.match(line)
    if named:
        return f"{named[1]}\u3000{clean(named[2])}"
    return _BESIDE_HAN.sub("", line)
