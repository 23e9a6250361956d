"""Which rows of a staged file are no data: SQL finds those to look at, the rules look (`rules.tables.suspects`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from yangguang.rules.tables import suspects
from yangguang.rules.tables.headings import Heading, RowKind, asides
from yangguang.warehouse.tables.columns import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 2_000
Row = tuple[object, ...]


def find(
    connection: DuckDBPyConnection,
    heading: Heading,
    names: Sequence[str],
    row: str,
    decode: Callable[[str], object],
) -> dict[int, RowKind]:
    """The rows of the table `texts` below the heading that are no data, counted from 0 as in the file.

    `row` is SQL for the number of a row, from 1. `decode` makes the raw cell of a text.
    """
    grid = _Staged(connection, names, row, decode)
    return asides(grid, heading, grid.suspects(heading))


class _Staged(Sequence[Row]):
    """The rows of the table as a grid; one is asked for where it is not the one just looked at."""

    def __init__(
        self, connection: DuckDBPyConnection, names: Sequence[str], row: str, decode: Callable[[str], object]
    ) -> None:
        self._cursor, self._row, self._decode = connection.cursor(), row, decode
        self._shown, self._names = ", ".join(map(quoted, names)), names
        found: Any = self._cursor.execute(f"SELECT max({row}) FROM texts").fetchone()  # noqa: S608
        self._last = int(found[0] or 0)
        self._current: tuple[int, Row] = (-1, ())

    def suspects(self, heading: Heading) -> Iterator[int]:
        """The rows to look at."""
        first = f"coalesce({self._shown}, '')"
        filled = " + ".join(f"({quoted(name)} IS NOT NULL)::INTEGER" for name in self._names)
        cursor = self._cursor.cursor().execute(
            f"SELECT {self._row}, {self._shown} FROM texts"  # noqa: S608
            f" WHERE {filled} <= {suspects.most_filled(heading)}"
            f" OR regexp_matches({first}, {literal(suspects.pattern(heading))}) ORDER BY 1"
        )
        while batch := cursor.fetchmany(AT_ONCE):
            for number, *cells in batch:
                if number - 1 > heading.last_row:
                    self._current = (number - 1, self._read(cells))
                    yield number - 1

    def __len__(self) -> int:
        return self._last

    @overload
    def __getitem__(self, number: int) -> Row: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Row]: ...
    def __getitem__(self, number: int | slice) -> Row | Sequence[Row]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if number != self._current[0]:
            found = self._cursor.execute(
                f"SELECT {self._shown} FROM texts WHERE {self._row} = {number + 1}"  # noqa: S608
            ).fetchone()
            self._current = (number, self._read(found or ()))
        return self._current[1]

    def _read(self, cells: Sequence[str | None]) -> Row:
        return tuple(None if cell is None else self._decode(cell) for cell in cells)
