"""The side index of a large version: finds rows sooner than Parquet can, with the same answers.

A folder worked out from the Parquet file, made after publication and dropped at will:

    table.duckdb   the columns for filters and sorts, an index on the key, and where each row stands in
    rows.jsonl     one row a line, as text, so that a page is read without unpacking columns
    runs/          the runs of letters in each row's texts, for substring search (`runs`)

Text columns whose values rarely repeat are kept unpacked there: looking through them is then three times
as fast.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.rules.tables.query import (
    ROW,
    All,
    Compare,
    Op,
    Sort,
    Statement,
    TableQuery,
    quoted,
    rows_before,
    to_sql,
    where_sql,
)
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import derived, engine, runs
from yangguang.warehouse.tables.columns import SQL_TYPES, listed, literal
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WORTH_IT = 50_000  # rows; below, Parquet alone answers within some milliseconds
MOST_OPEN = 16
_PLACE = (Field("_at", "", Type.INTEGER), Field("_bytes", "", Type.INTEGER))


@dataclass(frozen=True)
class Opened:
    """A side index in use: its table, its rows, its runs."""

    table: str
    lines: mmap.mmap
    folder: Path


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
    others = [folder for folder in derived.standing("rows") if folder.name not in kept]
    for folder in others:
        shutil.rmtree(folder, ignore_errors=True)
    return len(others)


def find(cursor: DuckDBPyConnection, version: Stored, query: TableQuery) -> list[tuple[Any, ...]] | None:
    """The rows of a page, in the order of `query.columns`; None where the version has no side index."""
    if (opened := _opened(cursor, version)) is None:
        return None
    to_sql(query, version.fields, opened.table)  # what is not there is told as without an index
    statement, values = (
        _plain_page(opened, query)
        or _one_key(opened, version, query)
        or to_sql(
            replace(query, columns=tuple(field.name for field in _PLACE)),
            (*version.fields, *_PLACE),
            source(opened, query),
        )
    )
    places = cursor.execute(statement, values).fetchall()
    take = _taker(version.fields, query.columns)
    return [take(json.loads(opened.lines[at : at + size])) for at, size in places]


def relation(cursor: DuckDBPyConnection, version: Stored, query: TableQuery) -> str:
    """SQL for the rows among which a question looks: the side index's or the file's."""
    opened = _opened(cursor, version)
    return source(opened, query) if opened else version.relation


def source(opened: Opened, query: TableQuery) -> str:
    """The table, narrowed to the rows that can hold the words searched for."""
    found = runs.candidates(opened.folder / "runs", query.search) if query.search else None
    if found is None:
        return f"{opened.table} AS version"
    listed_ids = ", ".join(map(str, found)) or "0"
    return (
        # Materialized: else the words are looked for in every row before the narrowing.
        f"(WITH found AS MATERIALIZED (SELECT * FROM {opened.table} WHERE _id IN"  # noqa: S608
        f" (SELECT unnest([{listed_ids}]))) SELECT * FROM found) AS version"
    )


def _plain_page(opened: Opened, query: TableQuery) -> Statement | None:
    """All rows in their own order: a range of numbers."""
    if query.where or query.search or query.sort not in ((), (Sort(ROW),)):
        return None
    first = rows_before(query)
    text = f"SELECT _at, _bytes FROM {opened.table} WHERE _id > ? AND _id <= ? ORDER BY _id"  # noqa: S608
    return text, [first, first + query.limit]


def _one_key(opened: Opened, version: Stored, query: TableQuery) -> Statement | None:
    """The row of a whole key: found by the index, which an order would keep from being used."""
    conditions = query.where.parts if isinstance(query.where, All) else (query.where,)
    asked = [one.column for one in conditions if isinstance(one, Compare) and one.op is Op.EQ]
    if not version.key or sorted(asked) != sorted(version.key) or len(asked) != len(conditions):
        return None
    if query.search or query.offset or query.after:
        return None
    where, values = where_sql(query, version.fields)
    return f"SELECT _at, _bytes FROM {opened.table}{where}", values  # noqa: S608 names are quoted


def _place(version: Stored) -> Path:
    return derived.place("rows", version.sha256)


def _opened(cursor: DuckDBPyConnection, version: Stored) -> Opened | None:
    """The side index, attached to the process's connection; the one attached first makes room for it."""
    name = (os.getpid(), version.sha256)
    with _lock:
        if name in _open:
            return _open[name]
        folder = _place(version)
        if not (folder / "table.duckdb").exists():
            return None
        while len(_open) >= MOST_OPEN:
            oldest = next(iter(_open))
            cursor.execute(f"DETACH DATABASE IF EXISTS {_alias(oldest[1])}")
            del _open[oldest]
        file = literal(str(folder / "table.duckdb"))
        cursor.execute(f"ATTACH IF NOT EXISTS {file} AS {_alias(version.sha256)} (READ_ONLY)")
        with (folder / "rows.jsonl").open("rb") as lines:
            mapped = mmap.mmap(lines.fileno(), 0, access=mmap.ACCESS_READ)
        _open[name] = Opened(f"{_alias(version.sha256)}.rows", mapped, folder)
        return _open[name]


def _alias(sha256: str) -> str:
    return f"side_{sha256}"


def _make(version: Stored, folder: Path) -> None:
    folder.mkdir()
    fields = version.fields
    texts = ", ".join(f"CAST({quoted(field.name)} AS VARCHAR)" for field in fields)
    line = f"to_json([CAST(_id AS VARCHAR), {texts}])"
    with engine.working(folder / "spilled") as connection:
        connection.execute(
            f"COPY (SELECT {line} FROM {version.relation}) TO {literal(str(folder / 'rows.jsonl'))}"  # noqa: S608
            " (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
        )
        connection.execute(f"ATTACH {literal(str(folder / 'table.duckdb'))} AS side")
        connection.execute(f"CREATE TABLE side.rows ({_declared(connection, version)})")
        connection.execute(
            f"INSERT INTO side.rows SELECT _id, {listed(fields)},"  # noqa: S608
            " sum(_bytes + 1) OVER (ORDER BY _id ROWS UNBOUNDED PRECEDING) - _bytes - 1, _bytes"
            f" FROM (SELECT *, strlen({line}) AS _bytes FROM {version.relation}) ORDER BY _id"
        )
        if version.key:
            key = ", ".join(map(quoted, version.key))
            connection.execute(f"CREATE INDEX key ON side.rows ({key})")
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
    return ", ".join(["_id BIGINT", *declared, "_at BIGINT", "_bytes INTEGER"])


_READ: dict[Type, Callable[[str], Any]] = {
    Type.INTEGER: int,
    Type.YEAR: int,
    Type.NUMBER: float,
    Type.BOOLEAN: "true".__eq__,
    Type.DATE: date.fromisoformat,
    Type.DATETIME: datetime.fromisoformat,
}


def _taker(fields: Sequence[Field], names: Sequence[str]) -> Callable[[list[str | None]], tuple[Any, ...]]:
    """Takes the named columns out of a line, each as its type."""
    at: dict[str, tuple[int, Callable[[str], Any]]] = {ROW: (0, int)}
    at |= {field.name: (place, _READ.get(field.type, str)) for place, field in enumerate(fields, 1)}
    picked = [at[name] for name in names]

    def take(line: list[str | None]) -> tuple[Any, ...]:
        return tuple(None if (text := line[place]) is None else read(text) for place, read in picked)

    return take


def forget() -> None:
    """Close every side index that this process has open."""
    with _lock, engine.asking() as cursor:
        for _, sha256 in list(_open):
            cursor.execute(f"DETACH DATABASE IF EXISTS {_alias(sha256)}")
        _open.clear()
        runs.forget()
