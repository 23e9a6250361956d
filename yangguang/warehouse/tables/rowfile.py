"""The rows of a version as lines of JSON, found by their number without looking at others.

rows.jsonl   one row a line: its number and its cells, all as text
ends.npy     where each line ends, in bytes
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
    Type.INTEGER: int,
    Type.YEAR: int,
    Type.NUMBER: float,
    Type.BOOLEAN: "true".__eq__,
    Type.DATE: date.fromisoformat,
    Type.DATETIME: datetime.fromisoformat,
}


class RowFile:
    """The rows of one version. Places are row numbers counted from 0."""

    def __init__(self, folder: Path, fields: Sequence[Field]) -> None:
        import numpy

        with (folder / "rows.jsonl").open("rb") as lines:
            self._lines = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ)
        self._ends = numpy.asarray(numpy.load(folder / "ends.npy", mmap_mode="r"))
        self._at: dict[str, tuple[int, Callable[[str], Any] | None]] = {ROW: (0, int)}
        self._at |= {field.name: (place, _READ.get(field.type)) for place, field in enumerate(fields, 1)}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def rows(self, places: Sequence[int], names: Sequence[str]) -> list[tuple[Any, ...]]:
        """The named cells of rows, each as its type."""
        if not places:
            return []
        columns = list(zip(*self._texts(places), strict=True))
        return list(zip(*(self._typed(columns, name) for name in names), strict=True))

    def cell(self, place: int, name: str) -> Any:
        """One cell, as its type."""
        at, read = self._at[name]
        text = orjson.loads(self._lines[int(self._ends[place]) : int(self._ends[place + 1]) - 1])[at]
        return text if read is None or text is None else read(text)

    def _texts(self, places: Sequence[int]) -> list[list[str | None]]:
        """The lines' cells as texts. One text of many lines is read sooner than many of one."""
        begins = self._ends[list(places)].tolist()
        ends = self._ends[[place + 1 for place in places]].tolist()
        lines = (self._lines[begin : end - 1] for begin, end in zip(begins, ends, strict=True))
        found: list[list[str | None]] = orjson.loads(b"[" + b",".join(lines) + b"]")
        return found

    def _typed(self, columns: Sequence[Sequence[Any]], name: str) -> Sequence[Any]:
        place, read = self._at[name]
        texts = columns[place]
        return texts if read is None else [None if text is None else read(text) for text in texts]


def make(connection: DuckDBPyConnection, version: Stored, folder: Path) -> None:
    """Write the rows of a version into a folder."""
    import numpy

    texts = ", ".join(f"CAST({quoted(field.name)} AS VARCHAR)" for field in version.fields)
    file = folder / "rows.jsonl"
    connection.execute(
        f"COPY (SELECT to_json([CAST(_id AS VARCHAR), {texts}]) FROM {version.relation})"  # noqa: S608 quoted
        f" TO {literal(str(file))} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
    )
    ends, begin = [numpy.zeros(1, numpy.uint64)], 0
    with file.open("rb") as lines:
        while chunk := lines.read(CHUNK):
            found = numpy.flatnonzero(numpy.frombuffer(chunk, numpy.uint8) == _NEWLINE)
            ends.append(found.astype(numpy.uint64) + numpy.uint64(begin + 1))
            begin += len(chunk)
    numpy.save(folder / "ends.npy", numpy.concatenate(ends))
