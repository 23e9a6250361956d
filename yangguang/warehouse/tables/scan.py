"""Questions answered from the codes of columns: which rows, how many, how many of each value.

Conditions become ranges of codes. A page in the order of the rows is looked for piece by piece from where
it can begin, so that the first hundred of many are found at once; the whole column is compared only where
few rows hold. What codes do not tell (a text inside a text, several sorts) is left to SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from yangguang.rules.tables.query import (
    ROW,
    All,
    Compare,
    Condition,
    Not,
    Op,
    Sort,
    TableQuery,
    Value,
    rows_before,
    typed,
)
from yangguang.rules.tables.query import Any as AnyOf
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables.codes import Column

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Places = NDArray[numpy.integer[Any]]
    Mask = NDArray[numpy.bool_]

FIRST_LOOK = 8_192
GROWTH = 8
FEW = 32
"""Values, each of which is sooner compared with all rows than the rows that hold are gathered."""
Range = tuple[int, int]


class CannotSay(Exception):
    """The codes do not tell; SQL does."""


@dataclass(frozen=True)
class Coded:
    """What is asked: the columns by name, the fields, the number of rows."""

    columns: Mapping[str, Column]
    fields: Mapping[str, Field]
    rows: int


@dataclass(frozen=True)
class _Test:
    """Which rows hold. `begin` and `end`: no row before or from there on does; `total`: how many, if known."""

    mask: Callable[[slice | Places], Mask]
    begin: int
    end: int
    total: int | None = None


def page(table: Coded, query: TableQuery, among: Places | None = None) -> list[int]:
    """The places of a page's rows, counted from 0; `among`: only these, in order. Raises CannotSay, QueryProblem."""
    test = _test(query.where, table) if query.where else None
    match query.sort:
        case () | (Sort(column="_id", descending=False),):
            return _in_order(table, query, test, among)
        case (sort,):
            return _sorted(table, query, sort, test, among)
    raise CannotSay


def count(table: Coded, query: TableQuery, among: Places | None = None) -> int:
    """How many rows hold, whatever page is asked for. Raises CannotSay, QueryProblem."""
    test = _test(query.where, table) if query.where else None
    if among is None and test is None:
        return table.rows
    if among is None and test is not None and test.total is not None:
        return test.total
    return len(_matching(table, test, among))


def facet(
    table: Coded, query: TableQuery, name: str, size: int, among: Places | None = None
) -> list[tuple[Any, int]]:
    """The most frequent values among the rows that hold, with their numbers. Raises CannotSay, QueryProblem."""
    import numpy

    column = _column(table, name)
    test = _test(query.where, table) if query.where else None
    counts: Places = column.counts
    if test is not None or among is not None:
        if test is not None and among is None and column.distinct < FEW:
            mask = test.mask(slice(None))
            each = (mask & (column.codes == code) for code in range(column.distinct + 1))
            counts = numpy.array([numpy.count_nonzero(one) for one in each])
        else:
            places = _matching(table, test, among)
            counts = numpy.bincount(column.codes[places], minlength=column.distinct + 1)
    codes = numpy.flatnonzero(counts)
    if len(codes) > size:
        least = numpy.partition(counts[codes], len(codes) - size)[len(codes) - size]
        codes = codes[counts[codes] >= least]
    order = numpy.argsort(-counts[codes].astype(numpy.int64), kind="stable")[:size]
    return [(column.value(int(code)), int(counts[code])) for code in codes[order]]


def _in_order(table: Coded, query: TableQuery, test: _Test | None, among: Places | None) -> list[int]:
    import numpy

    behind = max(rows_before(query) - query.offset, 0)
    wanted = query.offset + query.limit
    if among is not None:
        found = _matching(table, test, among[among >= behind])
        return [*map(int, found[query.offset : wanted].tolist())]
    if test is None:
        first = behind + query.offset
        return list(range(first, min(first + query.limit, table.rows)))
    at, size, places = max(behind, test.begin), FIRST_LOOK, numpy.empty(0, numpy.int64)
    while at < test.end and len(places) < wanted:
        part = numpy.flatnonzero(test.mask(slice(at, min(at + size, test.end)))) + at
        places = numpy.concatenate((places, part))
        at, size = at + size, size * GROWTH
    return [*map(int, places[query.offset : wanted].tolist())]


def _sorted(
    table: Coded, query: TableQuery, sort: Sort, test: _Test | None, among: Places | None
) -> list[int]:
    import numpy

    column = _column(table, sort.column)
    places = _matching(table, test, among)
    keys = _keys(column.codes[places].astype(numpy.int64), column.distinct, sort) * table.rows + places
    if query.after:
        keys = keys[keys > _seen(table, query, sort, column)]
    wanted = query.offset + query.limit
    if len(keys) > wanted:
        keys = numpy.partition(keys, wanted)[:wanted]
    keys.sort()
    return [*map(int, (keys[query.offset :] % table.rows).tolist())]


def _keys(codes: Any, none: int, sort: Sort) -> Any:
    """Numbers in the order asked for: without a value last, or first where that is asked for."""
    if not sort.descending:
        return (codes + 1) % (none + 1) if sort.nulls_first else codes
    return none - codes if sort.nulls_first else (none - 1 - codes) % (none + 1)


def _seen(table: Coded, query: TableQuery, sort: Sort, column: Column) -> int:
    """The key of the row behind which the page goes on. Raises CannotSay where no row has its value."""
    if len(query.after) != (1 if sort.column == ROW else 2):
        raise CannotSay
    low, high = _span(column, table.fields.get(sort.column), query.after[0])
    row = typed(None, query.after[-1])
    if low == high or not isinstance(row, int) or not 0 < row <= table.rows:
        raise CannotSay
    return int(_keys(low, column.distinct, sort)) * table.rows + row - 1


def _matching(table: Coded, test: _Test | None, among: Places | None) -> Places:
    import numpy

    if among is not None:
        return among if test is None else among[test.mask(among)]
    if test is None:
        return numpy.arange(table.rows)
    return numpy.flatnonzero(test.mask(slice(test.begin, test.end))) + test.begin


def _test(condition: Condition, table: Coded) -> _Test:
    match condition:
        case All(parts):
            tests = [_test(part, table) for part in parts]
            begin = max((one.begin for one in tests), default=0)
            end = min((one.end for one in tests), default=table.rows)
            if len(tests) == 1:
                return tests[0]
            return _Test(lambda at: _joined(tests, at, table, "logical_and"), begin, end)
        case AnyOf(parts):
            tests = [_test(part, table) for part in parts]
            return _Test(lambda at: _joined(tests, at, table, "logical_or"), 0, table.rows)
        case Not(part):
            inner = _test(part, table)
            return _Test(lambda at: ~inner.mask(at), 0, table.rows)
        case Compare():
            return _compared(condition, table)


def _column(table: Coded, name: str) -> Column:
    """Raises CannotSay where there is none: SQL tells it with the columns that there are."""
    if name not in table.columns:
        raise CannotSay
    return table.columns[name]


def _joined(tests: Sequence[_Test], at: slice | Places, table: Coded, how: str) -> Mask:
    import numpy

    if not tests:
        return numpy.full(len(table.columns[ROW].codes[at]), how == "logical_and")
    found: Mask = reduce(getattr(numpy, how), (one.mask(at) for one in tests))
    return found


def _compared(compare: Compare, table: Coded) -> _Test:
    column, field = _column(table, compare.column), table.fields.get(compare.column)
    ranges = [each for each in _ranges(compare, column, field) if each[0] < each[1]]
    begin, end = 0, table.rows
    if compare.column == ROW and ranges:
        begin, end = ranges[0][0], ranges[-1][1]
    elif len(ranges) == 1 and ranges[0][1] - ranges[0][0] == 1 and ranges[0][0] < column.distinct:
        begin = int(column.firsts[ranges[0][0]])
        end = begin + 1 if column.counts[ranges[0][0]] == 1 else end
    total = sum(int(column.counts[low:high].sum()) for low, high in ranges)
    return _Test(_masking(column, ranges), begin, end if ranges else begin, total)


def _masking(column: Column, ranges: Sequence[Range]) -> Callable[[slice | Places], Mask]:
    import numpy

    codes = column.codes
    if len(ranges) != 1:
        holds = numpy.zeros(column.distinct + 1, numpy.bool_)
        for low, high in ranges:
            holds[low:high] = True
        return lambda at: holds[codes[at]]
    ((low, high),) = ranges
    if high - low == 1:
        return lambda at: codes[at] == low
    if low == 0:
        return lambda at: codes[at] < high
    if high == column.distinct + 1:
        return lambda at: codes[at] >= low
    return lambda at: (codes[at] >= low) & (codes[at] < high)


def _ranges(compare: Compare, column: Column, field: Field | None) -> list[Range]:
    """The codes that hold, in ranges without their ends, in order."""
    none = column.distinct
    match compare.op:
        case Op.IS_NULL:
            return [(none, none + 1)]
        case Op.NOT_NULL:
            return [(0, none)]
        case Op.IS_BLANK | Op.NOT_BLANK:
            blank = column.span("")[1] if column.kind.is_text else 0
            return [(0, blank), (none, none + 1)] if compare.op is Op.IS_BLANK else [(blank, none)]
        case Op.IN | Op.NOT_IN:
            several = compare.value if isinstance(compare.value, tuple) else (compare.value,)
            if not several:
                raise CannotSay
            held = sorted({_span(column, field, value) for value in several})
            return held if compare.op is Op.IN else _others(held, none)
        case Op.STARTS:
            return [column.beginning(_plain_text(column, compare))]
    low, high = _span(column, field, _one(compare))
    held_by: dict[Op, list[Range]] = {
        Op.EQ: [(low, high)],
        Op.NE: [(0, low), (high, none)],
        Op.GT: [(high, none)],
        Op.GTE: [(low, none)],
        Op.LT: [(0, low)],
        Op.LTE: [(0, high)],
    }
    if compare.op not in held_by:
        raise CannotSay
    return held_by[compare.op]


def _others(ranges: Sequence[Range], none: int) -> list[Range]:
    ends = [0, *(high for _, high in ranges)]
    begins = [*(low for low, _ in ranges), none]
    return list(zip(ends, begins, strict=True))


def _one(compare: Compare) -> Value:
    return compare.value[0] if isinstance(compare.value, tuple) else compare.value


def _plain_text(column: Column, compare: Compare) -> str:
    """A text that has no capital or small letters, which the comparison does not tell apart."""
    value = _one(compare)
    if not column.kind.is_text or not isinstance(value, str) or value.lower() != value.upper():
        raise CannotSay
    return value


_HELD: Mapping[Type, tuple[type, ...]] = {
    Type.INTEGER: (int,),
    Type.YEAR: (int,),
    Type.NUMBER: (float, int),
    Type.BOOLEAN: (bool,),
    Type.DATE: (dt.date,),
    Type.DATETIME: (dt.datetime,),
}


def _span(column: Column, field: Field | None, value: Value) -> Range:
    """The codes of a value. Raises CannotSay for one of another type, which SQL converts; QueryProblem."""
    asked = typed(field, value)
    if type(asked) not in _HELD.get(column.kind, (str,)):
        raise CannotSay
    return column.span(
        float(asked) if isinstance(asked, (int, float)) and column.kind is Type.NUMBER else asked
    )
