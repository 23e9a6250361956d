"""The side index of a large version: finds rows sooner than Parquet can, with the same answers.

A folder worked out from the Parquet file, made after publication and dropped at will:

    rows.jsonl     one row a line, as JSON, so that a page is read without unpacking columns (`rowfile`)
    codes/         the columns as codes, for comparisons, sorts and counts (`codes`, `scan`)
    runs/          the runs of letters in each row's texts, for substring search (`runs`)
    table.duckdb   the columns for all questions that codes do not answer

Text columns whose values rarely repeat are kept unpacked there: looking through them is then three times
as fast.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from yangguang.rules.tables.query import ROW, TableQuery, quoted, to_sql
from yangguang.rules.tables.schema import Type
from yangguang.warehouse.tables import codes, derived, engine, rowfile, runs, scan
from yangguang.warehouse.tables.columns import SQL_TYPES, listed, literal
from yangguang.warehouse.tables.rowfile import RowFile
from yangguang.warehouse.tables.scan import CannotSay, Coded
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from yangguang.warehouse.tables.scan import Places

T = TypeVar("T")
KIND = "side-2"
"""With the number of the format: what an older one left is not found, and made again."""
WORTH_IT = 50_000  # rows; below, Parquet alone answers within some milliseconds
MOST_OPEN = 16


@dataclass(frozen=True, eq=False)
class Opened:
    """A side index in use: its table in SQL, its rows, its columns, its runs."""

    table: str
    file: RowFile
    coded: Coded
    runs: Path


_open: dict[tuple[int, str], Opened] = {}
_lock = threading.Lock()


def make(version: Stored) -> Path:
    """Make the side index of a version where there is none. Raises DiskFull, TooLarge."""
    return derived.made(_place(version), partial(_make, version))


def stands(version: Stored) -> bool:
    """Whether the version has its side index."""
    return _place(version).exists()


def keep_only(versions: Collection[Stored]) -> int:
    """Drop every side index but these: what is not read any more, and rows that were taken off, go.

    A process that still has one open goes on reading it. Returns how many were dropped.
    """
    kept = {version.sha256 for version in versions}
    others = [folder for folder in derived.standing(KIND) if folder.name not in kept]
    for folder in others:
        shutil.rmtree(folder, ignore_errors=True)
    return len(others)


def is_open(version: Stored) -> bool:
    """Whether a version's questions are answered by its side index, which is opened where it stands."""
    return _opened(version) is not None


def find(version: Stored, query: TableQuery, seconds: float) -> tuple[RowFile, list[int]] | None:
    """A page's rows by their places, and where they are; None where the version has no side index.

    Raises QueryProblem, TooSlow, TooLarge.
    """
    if (opened := _opened(version)) is None:
        return None
    known = all(name in opened.coded.columns for name in query.columns)
    places = _said(opened, query, scan.page) if known else None
    if places is not None:
        return opened.file, places
    to_sql(query, version.fields, opened.table)  # what is not there is told as without an index
    numbers = replace(query, columns=(ROW,))
    statement, values = to_sql(numbers, version.fields, source(opened, query))
    with engine.asking(seconds=seconds) as cursor:
        places = [number - 1 for (number,) in cursor.execute(statement, values).fetchall()]
    return opened.file, places


def count(version: Stored, query: TableQuery) -> int | None:
    """How many rows hold; None where the codes do not tell."""
    opened = _opened(version)
    return _said(opened, query, scan.count) if opened else None


def facet(version: Stored, query: TableQuery, column: str, size: int) -> list[tuple[Any, int]] | None:
    """The most frequent values with their numbers; None where the codes do not tell."""
    if (opened := _opened(version)) is None:
        return None
    return _said(opened, query, lambda coded, asked, among: scan.facet(coded, asked, column, size, among))


def relation(version: Stored, query: TableQuery) -> str:
    """SQL for the rows among which a question looks: the side index's or the file's."""
    opened = _opened(version)
    return source(opened, query) if opened else version.relation


def source(opened: Opened, query: TableQuery) -> str:
    """The table, narrowed to the rows that can hold the words searched for."""
    found = runs.candidates(opened.runs, query.search) if query.search else None
    if found is None:
        return f"{opened.table} AS version"
    listed_ids = ", ".join(map(str, found)) or "0"
    return (
        # Materialized: else the words are looked for in every row before the narrowing.
        f"(WITH found AS MATERIALIZED (SELECT * FROM {opened.table} WHERE _id IN"  # noqa: S608
        f" (SELECT unnest([{listed_ids}]))) SELECT * FROM found) AS version"
    )


def _said(
    opened: Opened, query: TableQuery, ask: Callable[[Coded, TableQuery, Places | None], T]
) -> T | None:
    """What the codes tell; None where they do not."""
    try:
        among = _found(opened, query.search, query.search_columns) if query.search else None
        return ask(opened.coded, query, among)
    except CannotSay:
        return None


@lru_cache(maxsize=256)
def _found(opened: Opened, search: str, names: tuple[str, ...]) -> Places:
    """The places of the rows that hold the words, in order. Raises CannotSay where the runs are no help."""
    import numpy

    fields = opened.coded.fields
    wanted = names or tuple(name for name, field in fields.items() if field.type.is_text)
    candidates = runs.candidates(opened.runs, search)
    if candidates is None or not all(name in fields and fields[name].type.is_text for name in wanted):
        raise CannotSay
    places = [number - 1 for number in candidates]
    words = [(word.lower(), word.lower() != word.upper()) for word in search.split()]
    kept = [
        place
        for place, cells in zip(places, opened.file.rows(places, wanted), strict=True)
        if all(_holds(cells, word, folded) for word, folded in words)
    ]
    return numpy.array(kept, numpy.int64)


def _holds(cells: tuple[str | None, ...], word: str, folded: bool) -> bool:
    return any(cell and word in (cell.lower() if folded else cell) for cell in cells)


def _place(version: Stored) -> Path:
    return derived.place(KIND, version.sha256)


def _opened(version: Stored) -> Opened | None:
    """The side index, attached to the process's connection; the one opened first makes room for it."""
    name = (os.getpid(), version.sha256)
    if (known := _open.get(name)) is not None:
        return known
    with _lock:
        if name in _open:
            return _open[name]
        folder = _place(version)
        if not folder.exists():
            return None
        with engine.asking() as cursor:
            while len(_open) >= MOST_OPEN:
                oldest = next(iter(_open))
                cursor.execute(f"DETACH DATABASE IF EXISTS {_alias(oldest[1])}")
                del _open[oldest]
            file = literal(str(folder / "table.duckdb"))
            cursor.execute(f"ATTACH IF NOT EXISTS {file} AS {_alias(version.sha256)} (READ_ONLY)")
        rows = RowFile(folder, version.fields)
        columns = codes.opened(folder / "codes", version.fields, rows)
        coded = Coded(columns, {field.name: field for field in version.fields}, len(rows))
        _open[name] = Opened(f"{_alias(version.sha256)}.rows", rows, coded, folder / "runs")
        return _open[name]


def _alias(sha256: str) -> str:
    return f"side_{sha256}"


def _make(version: Stored, folder: Path) -> None:
    folder.mkdir()
    with engine.working(folder / "spilled") as connection:
        rowfile.make(connection, version, folder)
        connection.execute(f"ATTACH {literal(str(folder / 'table.duckdb'))} AS side")
        connection.execute(f"CREATE TABLE side.rows ({_declared(connection, version)})")
        connection.execute(
            f"INSERT INTO side.rows SELECT _id, {listed(version.fields)} FROM {version.relation}"  # noqa: S608
            " ORDER BY _id"
        )
        codes.make(connection, "side.rows", version.fields, folder / "codes")
        connection.execute("CHECKPOINT side")
        connection.execute("DETACH side")
        runs.make(connection, version, folder / "runs")


def _declared(connection: DuckDBPyConnection, version: Stored) -> str:
    """The table's columns; texts that seldom repeat are not packed."""
    texts = [field.name for field in version.fields if field.type is Type.STRING]
    counts = ", ".join(["count(*)", *(f"approx_count_distinct({quoted(name)})" for name in texts)])
    found = connection.execute(f"SELECT {counts} FROM {version.relation}").fetchone() or (0,)  # noqa: S608
    seldom = {name for name, distinct in zip(texts, found[1:], strict=True) if distinct * 10 > found[0]}
    declared = [
        f"{quoted(field.name)} {SQL_TYPES[field.type]}"
        + (" USING COMPRESSION 'uncompressed'" if field.name in seldom else "")
        for field in version.fields
    ]
    return ", ".join(["_id BIGINT", *declared])


def forget() -> None:
    """Close every side index that this process has open."""
    with _lock, engine.asking() as cursor:
        for _, sha256 in list(_open):
            cursor.execute(f"DETACH DATABASE IF EXISTS {_alias(sha256)}")
        _open.clear()
        _found.cache_clear()
        runs.forget()
