"""From a file to the next whole table, in SQL: csv files, and the rows of any other.

Nothing is written while there is a problem. How cells are read: `texts`. Which rows are no data: `asides`.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.tables.checking import NO_LAYOUT, Keys, Layout
from yangguang.rules.tables.headings import Heading, RowKind
from yangguang.rules.tables.report import Report
from yangguang.rules.tables.schema import Descriptor
from yangguang.warehouse import store
from yangguang.warehouse.tables import asides, engine, lines, raw
from yangguang.warehouse.tables.columns import quoted
from yangguang.warehouse.tables.merging import Whole, merge
from yangguang.warehouse.tables.texts import Texts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Progress = Callable[[str], None]
"""Is told what is being done now."""
Cells = tuple[int, Sequence[object]]
"""A row: its number as the file counts, its raw cells."""


def in_silence(_: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Taking:
    """How a file is taken: against which register, and what is known beside it.

    `columns` names the field that each column of the file holds, "" for one to leave out. `layout` and
    `known` are as in `check_rows`, `previous` and `period` as in `merging.write_whole`. `watched` are keys,
    by name of field, that somebody wants to hear of. `keep`: where all is right, make the next whole table.
    """

    descriptor: Descriptor
    columns: Sequence[str]
    layout: Layout = NO_LAYOUT
    known: Mapping[str, Keys] = field(default_factory=dict)
    previous: str = ""
    period: str = ""
    watched: Sequence[Mapping[str, str]] = ()
    keep: bool = True
    progress: Progress = in_silence

    @property
    def names(self) -> list[str]:
        """A name for each column of the file."""
        return [name or f" {place}" for place, name in enumerate(self.columns)]

    @property
    def given(self) -> list[str]:
        """The fields that the file holds."""
        return [name for name in self.columns if name]


@dataclass(frozen=True)
class Loaded:
    """What came of a file: the next whole table where nothing is wrong, and the report (without its rows).

    `left_out` are the rows that were taken for no data, by kind; `met` are the watched keys that are there,
    `short` the data rows (number, cells) with fewer cells than there are columns.
    """

    whole: Whole | None
    report: Report
    left_out: Mapping[RowKind, Sequence[int]] = field(default_factory=dict)
    met: Sequence[Mapping[str, str]] = ()
    short: Sequence[tuple[int, int]] = ()

    @property
    def rows(self) -> int:
        return self.report.row_count


def load_csv(
    file: Path, taking: Taking, *, heading: Heading | None = None, form: lines.Form = lines.PLAIN
) -> Loaded:
    """Check a csv file, and make the next whole table where it passes.

    UTF-8 (with or without its mark), UTF-16, GB18030, GBK and Big5 are read. Without `heading`, its first row is one,
    and all below is data; else totals, notes and the like are left out. Raises `lines.Unreadable` for a file
    that is no table, DiskFull, TooLarge.
    """
    with _workplace(taking) as (connection, folder):
        taking.progress("读入")
        staged = lines.stage(connection, file, folder, taking.names, form)
        decode = raw.decode if staged.marked else None
        others = {}
        if heading is not None:
            taking.progress("找出合计、说明等行")
            others = asides.find(connection, heading, taking.names, staged.row, decode or str)
        left_out = _by_kind(others)
        out = [number + 1 for number in others]
        _make_cells(connection, taking.given, staged.row, out)
        loaded = _loaded(connection, folder, taking, decode)
        short = [one for one in staged.short if one[0] - 1 not in others]
        return Loaded(loaded.whole, loaded.report, left_out, loaded.met, short)


def load_cells(rows: Iterable[Cells], taking: Taking) -> Loaded:
    """Check the data rows of any other file; the rest as in `load_csv`."""
    with _workplace(taking) as (connection, folder):
        taking.progress("读入")
        file = folder / "cells.csv"
        _spill(rows, taking, file)
        lines.read_spilled(connection, file, taking.names)
        _make_cells(connection, taking.given, "_row", ())
        return _loaded(connection, folder, taking, raw.decode)


def _loaded(
    connection: DuckDBPyConnection,
    folder: Path,
    taking: Taking,
    decode: Callable[[str | None], object] | None,
) -> Loaded:
    """Check the table `cells`, and make the whole table of it."""
    taking.progress("逐列核对")
    texts = Texts(connection, taking.descriptor, taking.layout, taking.given, taking.period)
    if decode is not None:
        texts.decode = decode
    report = texts.check(taking.known)
    met = texts.met(taking.watched)
    if not report.passed or not taking.keep:
        return Loaded(None, report, met=met)
    taking.progress("写成新的版次")
    whole = merge(
        connection,
        "typed",
        taking.descriptor,
        folder=folder,
        previous=taking.previous,
        period=taking.period,
        order="_row",
    )
    return Loaded(whole, report, met=met)


def _make_cells(connection: DuckDBPyConnection, given: Sequence[str], row: str, out: Sequence[int]) -> None:
    """`cells`: the rows that are data, with the columns that are wanted."""
    where = ""
    if out:
        connection.execute("CREATE TABLE left_out AS SELECT unnest(?::BIGINT[]) AS _row", [list(out)])
        where = f" WHERE {row} NOT IN (SELECT _row FROM left_out)"  # noqa: S608
    shown = ", ".join([f"{row} AS _row", *map(quoted, given)])
    connection.execute(f"CREATE VIEW cells AS SELECT {shown} FROM texts{where}")  # noqa: S608


def _spill(rows: Iterable[Cells], taking: Taking, file: Path) -> None:
    """The rows as a plain csv file; DuckDB reads that far faster than it takes rows one by one."""
    missing = frozenset(taking.descriptor.missing_values)
    columns = [
        (place, taking.descriptor.field(name), taking.layout.units.get(name, ""))
        for place, name in enumerate(taking.columns)
        if name
    ]
    blank = [""] * len(taking.columns)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for number, row in rows:
            texts = blank.copy()
            for place, each, unit in columns:
                if place < len(row):
                    cell = row[place]
                    if type(cell) is str and cell.isprintable():
                        texts[place] = cell
                    else:
                        texts[place] = raw.encode(cell, each, unit=unit, missing=missing)
            writer.writerow([number, *texts])


def _by_kind(others: Mapping[int, RowKind]) -> dict[RowKind, list[int]]:
    found: dict[RowKind, list[int]] = {}
    for number, kind in others.items():
        found.setdefault(kind, []).append(number)
    return found


@contextmanager
def _workplace(taking: Taking) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """A connection, and a folder: on the store's disk where the table is to be kept."""
    place: AbstractContextManager[str | Path]
    place = store.workplace() if taking.keep else tempfile.TemporaryDirectory(prefix="yangguang-")
    with engine.told(), place as folder, engine.working(Path(folder)) as connection:
        yield connection, Path(folder)
