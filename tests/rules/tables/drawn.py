"""Sheets drawn with strokes: one row a line, `~` a cell merged with the one to its left, `^` with the one above."""

from dataclasses import dataclass

from yangguang.rules.tables.grid import Merge


@dataclass(frozen=True)
class Sheet:
    grid: list[list[str]]
    merges: list[Merge]


def sheet(drawing: str) -> Sheet:
    """A drawn sheet with its merged blocks; the cells inside a block are blank, as files have them."""
    rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    merges = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell in ("~", "^"):
                continue
            last_column = column
            while last_column + 1 < len(row) and row[last_column + 1] == "~":
                last_column += 1
            last_row = number
            while (
                last_row + 1 < len(rows)
                and column < len(rows[last_row + 1])
                and rows[last_row + 1][column] == "^"
            ):
                last_row += 1
            if (last_row, last_column) != (number, column):
                merges.append(Merge(number, column, last_row, last_column))
    grid = [["" if cell in ("~", "^") else cell for cell in row] for row in rows]
    return Sheet(grid, merges)
