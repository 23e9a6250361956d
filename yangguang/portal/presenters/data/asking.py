"""A question to a table as an address carries it: `?rate__gte=90&grade=Ⅰ类&_search=水库&_sort=month&_next=…`.

The words are Datasette's (docs.datasette.io, "Table arguments"), so that the same query is understood by
`/table/<slug>/<slug>.json`.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from yangguang.rules.tables.query import (
    NEEDS_NONE,
    ROW,
    All,
    Compare,
    Op,
    QueryProblem,
    Sort,
    TableQuery,
    Value,
)
from yangguang.rules.tables.schema import Field, Type

PAGE = 25
LONGEST = 200
NOTHING = "$null"
OURS = frozenset(("as_of", "on", "page"))

SIGNS: dict[Op, str | Promise] = {
    Op.EQ: "=",
    Op.NE: "≠",
    Op.GT: ">",
    Op.GTE: "≥",
    Op.LT: "<",
    Op.LTE: "≤",
    Op.CONTAINS: gettext_lazy("含"),
    Op.NOT_CONTAINS: gettext_lazy("不含"),
    Op.STARTS: gettext_lazy("开头是"),
    Op.ENDS: gettext_lazy("结尾是"),
    Op.DATE: "=",
    Op.IS_NULL: gettext_lazy("为空"),
    Op.NOT_NULL: gettext_lazy("不为空"),
    Op.IS_BLANK: gettext_lazy("为空"),
    Op.NOT_BLANK: gettext_lazy("不为空"),
}
_OPS = {op.value: op for op in SIGNS} | {"exact": Op.EQ, "not": Op.NE}


@dataclass(frozen=True)
class Filter:
    """One condition; `key` is its name in the address."""

    key: str
    field: Field
    op: Op
    value: str

    @property
    def sign(self) -> str:
        return str(SIGNS[self.op])


@dataclass(frozen=True)
class Asked:
    """What an address asks of a table."""

    filters: tuple[Filter, ...]
    search: str
    sort: str
    descending: bool
    after: tuple[Value, ...]
    usual: bool = False
    """Whether the order is the one that nobody asked for."""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self.search)

    @property
    def is_plain(self) -> bool:
        """The rows as they are, from the first."""
        return not (self.is_narrowed or self.after) and (self.usual or not self.sort)

    @property
    def query(self) -> TableQuery:
        conditions = tuple(Compare(each.field.name, each.op, each.value) for each in self.filters)
        return TableQuery(
            where=All(conditions) if conditions else None,
            search=self.search,
            sort=(Sort(self.sort, self.descending),) if self.sort else (),
            limit=PAGE,
            after=self.after,
        )


def asked(given: QueryDict, fields: Sequence[Field], newest_first: str = "") -> Asked:
    """Read an address; `newest_first` is the column of periods, by which rows stand where nothing is said.

    Raises QueryProblem for a column or a comparison that there is not.
    """
    known = {field.name: field for field in fields}
    filters = []
    for key, values in given.lists():
        if key.startswith(("_", "utm_")) or key in OURS:
            continue
        name, _, op = key.rpartition("__") if "__" in key else (key, "", "exact")
        filters += [_filter(key, name, op, value, known) for value in values if value.strip()]
    down = given.get("_sort_desc", "")
    sort = down or given.get("_sort", "")
    if sort and sort not in known and sort != ROW:
        raise QueryProblem(sort, f"没有列 {sort[:40]}，不能按它排序：可用的列是 {'、'.join(known)}")
    after = tuple(_value(part) for part in given.get("_next", "").split(",") if part)
    search = given.get("_search", "").strip()[:LONGEST]
    if not sort and newest_first:
        return Asked(tuple(filters), search, newest_first, True, after, usual=True)
    return Asked(tuple(filters), search, sort, bool(down), after)


def link(given: QueryDict, **changes: str | None) -> str:
    """The same question with some things changed, from its first row; None or "" takes one away."""
    query = given.copy()
    for name in ("_next", *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value:
            query[name] = value
    for name in [name for name in query if not any(query.getlist(name))]:
        del query[name]
    return f"?{query.urlencode()}" if query else "?"


def without(given: QueryDict, filter: Filter) -> str:
    """The question without one of its conditions."""
    query = given.copy()
    left = [value for value in query.getlist(filter.key) if value != filter.value]
    query.pop("_next", None)
    query.pop(filter.key, None)
    query.setlist(filter.key, left)
    return f"?{query.urlencode()}"


def token(behind: Sequence[Value] | None) -> str:
    """The place behind a row as `_next` carries it; empty where nothing comes behind."""
    if not behind:
        return ""
    return ",".join(quote(NOTHING if value is None else _written(value), safe="") for value in behind)


def _written(value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, (bool, float)) else str(value)


def _value(part: str) -> Value:
    text = unquote(part)
    return None if text == NOTHING else text


def _filter(key: str, name: str, op: str, value: str, known: dict[str, Field]) -> Filter:
    if name not in known:
        raise QueryProblem(name, f"没有列 {name[:40]}：可用的列是 {'、'.join(known)}")
    if op not in _OPS:
        raise QueryProblem(name, f"不认得比较“{op[:20]}”：可用的是 {'、'.join(_OPS)}")
    found = Filter(key, known[name], _OPS[op], value.strip()[:LONGEST])
    return replace(found, value="") if found.op in NEEDS_NONE else found


@dataclass(frozen=True)
class Input:
    """The fields of the form by which one column is narrowed down: words to choose from, a text, two ends."""

    field: Field
    kind: str
    value: str = ""
    low: str = ""
    high: str = ""

    @property
    def type(self) -> str:
        """What an <input> for its ends is."""
        if self.field.type is Type.DATE:
            return "date"
        return "number" if self.field.type.is_numeric else "text"


def inputs(fields: Sequence[Field], given: QueryDict) -> list[Input]:
    found = []
    for field in fields:
        name = field.name
        if field.enum:
            found.append(Input(field, "choice", given.get(name, "")))
        elif field.type is Type.BOOLEAN:
            found.append(Input(field, "truth", given.get(name, "")))
        elif field.type is Type.STRING:
            found.append(Input(field, "text", given.get(f"{name}__contains", "")))
        else:
            found.append(
                Input(field, "ends", low=given.get(f"{name}__gte", ""), high=given.get(f"{name}__lte", ""))
            )
    return found
