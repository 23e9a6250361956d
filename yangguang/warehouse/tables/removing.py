"""A version's file without the rows of one key: only where the law asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yangguang.rules.tables.query import All, Compare, Op, TableQuery, Value, where_sql
from yangguang.rules.tables.schema import Field
from yangguang.warehouse import store
from yangguang.warehouse.tables import engine, writing
from yangguang.warehouse.tables.columns import listed, literal
from yangguang.warehouse.tables.writing import Written


def without(
    sha256: str, *, fields: Sequence[Field], order: Sequence[str], key: Mapping[str, Value]
) -> Written | None:
    """The file of a hash written again without the rows whose columns have these values.

    `fields` are all columns of the file, `order` the key it is sorted by. None where no row has them. The
    old file stays: who speaks of it forgets it. Raises DiskFull, TooLarge, and QueryProblem for a column
    that the file has not.
    """
    where, values = _having(fields, key)
    source = f"read_parquet({literal(str(store.path(sha256)))})"
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        found = connection.execute(f"SELECT count(*) FROM {source}{where}", values).fetchone()  # noqa: S608
        if not found or not found[0]:
            return None
        # Only what is surely the key's row goes: a condition that is unknown keeps its row.
        condition = where.removeprefix(" WHERE ")
        connection.execute(
            f"CREATE TABLE kept AS SELECT {listed(fields)} FROM {source}"  # noqa: S608 names are quoted
            f" WHERE ({condition}) IS NOT TRUE",
            values,
        )
        return writing.write_staged(connection, "kept", folder=folder, fields=fields, key=order)


def _having(fields: Sequence[Field], key: Mapping[str, Value]) -> tuple[str, list[object]]:
    where = All(tuple(Compare(name, Op.EQ, value) for name, value in key.items()))
    text, values = where_sql(TableQuery(where=where), fields)
    return text, list(values)
