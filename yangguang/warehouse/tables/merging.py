"""From what a unit sent in to the whole table of the next version.

A register takes a new file as the whole table, as the rows of one period, or as rows that join by their
key (`rules.tables.schema.Intake`). What the file does not touch stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yangguang.rules.tables.schema import Descriptor, Intake
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
    if descriptor.intake is Intake.PERIOD and not period:
        raise ValueError(f"“{descriptor.title}”按期更新：请写明所属期")
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        writing.stage(connection, "incoming", rows, folder=folder, fields=descriptor.fields)
        connection.execute(f"CREATE VIEW whole AS {_whole(descriptor, previous, period)}")
        counted = _counted(connection, descriptor, period)
        connection.execute(f"CREATE TABLE merged AS SELECT {listed(descriptor.fields)} FROM whole")  # noqa: S608
        key = descriptor.primary_key
        public = writing.write_staged(
            connection, "merged", folder=folder, fields=descriptor.public_fields, key=key
        )
        if descriptor.public_fields == descriptor.fields:
            return Whole(public, None, counted)
        reporting = writing.write_staged(
            connection, "merged", folder=folder, fields=descriptor.fields, key=key
        )
    return Whole(public, reporting, counted)


def _whole(descriptor: Descriptor, previous: str, period: str) -> str:
    names = listed(descriptor.fields)
    incoming = f"SELECT {names} FROM incoming"  # noqa: S608 names are quoted
    if not previous or descriptor.intake is Intake.REPLACE:
        return incoming
    before = f"read_parquet({literal(str(store.path(previous)))})"
    if descriptor.intake is Intake.PERIOD:
        column = f"CAST({quoted(descriptor.period)} AS VARCHAR)"
        kept = f"SELECT {names} FROM {before} WHERE {column} IS DISTINCT FROM {literal(period)}"  # noqa: S608
    else:
        same = " AND ".join(f"n.{quoted(name)} = b.{quoted(name)}" for name in descriptor.primary_key)
        shown = ", ".join(f"b.{quoted(field.name)}" for field in descriptor.fields)
        kept = f"SELECT {shown} FROM {before} AS b ANTI JOIN incoming AS n ON {same}"  # noqa: S608
    return f"{kept} UNION ALL {incoming}"


def _counted(connection: DuckDBPyConnection, descriptor: Descriptor, period: str) -> int | None:
    measure = descriptor.measure
    if measure is None:
        return None
    where = ""
    if descriptor.period and period:
        where = f" WHERE CAST({quoted(descriptor.period)} AS VARCHAR) = {literal(period)}"
    statement = f"SELECT count(DISTINCT {quoted(measure.field)}) FROM whole{where}"  # noqa: S608
    found = connection.execute(statement).fetchone()
    return int(found[0]) if found else 0
