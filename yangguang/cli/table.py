"""Tables for people on a terminal, where a Han character is two columns wide."""

import unicodedata
from collections.abc import Container, Sequence

GAP = "  "


def table(rows: Sequence[Sequence[str]], right: Container[int] = ()) -> str:
    """Rows of cells, the first one the heading, as aligned lines; the columns in `right` end together."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        GAP.join(pad(cell, widths[column], right=column in right) for column, cell in enumerate(row)).rstrip()
        for row in rows
    )


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text with spaces up to a number of columns."""
    spaces = " " * (columns - width(text))
    return spaces + text if right else text + spaces


def width(text: str) -> int:
    """Columns on a terminal: wide and full-width characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
