"""A sheet as rows of cells, its merged cells filled in; places are counted from 0."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.rules.tables.characters import half_width, seen, trimmed

Grid = Sequence[Sequence[object]]
_SPACES = re.compile(r"\s+")
_HAN_GAP = re.compile(r"(?<=[一-鿿）)（(、/])\s+|\s+(?=[一-鿿）)（(、/])")
_MARKS = re.compile(r"^[▲△★☆*＊※◆●#\s]+|[▲△★☆*＊※◆●#\s]+$")


@dataclass(frozen=True)
class Merge:
    """A block of merged cells, its last row and column included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def text_of(cell: object) -> str:
    """A cell as a person reads it: trimmed, what prints nothing left out; "" for nothing."""
    return "" if cell is None else trimmed(seen(str(cell)))


def is_blank(cell: object) -> bool:
    """Whether a person sees nothing in a cell."""
    if isinstance(cell, str):
        return not (cell[-1:].isalnum() or text_of(cell))
    return cell is None


def heading_of(cell: object) -> str:
    """A heading's words: without the breaks and gaps that only set it (单　位⏎名称), without marks (▲)."""
    plain = _SPACES.sub(" ", text_of(cell).replace("\u3000", " "))
    return _MARKS.sub("", _HAN_GAP.sub("", plain))


def folded(heading: str) -> str:
    """A heading for comparing: half-width, small letters, without spaces, brackets' kind and strokes told apart."""
    plain = half_width(heading).lower()
    return re.sub(r"[\s/\\_:;,.、·\-'\"“”()\[\]{}【】〔〕<>《》]", "", plain)


def texts_of(row: Sequence[object]) -> list[str]:
    """The texts of a row, blank cells at its end left out."""
    texts = [text_of(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts
