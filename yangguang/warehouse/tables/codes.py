"""The columns of a version as codes: each row's value by its place among the column's different values, in order.

Comparing and sorting codes is comparing and sorting values, and a million of them take a millisecond; the
values themselves stay in the rows (`rowfile`), for each code the first row that has it is known. A row
without a value has the code behind all others.

    <n>.codes.npy    the code of each row, in as few bytes as hold it
    <n>.firsts.npy   the first row of each code, counted from 0
    <n>.counts.npy   the number of rows of each code; the last is of those without a value
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.rules.tables.query import ROW, quoted
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables.rowfile import RowFile

if TYPE_CHECKING:
    import numpy
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

MOST_REMEMBERED = 1_024  # values of a column
_PARTS = ("codes", "firsts", "counts")


@dataclass(frozen=True, eq=False)
class Column:
    """A column in use; `kind` is the type of its values."""

    kind: Type
    codes: NDArray[numpy.unsignedinteger[Any]]
    firsts: NDArray[numpy.unsignedinteger[Any]]
    counts: NDArray[numpy.unsignedinteger[Any]]
    read: Callable[[int], Any]

    @property
    def distinct(self) -> int:
        """How many different values there are; also the code of no value."""
        return len(self.firsts)

    def value(self, code: int) -> Any:
        """The value of a code; None of the last."""
        return None if code == self.distinct else self.read(int(self.firsts[code]))

    def span(self, value: Any) -> tuple[int, int]:
        """The codes from the value on, and those behind it; the same where no row has it."""
        codes = range(self.distinct)
        low = bisect_left(codes, value, key=self.value)
        return low, low + (low < self.distinct and self.value(low) == value)

    def beginning(self, text: str) -> tuple[int, int]:
        """The first code whose text begins so, and that behind the last."""
        codes, length = range(self.distinct), len(text)
        low = bisect_left(codes, text, key=self.value)
        return low, bisect_right(codes, text, lo=low, key=lambda code: self.value(code)[:length])


def opened(folder: Path, fields: Sequence[Field], file: RowFile) -> dict[str, Column]:
    """The columns by name, that of the row's number with them."""
    import numpy

    number = numpy.arange(len(file), dtype=numpy.uint32)
    ones = numpy.append(numpy.ones(len(file), numpy.uint8), numpy.uint8(0))
    found = {ROW: Column(Type.INTEGER, number, number, ones, lambda place: place + 1)}
    for at, field in enumerate(fields):
        parts = [numpy.load(folder / f"{at}.{part}.npy", mmap_mode="r") for part in _PARTS]
        codes, firsts, counts = map(numpy.asarray, parts)
        found[field.name] = Column(field.type, codes, firsts, counts, _reader(file, field.name))
    return found


def _reader(file: RowFile, name: str) -> Callable[[int], Any]:
    """Few values are read again and again: those of short columns, and those where every search begins."""
    return lru_cache(MOST_REMEMBERED)(lambda place: file.cell(place, name))


def make(connection: DuckDBPyConnection, table: str, fields: Sequence[Field], folder: Path) -> None:
    """Work out the codes of every column of a table with `_id` from 1."""
    import numpy

    folder.mkdir()
    for at, field in enumerate(fields):
        name = quoted(field.name)
        found = connection.execute(
            f"SELECT CAST(code AS UINTEGER) AS code FROM (SELECT _id, dense_rank() OVER"  # noqa: S608 quoted
            f" (ORDER BY {name} NULLS LAST) - 1 AS code FROM {table}) ORDER BY _id"
        ).fetchnumpy()["code"]
        counted = connection.execute(f"SELECT count(DISTINCT {name}) FROM {table}").fetchone()  # noqa: S608
        distinct = int(counted[0]) if counted else 0
        codes = numpy.asarray(found)
        firsts = numpy.zeros(distinct + 1, numpy.uint32)
        # Of several rows with one code the last that is written stays: from behind, it is the first row.
        firsts[codes[::-1]] = numpy.arange(len(codes) - 1, -1, -1, dtype=numpy.uint32)
        counts = numpy.bincount(codes, minlength=distinct + 1).astype(numpy.uint32)
        fitting = codes.astype(numpy.min_scalar_type(distinct))
        for part, values in zip(_PARTS, (fitting, firsts[:distinct], counts), strict=True):
            numpy.save(folder / f"{at}.{part}.npy", values)
