"""The text cells of one row → the tasks printed in them (usually one)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.rules.plan_table.numerals import Numeral, leading_numeral
from yangguang.rules.plan_table.source import Cell, SourceLine
from yangguang.rules.unit_names import is_certain_unit, is_unit

NUMBERING = ("digit", "digit-bracket", "han-bracket", "dotted", "circle", "han")


@dataclass(frozen=True)
class Part:
    """One task's text without its number, the key of it, its printed number, and its source lines."""

    text: str
    key: str
    number: int | None
    lines: tuple[SourceLine, ...]


def parts_of(cells: Sequence[Cell], *, split: bool) -> list[Part]:
    """One part for the row, or several when its one cell lists 1. … 2. … on lines of their own.

    Several text cells (a title and its measures) make one text, on lines of their own.
    """
    filled = list(dict.fromkeys(cell for cell in cells if cell.key.strip()))
    if split and len(filled) == 1:
        pieces = _numbered_pieces(filled[0])
        if len(pieces) > 1:
            return [_part([piece]) for piece in pieces]
    return [_part(filled)]


def unit_lines(cell: Cell) -> str:
    """The key of a unit cell with a line end between units; a name that the page broke is put together."""
    if not cell.wrapped:
        return cell.key_lines
    joined = ""
    for line in cell.key_lines.split("\n"):
        last, first = re.split(r"[、,;\n]", joined)[-1], re.split(r"[、,;]", line)[0]
        whole = is_certain_unit(last) and is_unit(first) and not first.endswith("分局")
        joined += f"\n{line}" if whole else line
    return joined


def lists_items(cell: Cell) -> bool:
    """Whether the cell holds 1. … 2. … on lines of their own."""
    return len(_numbered_pieces(cell)) > 1


def _numbered_pieces(cell: Cell) -> list[Cell]:
    pieces: list[list[SourceLine]] = []
    expected: Numeral | None = None
    for line in cell.lines:
        numeral = leading_numeral(line.key)
        follows = numeral and (
            not pieces
            or (expected and numeral.style == expected.style and numeral.value == expected.value + 1)
        )
        if numeral and follows and numeral.style in NUMBERING:
            pieces.append([line])
            expected = numeral
        elif pieces:
            pieces[-1].append(line)
        else:
            return []
    return [Cell(cell.row, cell.column, tuple(lines), wrapped=cell.wrapped) for lines in pieces]


def _part(cells: Sequence[Cell]) -> Part:
    text = "\n".join(cell.text for cell in cells)
    key = "\n".join(cell.key for cell in cells)
    numeral = leading_numeral(key)
    start = numeral.length if numeral and numeral.style in NUMBERING else 0
    return Part(
        text=text[start:].strip(),
        key=key[start:].strip(),
        number=numeral.value if start and numeral else None,
        lines=tuple(line for cell in cells for line in cell.lines if line.text.strip()),
    )
