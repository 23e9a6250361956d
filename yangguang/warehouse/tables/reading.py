"""Questions to a version: a page of rows, their number, the values of a column, one row.

The slow twin is `tests/rules/tables/slow_query.py`. A version with a side index (`rows`) gives the same
answers sooner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yangguang.rules.tables.query import (
    ROW,
    All,
    Compare,
    Op,
    QueryProblem,
    Sort,
    Statement,
    TableQuery,
    Value,
    quoted,
    rows_before,
    to_sql,
    where_sql,
)
from yangguang.warehouse.tables import engine, rows
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SECONDS = 10.0
MOST_VALUES = 1_000


@dataclass(frozen=True)
class Page:
    """Rows in the order of `columns`; the number of all that match (None: not asked for).

    `next` is what `TableQuery.after` takes to go on; None on the last page and where rows are distinct.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    total: int | None
    next: tuple[Value, ...] | None


@dataclass(frozen=True)
class Written:
    """A page whose rows are JSON objects with commas between; `total` and `next` as of `Page`."""

    rows: bytes
    total: int | None
    next: tuple[Value, ...] | None


@dataclass(frozen=True)
class Facet:
    """The most frequent values of a column with their numbers; `more`: there are further values."""

    column: str
    values: list[tuple[Any, int]]
    more: bool


@dataclass(frozen=True)
class ColumnStats:
    """What one column holds: how many cells have a value, how many values differ (about), the ends."""

    column: str
    filled: int
    distinct: int
    least: Any
    greatest: Any


def page(version: Stored, query: TableQuery, *, total: bool = True) -> Page:
    """One page of the rows that a question asks for. Raises QueryProblem, TooSlow, TooLarge."""
    shown = query.columns or (ROW, *(field.name for field in version.fields))
    if query.distinct:
        return _distinct(version, query, shown, total)
    wanted, ends = _with_one_more(query, shown)
    found = rows.find(version, wanted, SECONDS)
    got = _rows(version, wanted) if found is None else found[0].rows(found[1], wanted.columns)
    kept = got[: query.limit]
    at = {name: place for place, name in enumerate(wanted.columns)}
    behind = tuple(kept[-1][at[name]] for name in ends) if kept and len(got) > query.limit else None
    counted = _total(version, query, len(got)) if total else None
    return Page(shown, [row[: len(shown)] for row in kept], counted, behind)


def written(version: Stored, query: TableQuery, *, total: bool = True) -> Written | None:
    """What `page` gives as JSON, from the file as it lies there; None where it does not lie there so.

    It does where a version has a side index, and a question asks for whole rows. Raises as `page`.
    """
    names = tuple(field.name for field in version.fields)
    numbered = query.columns == (ROW, *names)
    if query.distinct or not (numbered or query.columns == names):
        return None
    wanted, ends = _with_one_more(query, query.columns)
    found = rows.find(version, wanted, SECONDS)
    if found is None:
        return None
    file, places = found
    kept = places[: query.limit]
    behind = file.rows(kept[-1:], ends)[0] if kept and len(places) > query.limit else None
    counted = _total(version, query, len(places)) if total else None
    return Written(file.written(kept, numbered=numbered), counted, behind)


def _with_one_more(query: TableQuery, shown: Sequence[str]) -> tuple[TableQuery, list[str]]:
    """The question for a page and the row behind it, and the columns whose values say where the next begins."""
    sorts = [sort.column for sort in query.sort]
    ends = sorts if ROW in sorts else [*sorts, ROW]
    columns = tuple(dict.fromkeys([*shown, *ends]))
    return replace(query, columns=columns, limit=query.limit + 1), ends


def _total(version: Stored, query: TableQuery, found: int) -> int:
    whole = not query.offset and not query.after and found <= query.limit
    return found if whole else count(version, query)


def count(version: Stored, query: TableQuery) -> int:
    """How many rows a question asks for, whatever page it is on."""
    if (told := rows.count(version, query)) is not None:
        return told
    where, values = where_sql(replace(query, after=()), version.fields)
    source = rows.relation(version, query)
    with engine.asking(seconds=SECONDS) as cursor:
        found = cursor.execute(f"SELECT count(*) FROM {source}{where}", values).fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def facets(version: Stored, query: TableQuery, column: str, size: int = 30) -> Facet:
    """The values of a column among the rows asked for, the most frequent first."""
    _known(version, column)
    size = min(size, MOST_VALUES)
    found = rows.facet(version, query, column, size + 1)
    if found is None:
        found = _facet(version, query, column, size + 1)
    return Facet(column, found[:size], len(found) > size)


def tallies(
    version: Stored, query: TableQuery, columns: Sequence[str], size: int = 30
) -> tuple[int, tuple[Facet, ...]]:
    """What `count` and, for each column, `facets` give, in one pass through the file.

    For columns of few different values: all of them are handed over before the most frequent are picked.
    """
    for column in columns:
        _known(version, column)
    size = min(size, MOST_VALUES)
    if not columns or rows.is_open(version):
        return count(version, query), tuple(facets(version, query, column, size) for column in columns)
    total, found = _tallies(version, query, columns)
    kept = [(sorted(values, key=_most_frequent_first), column) for column, values in found.items()]
    return total, tuple(Facet(column, values[:size], len(values) > size) for values, column in kept)


def row(version: Stored, key: Mapping[str, Value] | int) -> dict[str, Any] | None:
    """The row of a key, or of a number from 1; with `_id`. None where there is none."""
    asked = key if isinstance(key, Mapping) else {ROW: key}
    where = All(tuple(Compare(name, Op.EQ, value) for name, value in asked.items()))
    found = page(version, TableQuery(where=where, limit=1), total=False)
    return dict(zip(found.columns, found.rows[0], strict=True)) if found.rows else None


def stats(version: Stored) -> tuple[ColumnStats, ...]:
    """What each column holds."""
    measures = ", ".join(
        f"count({name}), approx_count_distinct({name}), min({name}), max({name})"
        for name in (quoted(field.name) for field in version.fields)
    )
    with engine.asking(seconds=SECONDS) as cursor:
        found = cursor.execute(f"SELECT {measures} FROM {version.relation}").fetchone() or ()  # noqa: S608
    return tuple(
        ColumnStats(field.name, *found[at * 4 : at * 4 + 4]) for at, field in enumerate(version.fields)
    )


def _rows(version: Stored, query: TableQuery) -> list[tuple[Any, ...]]:
    statement, values = _plain_page(version, query) or to_sql(query, version.fields, version.relation)
    with engine.asking(seconds=SECONDS) as cursor:
        return cursor.execute(statement, values).fetchall()


def _facet(version: Stored, query: TableQuery, column: str, size: int) -> list[tuple[Any, int]]:
    where, values = where_sql(replace(query, after=()), version.fields)
    source = rows.relation(version, query)
    with engine.asking(seconds=SECONDS) as cursor:
        return cursor.execute(
            f"SELECT {quoted(column)}, count(*) FROM {source}{where}"  # noqa: S608 names are quoted
            " GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT ?",
            [*values, size],
        ).fetchall()


def _tallies(
    version: Stored, query: TableQuery, columns: Sequence[str]
) -> tuple[int, dict[str, list[tuple[Any, int]]]]:
    """How many rows hold, and the values of each column with their numbers in no order."""
    where, values = where_sql(replace(query, after=()), version.fields)
    names = [quoted(column) for column in columns]
    sets = ", ".join(f"({name})" for name in names)
    with engine.asking(seconds=SECONDS) as cursor:
        counted = cursor.execute(
            f"SELECT {', '.join(f'GROUPING({name})' for name in names)}, {', '.join(names)}, count(*)"  # noqa: S608
            f" FROM {version.relation}{where} GROUP BY GROUPING SETS ((), {sets})",
            values,
        ).fetchall()
    total = 0
    found: dict[str, list[tuple[Any, int]]] = {column: [] for column in columns}
    for line in counted:
        left_out, cells, number = line[: len(columns)], line[len(columns) : -1], line[-1]
        if 0 in left_out:
            at = left_out.index(0)
            found[columns[at]].append((cells[at], number))
        else:
            total = number
    return total, found


def _most_frequent_first(pair: tuple[Any, int]) -> tuple[int, bool, Any]:
    """As SQL's `ORDER BY 2 DESC, 1 NULLS LAST` has it: a column has at most one value that is None."""
    value, number = pair
    return -number, value is None, value


def _plain_page(version: Stored, query: TableQuery) -> Statement | None:
    """All rows in their own order need no sorting: the file has them so, and its row groups are skipped."""
    if query.where or query.search or query.distinct or query.sort not in ((), (Sort(ROW),)):
        return None
    for name in query.columns:
        if name != ROW:
            _known(version, name)
    first = rows_before(query)
    shown = ", ".join(map(quoted, query.columns))
    return (
        f"SELECT {shown} FROM {version.relation} WHERE _id > ? AND _id <= ? ORDER BY _id",  # noqa: S608
        [first, first + query.limit],
    )


def _distinct(version: Stored, query: TableQuery, shown: Sequence[str], total: bool) -> Page:
    """Different rows have no number to go on behind: they are paged by offset."""
    whole = replace(query, columns=tuple(shown))
    with engine.asking(seconds=SECONDS) as cursor:
        statement, values = to_sql(whole, version.fields, version.relation)
        found = cursor.execute(statement, values).fetchall()
        counted = _count_distinct(cursor, version, whole) if total else None
    return Page(tuple(shown), found, counted, None)


def _count_distinct(cursor: DuckDBPyConnection, version: Stored, query: TableQuery) -> int:
    where, values = where_sql(replace(query, after=()), version.fields)
    shown = ", ".join(map(quoted, query.columns))
    inside = f"SELECT DISTINCT {shown} FROM {version.relation}{where}"  # noqa: S608
    found = cursor.execute(f"SELECT count(*) FROM ({inside})", values).fetchone()  # noqa: S608
    return int(found[0]) if found else 0


def _known(version: Stored, column: str) -> None:
    if column not in {field.name for field in version.fields}:
        names = "、".join(field.name for field in version.fields)
        raise QueryProblem(column, f"没有列 {column}：可用的列是 {names}")
