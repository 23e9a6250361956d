"""Inside a paragraph: text, footnote signs, line ends."""

from __future__ import annotations

import re
from typing import NamedTuple

_CUT = re.compile(r"\[\^([\w-]{1,16})\]|(\n|\u2028)")


class Segment(NamedTuple):
    """A run of text; `mark` is the sign of a footnote, `breaks` a line end. Their text is "" and "\\n"."""

    text: str
    mark: str = ""
    breaks: bool = False


def segments(text: str) -> tuple[Segment, ...]:
    """Cut a text at footnote signs `[^1]` and line ends."""
    found: list[Segment] = []
    end = 0
    for cut in _CUT.finditer(text):
        if cut.start() > end:
            found.append(Segment(text[end : cut.start()]))
        found.append(Segment("\n", breaks=True) if cut[2] else Segment("", mark=cut[1]))
        end = cut.end()
    if end < len(text):
        found.append(Segment(text[end:]))
    return tuple(found)
