"""Counts what the quality of a version is worked out of, in SQL. Its slow twin is `rules.tables.quality.count`.

SQL finds the values that may break a demand of their column; the rules decide on each different one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yangguang.rules.tables.constraints import problem_of
from yangguang.rules.tables.quality import RowFacts
from yangguang.rules.tables.schema import Descriptor, Field
from yangguang.warehouse import store
from yangguang.warehouse.tables import engine
from yangguang.warehouse.tables.checks import broken
from yangguang.warehouse.tables.columns import listed, quoted
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 10_000


def count(version: Stored, descriptor: Descriptor) -> RowFacts:
    """Rows, rows of a kind, cells with a value and valid ones. Raises DiskFull, TooLarge, FileNotFoundError."""
    if not store.path(version.sha256).exists():
        raise FileNotFoundError(f"仓库里没有 {version.sha256}")
    fields = version.fields
    key = [field for field in fields if field.name in descriptor.primary_key]
    kinds = key if key and len(key) == len(descriptor.primary_key) else list(fields)
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        counts = ", ".join(["count(*)", *(f"count({quoted(field.name)})" for field in fields)])
        rows, *filled = _numbers(connection, f"SELECT {counts} FROM {version.relation}")  # noqa: S608
        alike = f"SELECT DISTINCT {listed(kinds)} FROM {version.relation}"  # noqa: S608 names are quoted
        (distinct,) = _numbers(connection, f"SELECT count(*) FROM ({alike})")  # noqa: S608
        wrong = sum(_wrong(connection, version, field) for field in fields)
    return RowFacts(rows, distinct, len(fields), sum(filled), sum(filled) - wrong)


def _wrong(connection: DuckDBPyConnection, version: Stored, field: Field) -> int:
    """How many cells of a column have a value that breaks a demand."""
    suspect = " OR ".join(broken(field, ""))
    if not suspect:
        return 0
    name = quoted(field.name)
    found = connection.execute(
        f"SELECT {name}, count(*) FROM {version.relation}"  # noqa: S608 names are quoted
        f" WHERE {name} IS NOT NULL AND ({suspect}) GROUP BY 1"
    )
    wrong = 0
    while batch := found.fetchmany(AT_ONCE):
        for value, times in batch:
            exact = Decimal(repr(value)) if isinstance(value, float) else value
            wrong += times if problem_of(exact, field) else 0
    return wrong


def _numbers(connection: DuckDBPyConnection, statement: str) -> list[int]:
    return [int(number) for number in connection.execute(statement).fetchone() or ()]
