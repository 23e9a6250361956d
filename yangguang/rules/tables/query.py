"""One question to a table, as a value: what CKAN's, Datasette's and our own grammars all come down to.

`to_sql` writes it in DuckDB's dialect: values are always bound, names always quoted and known.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from yangguang.rules.tables.schema import Field, Type

Value = str | int | float | Decimal | bool | dt.date | dt.datetime | None
ROW = "_id"
"""The row's number in its version, from 1; every table has it beside its own columns."""


class Op(StrEnum):
    """How a column is compared. `in` and `notin` take a tuple; the last four of `NEEDS_NONE` take nothing."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "notin"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    CONTAINS = "contains"
    NOT_CONTAINS = "notcontains"
    STARTS = "startswith"
    ENDS = "endswith"
    LIKE = "like"
    NOT_LIKE = "notlike"
    GLOB = "glob"
    DATE = "date"
    IS_NULL = "isnull"
    NOT_NULL = "notnull"
    IS_BLANK = "isblank"
    NOT_BLANK = "notblank"


NEEDS_NONE = frozenset({Op.IS_NULL, Op.NOT_NULL, Op.IS_BLANK, Op.NOT_BLANK})


class QueryProblem(ValueError):
    """The question cannot be asked of this table; `column` says where, the text what to do."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column = column


@dataclass(frozen=True)
class Compare:
    """A column against a value, or a tuple of values. Values come as text or as the column's own type."""

    column: str
    op: Op
    value: Value | tuple[Value, ...] = None


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class Not:
    part: "Condition"


Condition = Compare | All | Any | Not


@dataclass(frozen=True)
class Sort:
    """One column to sort by. What has no value comes last, unless `nulls_first`."""

    column: str
    descending: bool = False
    nulls_first: bool = False


@dataclass(frozen=True)
class TableQuery:
    """What to show of which rows, in which order.

    No `columns`: the row number and all. `search`: each of its words must stand in one of
    `search_columns` (none: all columns of text). `after` holds the values of the sort columns and the row
    number of the last row seen: the page goes on behind it, however far down that is.
    """

    columns: tuple[str, ...] = ()
    where: Condition | None = None
    search: str = ""
    search_columns: tuple[str, ...] = ()
    sort: tuple[Sort, ...] = ()
    limit: int = 100
    offset: int = 0
    after: tuple[Value, ...] = ()
    distinct: bool = False


Statement = tuple[str, list[Value]]


def to_sql(query: TableQuery, fields: Sequence[Field], source: str) -> Statement:
    """The statement and its bound values. `source` is a trusted name of a view with `_id` and the fields.

    Raises QueryProblem for a column that is not there, and a value that the column cannot hold.
    """
    known = {field.name: field for field in fields}
    shown = query.columns or (ROW, *known)
    for name in shown:
        _require(name, known)
    picked = f"{'DISTINCT ' if query.distinct else ''}{', '.join(map(quoted, shown))}"
    conditions, values = where_sql(query, fields)
    text = f"SELECT {picked} FROM {source}{conditions}"  # noqa: S608 names are quoted, values bound
    if not query.distinct or query.sort:
        text += f" ORDER BY {_order(query, known)}"
    return f"{text} LIMIT ? OFFSET ?", [*values, query.limit, query.offset]


def where_sql(query: TableQuery, fields: Sequence[Field]) -> Statement:
    """Only the WHERE of a question, with a leading space; empty where everything is asked for."""
    known = {field.name: field for field in fields}
    found = [
        *([_condition(query.where, known)] if query.where is not None else []),
        *_searched(query, known),
        *([_behind(query, known)] if query.after else []),
    ]
    if not found:
        return "", []
    return " WHERE " + " AND ".join(text for text, _ in found), [
        each for _, values in found for each in values
    ]


def quoted(name: str) -> str:
    """An identifier that SQL takes as it stands, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def typed(field: Field | None, value: Value) -> Value:
    """A value from outside as the column's type compares it; None is the row number's column, a whole number.

    Raises QueryProblem where it cannot be one.
    """
    name = field.name if field else ROW
    kind = field.type if field else Type.INTEGER
    if value is None:
        return None
    try:
        if kind.is_text:
            return _as_text(value)
        read = _READ[kind](value.strip()) if isinstance(value, str) else value
        return _bounded(read) if isinstance(read, int) else read
    except (ValueError, ArithmeticError, KeyError) as problem:
        raise QueryProblem(name, f"“{value}”不是列 {name} 的值（类型 {kind.value}）") from problem


def _bounded(number: int) -> int:
    """Columns hold whole numbers of at most 18 digits: one beyond compares like the bound, which none holds."""
    return number if isinstance(number, bool) else max(-BEYOND, min(BEYOND, number))


def _as_text(value: Value) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _number(text: str) -> float:
    value = float(text)
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(text)
    return value


BEYOND = 10**18
MARK_OF_ANOTHER_ORDER = "续页标记与排序不符：请从第一页重新开始"
_TRUTH: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}
_READ: Mapping[Type, Callable[[str], Value]] = {
    Type.INTEGER: int,
    Type.YEAR: int,
    Type.NUMBER: _number,
    Type.BOOLEAN: lambda text: _TRUTH[text.lower()],
    Type.DATE: lambda text: dt.date.fromisoformat(text[:10]),
    Type.DATETIME: lambda text: dt.datetime.fromisoformat(text).replace(tzinfo=None),
}


def _require(name: str, known: Mapping[str, Field]) -> Field | None:
    if name == ROW:
        return None
    if name not in known:
        raise QueryProblem(name, f"没有列 {name}：可用的列是 {'、'.join(known)}")
    return known[name]


def _condition(condition: Condition, known: Mapping[str, Field]) -> Statement:
    match condition:
        case All(parts) | Any(parts):
            word = " AND " if isinstance(condition, All) else " OR "
            inside = [_condition(part, known) for part in parts]
            if not inside:
                return ("TRUE" if isinstance(condition, All) else "FALSE"), []
            return f"({word.join(text for text, _ in inside)})", [each for _, vs in inside for each in vs]
        case Not(part):
            text, values = _condition(part, known)
            return f"(NOT COALESCE({text}, FALSE))", values
        case Compare():
            return _compare(condition, known)


_SIGNS = {Op.EQ: "=", Op.NE: "<>", Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}


def _compare(compare: Compare, known: Mapping[str, Field]) -> Statement:
    field = _require(compare.column, known)
    name, op = quoted(compare.column), compare.op
    if op in NEEDS_NONE:
        return _blank(name, op), []
    if op in (Op.IN, Op.NOT_IN):
        values = [typed(field, value) for value in _several(compare.value)]
        places = ", ".join("?" * len(values)) or "NULL"
        return f"({name} {'NOT IN' if op is Op.NOT_IN else 'IN'} ({places}))", values
    if op is Op.DATE:
        return f"(TRY_CAST({name} AS DATE) = ?)", [typed(_DAY, _one(compare.value))]
    if op in _SIGNS:
        return f"({name} {_SIGNS[op]} ?)", [typed(field, _one(compare.value))]
    return _text_compare(name, field, op, _as_text(_one(compare.value)))


_DAY = Field("date", "date", Type.DATE)


def _blank(name: str, op: Op) -> str:
    match op:
        case Op.IS_NULL:
            return f"({name} IS NULL)"
        case Op.NOT_NULL:
            return f"({name} IS NOT NULL)"
        case Op.IS_BLANK:
            return f"({name} IS NULL OR CAST({name} AS VARCHAR) = '')"
        case _:
            return f"({name} IS NOT NULL AND CAST({name} AS VARCHAR) <> '')"


def _text_compare(name: str, field: Field | None, op: Op, value: str) -> Statement:
    """Comparisons of text do not tell capitals from small letters, as SQLite's LIKE does not; GLOB does."""
    text = name if field is not None and field.type.is_text else f"CAST({name} AS VARCHAR)"
    if op is Op.GLOB:
        return f"({text} GLOB ?)", [value]
    if op in (Op.LIKE, Op.NOT_LIKE):
        return f"({text} {'NOT ILIKE' if op is Op.NOT_LIKE else 'ILIKE'} ?)", [value]
    if value.lower() != value.upper():
        text, value = f"lower({text})", value.lower()
    function = {Op.STARTS: "starts_with", Op.ENDS: "ends_with"}.get(op, "contains")
    found = f"{function}({text}, ?)"
    return f"(NOT {found})" if op is Op.NOT_CONTAINS else f"({found})", [value]


def _one(value: Value | tuple[Value, ...]) -> Value:
    return value[0] if isinstance(value, tuple) else value


def _several(value: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _searched(query: TableQuery, known: Mapping[str, Field]) -> list[Statement]:
    names = query.search_columns or tuple(name for name, field in known.items() if field.type.is_text)
    found = []
    for word in query.search.split():
        inside = [_text_compare(quoted(name), _require(name, known), Op.CONTAINS, word) for name in names]
        text = " OR ".join(f"COALESCE({each}, FALSE)" for each, _ in inside) or "FALSE"
        found.append((f"({text})", [value for _, values in inside for value in values]))
    return found


def _order(query: TableQuery, known: Mapping[str, Field]) -> str:
    parts = []
    for sort in query.sort:
        _require(sort.column, known)
        way = "DESC" if sort.descending else "ASC"
        parts.append(f"{quoted(sort.column)} {way} NULLS {'FIRST' if sort.nulls_first else 'LAST'}")
    if not query.distinct and ROW not in {sort.column for sort in query.sort}:
        parts.append(quoted(ROW))
    return ", ".join(parts)


def rows_before(query: TableQuery) -> int:
    """How many rows stand before a page of all rows in their own order.

    Raises QueryProblem for a mark that belongs to another order, or is none.
    """
    if not query.after:
        return query.offset
    if len(query.after) != 1:
        raise QueryProblem("_next", MARK_OF_ANOTHER_ORDER)
    seen = typed(None, query.after[0])
    return query.offset + (seen if isinstance(seen, int) else 0)


def _behind(query: TableQuery, known: Mapping[str, Field]) -> Statement:
    """The rows behind one row: equal in the first columns and behind in the next, for each of them."""
    sorts = [*query.sort]
    if ROW not in {sort.column for sort in sorts}:
        sorts.append(Sort(ROW))
    if len(query.after) != len(sorts):
        raise QueryProblem("_next", MARK_OF_ANOTHER_ORDER)
    choices, values = [], []
    for place, sort in enumerate(sorts):
        equal = [f"{quoted(before.column)} IS NOT DISTINCT FROM ?" for before in sorts[:place]]
        bound = [typed(_require(s.column, known), v) for s, v in zip(sorts, query.after, strict=True)]
        text, own = _later(sort, bound[place])
        choices.append("(" + " AND ".join([*equal, text]) + ")")
        values += [*bound[:place], *own]
    return f"({' OR '.join(choices)})", values


def _later(sort: Sort, value: Value) -> Statement:
    name = quoted(sort.column)
    if value is None:
        return (f"{name} IS NOT NULL" if sort.nulls_first else "FALSE"), []
    sign = "<" if sort.descending else ">"
    if sort.nulls_first:
        return f"{name} {sign} ?", [value]
    return f"({name} {sign} ? OR {name} IS NULL)", [value]
