"""A slow and obvious second way to answer a question: look at every row."""

import datetime as dt
import fnmatch
import re
from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from typing import Any

from yangguang.rules.tables.query import All, Compare, Condition, Not, Op, TableQuery, typed
from yangguang.rules.tables.query import Any as AnyOf
from yangguang.rules.tables.schema import Field

Row = Mapping[str, Any]


def answer(query: TableQuery, fields: Sequence[Field], rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    known = {field.name: field for field in fields}
    found = [row for row in rows if query.where is None or holds(query.where, row, known)]
    found = [row for row in found if searched(query, row, known)]
    found.sort(key=cmp_to_key(lambda a, b: order(query, a, b)))
    if query.after:
        names = [sort.column for sort in query.sort] + ["_id"]
        seen = dict(zip(names, query.after, strict=True))
        found = [row for row in found if order(query, row, seen) > 0]
    shown = query.columns or ("_id", *known)
    values = [tuple(row[name] for name in shown) for row in found]
    return values[query.offset : query.offset + query.limit]


def holds(condition: Condition, row: Row, known: Mapping[str, Field]) -> bool:
    if isinstance(condition, All):
        return all(holds(part, row, known) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, row, known) for part in condition.parts)
    if isinstance(condition, Not):
        return not holds(condition.part, row, known)
    return compared(condition, row[condition.column], known.get(condition.column))


def compared(compare: Compare, cell: Any, field: Field | None) -> bool:
    op, value = compare.op, compare.value
    blank = cell is None or cell == ""
    if op in (Op.IS_NULL, Op.NOT_NULL):
        return (cell is None) is (op is Op.IS_NULL)
    if op in (Op.IS_BLANK, Op.NOT_BLANK):
        return blank is (op is Op.IS_BLANK)
    if cell is None:
        return False
    if op in (Op.IN, Op.NOT_IN):
        assert isinstance(value, tuple)
        return (cell in [typed(field, each) for each in value]) is (op is Op.IN)
    assert not isinstance(value, tuple)
    if op is Op.DATE:
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return str(day)[:10] == str(value)[:10]
    if op in (Op.EQ, Op.NE, Op.GT, Op.GTE, Op.LT, Op.LTE):
        return bool(getattr(_plain(cell), f"__{SIGNS[op]}__")(_plain(typed(field, value))))
    return like(op, text_of(cell), str(value))


SIGNS = {Op.EQ: "eq", Op.NE: "ne", Op.GT: "gt", Op.GTE: "ge", Op.LT: "lt", Op.LTE: "le"}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def text_of(cell: Any) -> str:
    return str(cell)


def like(op: Op, cell: str, value: str) -> bool:
    small, wanted = cell.lower(), value.lower()
    if op is Op.CONTAINS:
        return wanted in small
    if op is Op.NOT_CONTAINS:
        return wanted not in small
    if op is Op.STARTS:
        return small.startswith(wanted)
    if op is Op.ENDS:
        return small.endswith(wanted)
    if op is Op.GLOB:
        return fnmatch.fnmatchcase(cell, value)
    pattern = "".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in wanted)
    return (re.fullmatch(pattern, small, re.DOTALL) is not None) is (op is Op.LIKE)


def searched(query: TableQuery, row: Row, known: Mapping[str, Field]) -> bool:
    names = query.search_columns or [name for name, field in known.items() if field.type.is_text]
    cells = [str(row[name]).lower() for name in names if row[name] is not None]
    return all(any(word.lower() in cell for cell in cells) for word in query.search.split())


def order(query: TableQuery, one: Row, other: Row) -> int:
    for sort in query.sort:
        a, b = one[sort.column], other[sort.column]
        if a is None or b is None:
            if a is not b:
                return 1 if (a is None) is not sort.nulls_first else -1
        elif a != b:
            return 1 if (a > b) is not sort.descending else -1
    return int(one["_id"] - other["_id"])
