"""Columns of a register as columns of a table: their SQL types, their quoted names."""

from collections.abc import Sequence

from yangguang.rules.tables.query import quoted
from yangguang.rules.tables.schema import Field, Type

__all__ = ["SQL_TYPES", "declared", "listed", "literal", "quoted"]

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
