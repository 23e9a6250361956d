"""A grid as a matrix, and where its header stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.rules.plan_table.columns import TEXTS, UNITS, column_kind, header_kind
from yangguang.rules.plan_table.source import Cell, Grid

ROWS_SEARCHED = 30


class Matrix:
    """Every place of the table → the cell that covers it (a blank cell where none does)."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.height = len(grid.places)
        self.width = grid.width
        self._cells = [[Cell(row, column) for column in range(grid.width)] for row in range(self.height)]
        for cell in grid.cells:
            for row in range(cell.row, min(cell.row + cell.rows, self.height)):
                for column in range(cell.column, min(cell.column + cell.columns, self.width)):
                    self._cells[row][column] = cell

    def at(self, row: int, column: int) -> Cell:
        return self._cells[row][column]

    def row(self, row: int) -> list[Cell]:
        """The distinct cells of a row, left to right, those from rows above included."""
        return list(dict.fromkeys(self._cells[row]))

    def own(self, row: int) -> list[Cell]:
        """The non-blank cells that begin in this row."""
        return [cell for cell in self.row(row) if cell.row == row and cell.key.strip()]

    def keys(self, row: int) -> tuple[str, ...]:
        """The texts of a row without blanks, to compare rows (a repeated header)."""
        return tuple(re.sub(r"\s+", "", cell.key) for cell in self.own(row))


@dataclass(frozen=True)
class Header:
    """Rows first…last are the header; `labels[c]` are column c's labels, outermost first."""

    first: int
    last: int
    labels: tuple[tuple[str, ...], ...]

    @property
    def kinds(self) -> tuple[str | None, ...]:
        return tuple(column_kind(labels) for labels in self.labels)


def find_header(matrix: Matrix) -> Header | None:
    """The first rows that name a text column and a unit column; None when no row does."""
    for row in range(min(matrix.height, ROWS_SEARCHED)):
        if not _is_label_row(matrix.own(row)):
            continue
        for last in range(min(row + 2, matrix.height - 1), row - 1, -1):
            if last > row and not all(_continues(matrix, row, level) for level in range(row + 1, last + 1)):
                continue
            header = Header(row, last, _labels(matrix, row, last))
            if _names_a_plan(header.kinds):
                return header
    return None


def _names_a_plan(kinds: Sequence[str | None]) -> bool:
    return any(kind in TEXTS for kind in kinds) and any(kind in UNITS for kind in kinds)


def _is_label_row(cells: list[Cell]) -> bool:
    """At least two cells, and most of them header words: a title row or a data row is neither."""
    known = sum(header_kind(cell.key) is not None for cell in cells)
    return len(cells) >= 2 and known >= 2 and known * 2 >= len(cells)


def _continues(matrix: Matrix, first: int, row: int) -> bool:
    """Whether `row` is one more level of the header that began in `first`."""
    cells = matrix.own(row)
    above = matrix.row(first)
    spans = any(cell.columns > 1 or cell.rows > row - first for cell in above if cell.row == first)
    gaps = len(matrix.own(first)) < matrix.width
    if not cells or not (spans or gaps) or matrix.keys(row) == matrix.keys(first):
        return False
    short = all(
        len(cell.key) <= 12 and not re.match(r"[一二三四五六七八九十\d(]+[、.)]", cell.key) for cell in cells
    )
    return short and all(header_kind(cell.key) is not None for cell in cells)


def _labels(matrix: Matrix, first: int, last: int) -> tuple[tuple[str, ...], ...]:
    columns = []
    for column in range(matrix.width):
        path = dict.fromkeys(matrix.at(row, column) for row in range(first, last + 1))
        labels = [re.sub(r"\s+", "", cell.key) for cell in path if cell.key.strip()]
        columns.append(tuple(labels) or _label_to_the_left(matrix, first, last, column))
    return tuple(columns)


def _label_to_the_left(matrix: Matrix, first: int, last: int, column: int) -> tuple[str, ...]:
    """An unmerged wide header (工作任务 | blank) also names the blank column on its right.

    Only when the level below gives that column no label of its own, which the caller has checked.
    """
    for left in range(column - 1, -1, -1):
        keys = [matrix.at(row, left).key for row in range(first, last + 1)]
        labels = [re.sub(r"\s+", "", key) for key in keys if key.strip()]
        if labels:
            return (labels[0],) if header_kind(labels[0]) in TEXTS else ()
    return ()
