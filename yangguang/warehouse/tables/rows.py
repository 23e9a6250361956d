"""The side index of a large version: not there yet, so every question goes to Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yangguang.rules.tables.query import TableQuery
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def find(cursor: DuckDBPyConnection, version: Stored, query: TableQuery) -> list[tuple[Any, ...]] | None:
    return None


def count(cursor: DuckDBPyConnection, version: Stored, query: TableQuery) -> int | None:
    return None


def relation(cursor: DuckDBPyConnection, version: Stored) -> str:
    return version.relation
