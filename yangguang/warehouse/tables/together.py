"""Rows of many tables in one question: the engine takes longer to understand each than to answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yangguang.rules.tables.query import typed
from yangguang.rules.tables.schema import Field
from yangguang.warehouse import store
from yangguang.warehouse.tables import engine
from yangguang.warehouse.tables.columns import literal, quoted
from yangguang.warehouse.tables.stored import Stored


@dataclass(frozen=True)
class Wanted:
    """The rows of a version in which a column of texts holds a value, and the columns to give of them."""

    version: Stored
    column: str
    value: str
    fields: tuple[Field, ...]


Rows = list[tuple[Any, ...]]


def find(wanted: Sequence[Wanted]) -> list[Rows]:
    """All rows wanted of each version, in their order. Raises TooSlow, TooLarge.

    For a few rows of each: they come as texts, since columns of one question have the same types.
    """
    if not wanted:
        return []
    parts = " UNION ALL ".join(_part(place, one) for place, one in enumerate(wanted))
    with engine.asking() as cursor:
        found = cursor.execute(f"{parts} ORDER BY 1, 2", [one.value for one in wanted]).fetchall()
    rows: list[Rows] = [[] for _ in wanted]
    for place, _, cells in found:
        rows[place].append(tuple(map(typed, wanted[place].fields, cells)))
    return rows


def _part(place: int, one: Wanted) -> str:
    cells = ", ".join(f"{quoted(field.name)}::VARCHAR" for field in one.fields)
    path = literal(str(store.path(one.version.sha256)))
    return (
        f"SELECT {place}, file_row_number, [{cells}]::VARCHAR[]"  # noqa: S608 names are quoted
        f" FROM read_parquet({path}, file_row_number = true) WHERE {quoted(one.column)} = ?"
    )
