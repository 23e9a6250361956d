"""From what a unit sent in to the whole table of the next version.

A register takes a new file as the whole table, as the rows of one period, or as rows that join by their
key (`rules.tables.schema.Intake`). What the file does not touch stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.periods import keys_within
from yangguang.rules.tables.schema import Descriptor, Field, Intake
from yangguang.warehouse import store
from yangguang.warehouse.tables import engine, writing
from yangguang.warehouse.tables.columns import listed, literal, quoted
from yangguang.warehouse.tables.writing import Value, Written

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Whole:
    """The next version's files: what is public, and, where columns are reported only, all columns.

    `counted` is how many different values the measured field has in the period; None without a measure.
    """

    public: Written
    reporting: Written | None
    counted: int | None


def write_whole(
    rows: Iterable[Sequence[Value]], descriptor: Descriptor, *, previous: str = "", period: str = ""
) -> Whole:
    """Write the whole table that follows when these checked rows come in.

    `rows` have all fields in their order. `previous` is the hex SHA-256 of the table before, with all
    columns; empty: there is none. Raises DiskFull; ValueError where rows of a period come without one.
    """
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        writing.stage(connection, "incoming", rows, folder=folder, fields=descriptor.fields)
        return merge(connection, "incoming", descriptor, folder=folder, previous=previous, period=period)


def merge(
    connection: DuckDBPyConnection,
    table: str,
    descriptor: Descriptor,
    *,
    folder: Path,
    previous: str = "",
    period: str = "",
    order: str = "rowid",
) -> Whole:
    """As `write_whole`, from a table of the connection that holds the typed rows in the order of a column."""
    if descriptor.intake is Intake.PERIOD and not period:
        raise ValueError(f"“{descriptor.title}”按期更新：请写明所属期")
    if previous and descriptor.intake is not Intake.REPLACE:
        incoming = f"SELECT {listed(descriptor.fields)} FROM {table} ORDER BY {order}"  # noqa: S608
        kept = _kept(descriptor, table, previous, period)
        connection.execute(f"CREATE TABLE merged AS {kept} UNION ALL ({incoming})")
        table, order = "merged", "rowid"
    counted = _counted(connection, table, descriptor, period)
    public = _written(connection, table, descriptor, descriptor.public_fields, folder, order)
    if descriptor.public_fields == descriptor.fields:
        return Whole(public, None, counted)
    return Whole(public, _written(connection, table, descriptor, descriptor.fields, folder, order), counted)


def _written(
    connection: DuckDBPyConnection,
    table: str,
    descriptor: Descriptor,
    fields: Sequence[Field],
    folder: Path,
    order: str,
) -> Written:
    key = descriptor.primary_key
    return writing.write_staged(connection, table, folder=folder, fields=fields, key=key, order=order)


def _kept(descriptor: Descriptor, table: str, previous: str, period: str) -> str:
    """SQL for the rows of the table before that stay."""
    names = listed(descriptor.fields)
    before = f"read_parquet({literal(str(store.path(previous)))})"
    if descriptor.intake is Intake.PERIOD:
        column = f"CAST({quoted(descriptor.period)} AS VARCHAR)"
        return f"SELECT {names} FROM {before} WHERE coalesce({column}, '') NOT IN {_keys(period)}"  # noqa: S608
    same = " AND ".join(f"n.{quoted(name)} = b.{quoted(name)}" for name in descriptor.primary_key)
    shown = ", ".join(f"b.{quoted(field.name)}" for field in descriptor.fields)
    return f"SELECT {shown} FROM {before} AS b ANTI JOIN {table} AS n ON {same}"  # noqa: S608


def _keys(period: str) -> str:
    """SQL for the keys of a period: the file of a year replaces the rows of its months."""
    return f"({', '.join(literal(key) for key in keys_within(period))})"


def _counted(connection: DuckDBPyConnection, table: str, descriptor: Descriptor, period: str) -> int | None:
    measure = descriptor.measure
    if measure is None:
        return None
    where = ""
    if descriptor.period and period:
        where = f" WHERE CAST({quoted(descriptor.period)} AS VARCHAR) IN {_keys(period)}"
    statement = f"SELECT count(DISTINCT {quoted(measure.field)}) FROM {table}{where}"  # noqa: S608
    found = connection.execute(statement).fetchone()
    return int(found[0]) if found else 0
