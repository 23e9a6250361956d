"""What a file reader hands to the rules: paragraphs and grids, each line with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

Simplify = Callable[[str], str]


class Unreadable(Exception):
    """No plan can be read from this source. The text is one Chinese sentence: what, where, remedy."""


@dataclass(frozen=True)
class Place:
    """Where a line stands: a line number (text), or a row of a table (grid). All count from 1.

    `page`, `table` and `sheet` are given where the format has several of them.
    """

    line: int | None = None
    row: int | None = None
    page: int | None = None
    table: int | None = None
    sheet: str | None = None

    def as_dict(self) -> dict[str, int | str]:
        """Only what is known, for JSON."""
        named = {
            "line": self.line,
            "row": self.row,
            "table": self.table,
            "sheet": self.sheet,
            "page": self.page,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, eq=False)
class SourceLine:
    """One line of the source as printed; identity (not text) tells lines apart.

    `key` is the text for matching: half-width signs, simplified characters, and as long as `text`,
    so that a match on the key is cut out of the text at the same offsets.
    """

    text: str
    place: Place
    key: str = ""


@dataclass(frozen=True, eq=False)
class Paragraph:
    """One paragraph: one line, or several wrapped ones. `heading` is the level of a styled heading (1…)."""

    lines: tuple[SourceLine, ...]
    heading: int | None = None
    text: str = field(init=False)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", joined([line.text for line in self.lines]))
        object.__setattr__(self, "key", joined([line.key for line in self.lines]))

    @property
    def place(self) -> Place:
        return self.lines[0].place


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell with its spans resolved: it covers rows row…row+rows-1, columns column…column+columns-1 (from 0).

    `wrapped` says that line ends inside the cell come from the page's layout, not from the author.
    """

    row: int
    column: int
    lines: tuple[SourceLine, ...] = ()
    rows: int = 1
    columns: int = 1
    wrapped: bool = False

    @property
    def text(self) -> str:
        return _cell_text([line.text for line in self.lines], self.wrapped)

    @property
    def key(self) -> str:
        return _cell_text([line.key for line in self.lines], self.wrapped)

    @property
    def key_lines(self) -> str:
        """The key with its line ends, for lists of units written one to a line."""
        return "\n".join(line.key.strip() for line in self.lines)


@dataclass(frozen=True, eq=False)
class Grid:
    """A table: its cells, and the place of each of its rows."""

    cells: tuple[Cell, ...]
    places: tuple[Place, ...]
    width: int
    sheet: str | None = None


Block = Paragraph | Grid


def joined(pieces: list[str]) -> str:
    """Join wrapped pieces: nothing between Han characters, a space between two words of letters.

    Leading and trailing blanks of every piece are dropped; offsets are equal for a text and its key.
    """
    whole = ""
    for piece in (piece.strip() for piece in pieces):
        if whole and piece and _is_letter(whole[-1]) and _is_letter(piece[0]):
            whole += " "
        whole += piece
    return whole


def _cell_text(pieces: list[str], wrapped: bool) -> str:
    if wrapped:
        return joined(pieces)
    whole = ""
    for piece in (piece.strip() for piece in pieces):
        breaks = bool(whole) and whole[-1] in "。；：！？;:!?" and bool(piece)
        whole = f"{whole}\n{piece}" if breaks else joined([whole, piece])
    return whole


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()


def key_of(text: str, simplify: Simplify) -> str:
    """The text for matching, of the same length: see `SourceLine`."""
    narrow = "".join(_narrow(character) for character in text)
    plain = simplify(narrow)
    return plain if len(plain) == len(narrow) else narrow


def _narrow(character: str) -> str:
    if character.isspace():
        return " " if character not in "\n\t" else character
    # Circled numbers are signs of their own: ① is not 1.
    if unicodedata.category(character) == "No":
        return character
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character
