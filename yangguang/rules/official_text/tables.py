"""Tables as lines with tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ABOVE = "^^"
LEFT = "<<"
IN_CELL = "\u2028"


@dataclass(frozen=True)
class Cell:
    """A cell with its text and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1

    @property
    def lines(self) -> list[str]:
        return self.text.split(IN_CELL)


@dataclass(frozen=True)
class Table:
    """`grid`: the plain cells, rows of equal length. `cells`: by row, each with what it covers."""

    grid: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def head_rows(self) -> int:
        """How many rows the head has: as many as the deepest cell of the first row; 0 for a single row."""
        if len(self.grid) == 1:
            return 0
        return min(max(cell.rows for cell in self.cells[0]), len(self.grid) - 1)

    @property
    def head(self) -> tuple[tuple[Cell, ...], ...]:
        return self.cells[: self.head_rows]

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return self.cells[self.head_rows :]

    @property
    def width(self) -> int:
        return len(self.grid[0])


def read_table(text: str) -> Table:
    """The table that lines with tabs print. Marks that cover no whole rectangle are shown as empty cells."""
    lines = [[cell.strip() for cell in line.split("\t")] for line in text.split("\n") if line.strip()]
    width = max(map(len, lines))
    marks = [line + [""] * (width - len(line)) for line in lines]
    taken = [[False] * width for _ in marks]
    cells = tuple(
        tuple(_cell(marks, taken, row, column) for column in range(width) if not taken[row][column])
        for row in range(len(marks))
    )
    grid = tuple(tuple("" if cell in (ABOVE, LEFT) else cell for cell in line) for line in marks)
    return Table(grid, cells)


def write_table(rows: Sequence[Sequence[Cell]]) -> str:
    """The lines of a table from its cells, row by row, those covered by another left out.

    A cell that would run over the last row or into a covered place is cut there; an empty row becomes one cell.
    """
    places: list[list[str | None]] = [[] for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while _at(places[number], column) is not None:
                column += 1
            across = 1
            while across < cell.columns and _at(places[number], column + across) is None:
                across += 1
            for y in range(number, min(number + cell.rows, len(rows))):
                for x in range(column, column + across):
                    mark = _clean(cell.text) if (y, x) == (number, column) else LEFT if x > column else ABOVE
                    _put(places[y], x, mark)
            column += across
    width = max(map(len, places), default=0)
    lines = ["\t".join(cell or "" for cell in [*row, *[""] * (width - len(row))]) for row in places]
    # A row of nothing but blanks would read as the end of the table: it is written as one empty cell.
    return "\n".join(line if line.strip() else f"\t{LEFT}" * (width - 1) for line in lines)


def _clean(text: str) -> str:
    return text.replace("\t", " ").strip().replace("\n", IN_CELL)


def _at(row: list[str | None], column: int) -> str | None:
    return row[column] if column < len(row) else None


def _put(row: list[str | None], column: int, text: str) -> None:
    row.extend([None] * (column + 1 - len(row)))
    row[column] = text


def _cell(marks: list[list[str]], taken: list[list[bool]], row: int, column: int) -> Cell:
    """The cell that begins here; what it covers is marked as taken."""
    text = marks[row][column]
    if text in (ABOVE, LEFT):
        taken[row][column] = True
        return Cell("")
    across = 1
    while column + across < len(marks[row]) and _covers(marks, taken, row, column + across, LEFT):
        across += 1
    down = 1
    while row + down < len(marks) and all(
        _covers(marks, taken, row + down, column + x, LEFT if x else ABOVE) for x in range(across)
    ):
        down += 1
    for y in range(row, row + down):
        for x in range(column, column + across):
            taken[y][x] = True
    return Cell(text, down, across)


def _covers(marks: list[list[str]], taken: list[list[bool]], row: int, column: int, mark: str) -> bool:
    return marks[row][column] == mark and not taken[row][column]
