"""The rows of a version as lines of JSON, found by their number without looking at others.

rows.jsonl   one row a line: an object of its public columns in their order, as the interface writes it
ends.npy     where each line ends, in bytes

A page of whole rows is so sent as it lies here.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from yangguang.rules.tables.query import ROW, quoted
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables.columns import literal
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 1 << 24  # bytes
_NEWLINE = 10
_READ: dict[Type, Callable[[str], Any]] = {
    Type.DATE: date.fromisoformat,
    Type.DATETIME: datetime.fromisoformat,
}
"""What JSON has no type for."""


class RowFile:
    """The rows of one version. Places are row numbers counted from 0."""

    def __init__(self, folder: Path, fields: Sequence[Field]) -> None:
        import numpy

        with (folder / "rows.jsonl").open("rb") as lines:
            self._lines = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ)
        self._ends = numpy.asarray(numpy.load(folder / "ends.npy", mmap_mode="r"))
        self._read = {field.name: _READ.get(field.type) for field in fields}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def rows(self, places: Sequence[int], names: Sequence[str]) -> list[tuple[Any, ...]]:
        """The named cells of rows, each as its type."""
        if not places:
            return []
        # One text of many lines is read sooner than many of one.
        found = orjson.loads(b"[" + b",".join(self._at(places)) + b"]")
        return list(zip(*(self._column(found, places, name) for name in names), strict=True))

    def cell(self, place: int, name: str) -> Any:
        """One cell, as its type."""
        return self.rows([place], [name])[0][0]

    def written(self, places: Sequence[int], *, numbered: bool) -> bytes:
        """Whole rows as JSON objects with commas between, each with its number first if they are `numbered`."""
        lines = self._at(places)
        if numbered:
            lines = [b'{"_id":%d,' % (at + 1) + line[1:] for at, line in zip(places, lines, strict=True)]
        return b",".join(lines)

    def _at(self, places: Sequence[int]) -> list[bytes]:
        begins = self._ends[places].tolist()
        ends = self._ends[[place + 1 for place in places]].tolist()
        lines = self._lines
        return [lines[begin : end - 1] for begin, end in zip(begins, ends, strict=True)]

    def _column(self, found: Sequence[dict[str, Any]], places: Sequence[int], name: str) -> Sequence[Any]:
        if name == ROW:
            return [place + 1 for place in places]
        read = self._read[name]
        cells = [row[name] for row in found]
        return cells if read is None else [None if cell is None else read(cell) for cell in cells]


def make(connection: DuckDBPyConnection, version: Stored, folder: Path) -> None:
    """Write the rows of a version into a folder."""
    import numpy

    cells = ", ".join(f"{literal(field.name)}, {_cell(field)}" for field in version.fields)
    file = folder / "rows.jsonl"
    connection.execute(
        f"COPY (SELECT json_object({cells}) FROM {version.relation})"  # noqa: S608 quoted
        f" TO {literal(str(file))} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
    )
    ends, begin = [numpy.zeros(1, numpy.uint64)], 0
    with file.open("rb") as lines:
        while chunk := lines.read(CHUNK):
            found = numpy.flatnonzero(numpy.frombuffer(chunk, numpy.uint8) == _NEWLINE)
            ends.append(found.astype(numpy.uint64) + numpy.uint64(begin + 1))
            begin += len(chunk)
    numpy.save(folder / "ends.npy", numpy.concatenate(ends))


def _cell(field: Field) -> str:
    """A column in SQL as JSON has it; moments with all six digits below a second or none, as Python writes them."""
    name = quoted(field.name)
    if field.type is not Type.DATETIME:
        return name
    text = f"replace(CAST({name} AS VARCHAR), ' ', 'T')"
    return f"CASE WHEN contains({text}, '.') THEN rpad({text}, 26, '0') ELSE {text} END"
