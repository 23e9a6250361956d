"""The text lines of a PDF page → paragraphs, by indents and line widths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from yangguang.plan.readers.raw import RawGrid, RawLine, RawParagraph
from yangguang.rules.plan_table import Place
from yangguang.rules.plan_table.numerals import leading_numeral
from yangguang.rules.plan_table.source import key_of

_PAGE_NUMBER = re.compile(r"[-—–－\s]*\d{1,4}[-—–－\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+")
_ENDS = re.compile(r"[。；：！？!?;:）)】]$")
_LABEL = re.compile(r"^[（(]?(?:牵头|责任|主办|配合|协办|负责|落实)(?:落实|责任)?(?:单位|部门)[：:]")


@dataclass(frozen=True)
class TextLine:
    """A line of text and its box in points from the page's top left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


class Counting(Protocol):
    lines: int


def text_lines(page: Any, tables: Sequence[tuple[float, float, float, float]]) -> list[TextLine]:
    """The lines outside the tables, top to bottom."""
    from yangguang.plan.readers.pdf import clean

    def outside(item: Any) -> bool:
        if item.get("object_type") != "char":
            return True
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not any(box[0] <= x <= box[2] + 8 and box[1] <= y <= box[3] for box in tables)

    found = page.filter(outside).extract_text_lines(return_chars=False, x_tolerance=2, y_tolerance=3)
    lines = [
        TextLine(clean(line["text"]), line["x0"], line["x1"], line["top"], line["bottom"]) for line in found
    ]
    return [line for line in lines if line.text]


def paragraphs_of_page(lines: Sequence[TextLine], page: Any, counter: Counting) -> list[RawParagraph]:
    """Join lines that the right margin has cut; an indent, a numeral or a short line begins a paragraph."""
    paragraphs: list[RawParagraph] = []
    left = min((line.left for line in lines), default=0.0)
    right = _right_margin(lines, left, float(page.width))
    above: TextLine | None = None
    for line in lines:
        counter.lines += 1
        raw = RawLine(line.text, Place(line=counter.lines, page=page.page_number))
        number = _PAGE_NUMBER.fullmatch(line.text) is not None
        if above is not None and not number and _goes_on(above, line, left, right):
            paragraphs[-1].lines.append(raw)
        else:
            paragraphs.append(RawParagraph([raw]))
        above = None if number else line
    return [paragraph for paragraph in paragraphs if not is_page_number(paragraph)] + [
        paragraph for paragraph in paragraphs if is_page_number(paragraph)
    ]


def _right_margin(lines: Sequence[TextLine], left: float, width: float) -> float:
    """Where full lines end: the longest line's end, unless all lines are short; then as wide as the left margin."""
    longest = max((line.right for line in lines), default=0.0)
    return longest if longest > 0.8 * width else max(longest, width - left)


def is_page_number(block: RawParagraph | RawGrid) -> bool:
    """A line with nothing but the page's number; it stands last on its page."""
    if isinstance(block, RawGrid):
        return False
    return _PAGE_NUMBER.fullmatch(block.lines[0].text) is not None


def _goes_on(above: TextLine, line: TextLine, left: float, right: float) -> bool:
    size = max(above.bottom - above.top, 6.0)
    indented = line.left - left > 1.2 * size
    filled = right - above.right < 2.2 * size
    apart = line.top - above.bottom > 2.5 * size
    if indented or not filled or apart or _LABEL.match(line.text):
        return False
    numeral = leading_numeral(key_of(line.text, lambda text: text))
    return not (numeral and (_ENDS.search(above.text) or numeral.style in ("han", "han-bracket")))
