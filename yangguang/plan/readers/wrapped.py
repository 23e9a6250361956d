"""Lines that a page's width has cut → paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from yangguang.plan.readers.raw import RawLine, RawParagraph
from yangguang.rules.plan_table.numerals import leading_numeral
from yangguang.rules.plan_table.source import key_of

_ENDS = re.compile(r"[。；：！？!?;:…」”）)】]\s*$")
NARROWEST = 36


def paragraphs_of(lines: Sequence[RawLine]) -> list[RawParagraph]:
    """Join a line to the one above when that one is as wide as the page and stops in mid-sentence.

    A blank line, an indent or a numeral begins a paragraph. Texts with one line to a paragraph come out
    as they are: their lines have no common width.
    """
    paragraphs: list[RawParagraph] = []
    page = _page_width(lines)
    above: RawLine | None = None
    for line in lines:
        if not line.text.strip():
            above = None
            continue
        if above is not None and page and _goes_on(above, line, page):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(RawParagraph([line]))
        above = line
    return paragraphs


def width(text: str) -> int:
    """Columns on a screen or page: a Han character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _page_width(lines: Sequence[RawLine]) -> int:
    """The width at which lines are cut; 0 when nothing looks cut."""
    widths = sorted(width(line.text.rstrip()) for line in lines if line.text.strip())
    if len(widths) < 3:
        return 0
    widest = widths[-1]
    full = sum(value >= widest - 6 for value in widths)
    cut = sum(
        width(line.text.rstrip()) >= widest - 6 and not _ENDS.search(line.text)
        for line in lines
        if line.text.strip()
    )
    return widest if widest >= NARROWEST and widest <= 140 and full >= 2 and cut >= 2 else 0


def _goes_on(above: RawLine, line: RawLine, page: int) -> bool:
    if width(above.text.rstrip()) < page - 6 or re.match(r"[\s\u3000]{2,}", line.text):
        return False
    if leading_numeral(key_of(line.text, lambda text: text)) and _ENDS.search(above.text):
        return False
    return not re.search(r"[。；！？]\s*$", above.text) or not re.match(r"\s", line.text)
