"""Columns of a register as columns of a table: their SQL types, their quoted names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from yangguang.rules.tables.query import quoted
from yangguang.rules.tables.schema import Field, Type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["SQL_TYPES", "declared", "different", "listed", "literal", "quoted", "repeating"]

SAMPLE = 20_480  # rows looked at
FEW = 500  # different values among them
# A number holds at most 15 digits, which DOUBLE gives back exactly.
SQL_TYPES = {
    Type.STRING: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.NUMBER: "DOUBLE",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
    Type.DATETIME: "TIMESTAMP",
    Type.YEARMONTH: "VARCHAR",
    Type.YEAR: "BIGINT",
}


def literal(text: str) -> str:
    """A text constant of SQL; only for what cannot be bound, such as the path in a COPY."""
    return "'" + text.replace("'", "''") + "'"


def listed(fields: Sequence[Field]) -> str:
    """The quoted names, separated by commas."""
    return ", ".join(quoted(field.name) for field in fields)


def declared(fields: Sequence[Field], *, as_text: bool = False) -> str:
    """The columns as read_csv takes them: a struct of name and SQL type."""
    types = ((field, "VARCHAR" if as_text else SQL_TYPES[field.type]) for field in fields)
    return "{" + ", ".join(f"{literal(field.name)}: {literal(kind)}" for field, kind in types) + "}"


def repeating(connection: DuckDBPyConnection, table: str, names: Sequence[str]) -> set[str]:
    """The columns of a long table whose first rows hold few different values."""
    counts = ", ".join(["count(*)", *(f"approx_count_distinct({quoted(name)})" for name in names)])
    sample = f"(SELECT * FROM {table} LIMIT {SAMPLE})"  # noqa: S608 names are quoted
    found = connection.execute(f"SELECT {counts} FROM {sample}").fetchone() or (0,)  # noqa: S608
    if found[0] < SAMPLE:
        return set()
    return {name for name, distinct in zip(names, found[1:], strict=True) if distinct <= FEW}


def different(name: str, table: str, few: Collection[str]) -> str:
    """SQL for the values of a column to look through: each once where they repeat."""
    return f"(SELECT DISTINCT {quoted(name)} FROM {table})" if name in few else table  # noqa: S608
