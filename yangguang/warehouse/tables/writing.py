"""Writing a version: rows in one order, as Parquet, under its hash.

The same rows make the same file, whatever order they came in when the register has a primary key: sorted
by it, else in the order of the file (docs/decisions). A write that fails leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.tables.schema import Field
from yangguang.warehouse import store
from yangguang.warehouse.tables import columns, engine

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Value = str | int | float | Decimal | bool | dt.date | dt.datetime | None

# One page of rows reads one group: 20,480 is ten of DuckDB's vectors.
ROW_GROUP = 20_480
LARGEST_ROW = 64_000_000
_OPTIONS = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROW_GROUP}"


@dataclass(frozen=True)
class ColumnFacts:
    """How many rows of a version have a value in the column."""

    name: str
    filled: int


@dataclass(frozen=True)
class Written:
    """A version in the store: hex SHA-256 of its Parquet file, rows, bytes, facts of each column."""

    sha256: str
    rows: int
    size: int
    columns: tuple[ColumnFacts, ...]


def write(rows: Iterable[Sequence[Value]], *, fields: Sequence[Field], key: Sequence[str] = ()) -> Written:
    """Write checked values, in the order of the fields, as a version. An empty text is nothing.

    Raises DiskFull; ValueError for a row of another length.
    """
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        stage(connection, "staged", rows, folder=folder, fields=fields)
        return write_staged(connection, "staged", folder=folder, fields=fields, key=key)


def stage(
    connection: DuckDBPyConnection,
    table: str,
    rows: Iterable[Sequence[Value]],
    *,
    folder: Path,
    fields: Sequence[Field],
) -> None:
    """Make a table of the connection from checked values, in the order of the fields.

    Raises ValueError for a row of another length.
    """
    spilled = folder / f"{table}.jsonl"
    _spill(rows, [field.name for field in fields], spilled)
    source = (
        f"read_json({columns.literal(str(spilled))}, format='newline_delimited',"
        f" maximum_object_size={LARGEST_ROW}, columns={columns.declared(fields)})"
    )
    connection.execute(f"CREATE TABLE {table} AS SELECT * FROM {source}")  # noqa: S608 names are quoted


def write_staged(
    connection: DuckDBPyConnection,
    table: str,
    *,
    folder: Path,
    fields: Sequence[Field],
    key: Sequence[str] = (),
    order: str = "rowid",
) -> Written:
    """Write a table of the connection whose columns are named and typed as the fields.

    Rows are in the order of the key, then of the column `order`.
    """
    made = folder / "version.parquet"
    picked = f"SELECT {columns.listed(fields)} FROM {table}"  # noqa: S608 names are quoted
    if _in_order(connection, table, key, order):
        # One thread writes rows as they stand; two would make other groups, so other bytes.
        threads = "1"
    else:
        threads = engine.threads()
        sorts = ", ".join([*(f"{columns.quoted(name)} NULLS FIRST" for name in key), order])
        picked += f" ORDER BY {sorts}"
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"COPY ({picked}) TO {columns.literal(str(made))} ({_OPTIONS})")
    connection.execute(f"SET threads = {engine.threads()}")
    filled = _filled(connection, made, fields)
    digest, size = store.take(made)
    facts = tuple(ColumnFacts(field.name, count) for field, count in zip(fields, filled[1:], strict=True))
    return Written(digest, filled[0], size, facts)


def _in_order(connection: DuckDBPyConnection, table: str, key: Sequence[str], order: str) -> bool:
    """Whether the rows stand in the order of the key already, each once; a look costs a tenth of sorting."""
    names = [*map(columns.quoted, key), order]
    this, gaps = f"row({', '.join(names)})", " OR ".join(f"{name} IS NULL" for name in names)
    found = connection.execute(
        f"SELECT count_if(gap OR this <= before) FROM (SELECT {gaps} AS gap, {this} AS this,"  # noqa: S608
        f" lag({this}) OVER () AS before FROM {table})"
    ).fetchone()
    return found is not None and not found[0]


def _spill(rows: Iterable[Sequence[Value]], names: Sequence[str], file: Path) -> None:
    """The rows as JSON lines; DuckDB reads that far faster than it takes rows one by one."""
    with file.open("w", encoding="utf-8") as out:
        for number, row in enumerate(rows, 1):
            if len(row) != len(names):
                raise ValueError(f"第 {number} 行有 {len(row)} 个值，应有 {len(names)} 个")
            kept = {name: value for name, value in zip(names, row, strict=True) if value not in (None, "")}
            out.write(json.dumps(kept, ensure_ascii=False, default=str) + "\n")


def _filled(connection: DuckDBPyConnection, file: Path, fields: Sequence[Field]) -> list[int]:
    """The number of rows, then of values in each column."""
    counts = ", ".join(["count(*)", *(f"count({columns.quoted(field.name)})" for field in fields)])
    found = connection.execute(f"SELECT {counts} FROM read_parquet(?)", [str(file)]).fetchone()  # noqa: S608
    assert found is not None  # noqa: S101 an aggregate has one row
    return [int(count) for count in found]
