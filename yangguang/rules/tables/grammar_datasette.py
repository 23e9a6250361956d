"""Datasette's table arguments → TableQuery, facets and shape of the answer.

Source: Datasette 1.0 documentation, "JSON API" (table arguments, shapes, expanding responses), "CSV
export", "Facets". Other than there: text is searched by plain words, `contains` takes `%` and `_` as
themselves, a column that a comparison does not fit is an error and not an empty table.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yangguang.rules.tables.query import (
    NEEDS_NONE,
    ROW,
    All,
    Compare,
    Condition,
    Op,
    QueryProblem,
    Sort,
    TableQuery,
    Value,
)
from yangguang.rules.tables.schema import Field, Type

PAGE = 100
MOST_ROWS = 1000
FACET_VALUES = 30
MOST_FACET_VALUES = 1000
SHAPES = ("objects", "arrays", "array", "arrayfirst", "object")
SQL_ELSEWHERE = "这里不接受 _where：请把 SQL 发到 /table/<数据集>/-/query.json?sql=…"
_OPS = {op.value: op for op in Op if op not in (Op.EQ, Op.NE)} | {"exact": Op.EQ, "not": Op.NE}
_ARRAYS = ("arraycontains", "arraynotcontains")
# What Datasette takes and what changes nothing here: no labels, no arrays, no suggestions, no time to set.
_WITHOUT_EFFECT = frozenset(
    (
        *("_labels", "_label", "_nosuggest", "_ttl", "_timelimit", "_trace", "_searchmode", "_json"),
        *("_json_infinity", "_size_max", "_cache"),
    )
)
_KNOWN = frozenset(
    (
        *("_col", "_nocol", "_sort", "_sort_desc", "_size", "_next", "_search", "_facet", "_facet_date"),
        *("_facet_size", "_nofacet", "_nocount", "_shape", "_nl", "_extra", "_stream", "_dl", "_header"),
        "_as_of",
    )
)


class ArgumentProblem(ValueError):
    """An argument that is refused; the text is a sentence that says what to do."""


class MarkProblem(ArgumentProblem):
    """A mark of a page that no answer gave out, in the argument `name`."""

    def __init__(self, name: str = "_next") -> None:
        super().__init__(f"{name} 不是续页标记：请原样使用上一页给出的，或者从第一页开始")


@dataclass(frozen=True)
class Asked:
    """What is asked of a table and in which shape.

    `query.columns` are never empty. `facets` are columns whose values are counted, `facet_size` values
    each; `total` asks for the number of all rows; `lines` for one JSON value a line; `stream`, `download`
    and `header` are of csv.
    """

    query: TableQuery
    facets: tuple[str, ...] = ()
    facet_size: int = FACET_VALUES
    shape: str = "objects"
    lines: bool = False
    extras: frozenset[str] = frozenset()
    as_of: str = ""
    stream: bool = False
    download: bool = False
    header: bool = True

    @property
    def total(self) -> bool:
        return "count" in self.extras


def primary_key(fields: Sequence[Field], key: Sequence[str]) -> tuple[str, ...]:
    """The columns that name a row in an address: the key, or the row's number where there is none."""
    public = {field.name for field in fields}
    return tuple(key) if key and public.issuperset(key) else (ROW,)


def read(arguments: Iterable[tuple[str, str]], fields: Sequence[Field], key: Sequence[str]) -> Asked:
    """The question in an address's arguments, in their order. `key` is what `primary_key` gives.

    Raises ArgumentProblem, and QueryProblem for a column that there is not.
    """
    given = _Arguments(arguments)
    given.require_known()
    known = {field.name: field for field in fields}
    columns = _columns(given, tuple(known), tuple(key))
    sort = _sort(given, known)
    query = TableQuery(
        columns=columns,
        where=_where(given, known),
        search=given.last("_search"),
        sort=sort,
        limit=given.number("_size", PAGE, MOST_ROWS),
        after=_after(given.last("_next")),
    )
    shape = given.last("_shape") or "objects"
    if shape not in SHAPES:
        raise ArgumentProblem(f"没有 _shape={shape[:40]}：可用的是 {'、'.join(SHAPES)}")
    extras = frozenset(word for text in given.all("_extra") for word in text.split(",") if word)
    return Asked(
        query=query,
        facets=() if given.is_on("_nofacet") else _facets(given, known),
        facet_size=given.number("_facet_size", FACET_VALUES, MOST_FACET_VALUES),
        shape=shape,
        lines=given.is_on("_nl"),
        extras=extras - {"count"} if given.is_on("_nocount") else extras,
        as_of=given.last("_as_of"),
        stream=given.is_on("_stream"),
        download=given.is_on("_dl"),
        header=given.last("_header") != "off",
    )


def token(behind: Sequence[Value]) -> str:
    """The place behind a row as `_next` carries it: opaque to clients, letters, digits, "-" and "_"."""
    texts = [None if value is None else _written(value) for value in behind]
    packed = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


class _Arguments:
    """Arguments as sent, each name with all of its values."""

    def __init__(self, arguments: Iterable[tuple[str, str]]) -> None:
        self.pairs = list(arguments)
        self._values: dict[str, list[str]] = {}
        for name, value in self.pairs:
            self._values.setdefault(name, []).append(value)

    def all(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def last(self, name: str) -> str:
        return self.all(name)[-1] if name in self._values else ""

    def is_on(self, name: str) -> bool:
        return self.last(name).lower() in ("on", "1", "true", "yes")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number up to `most`; `max` is `most`."""
        text = self.last(name)
        if not text:
            return default
        if text == "max":
            return most
        if not (text.isascii() and text.isdecimal()) or int(text) > most:
            raise ArgumentProblem(f"{name} 应是 0 到 {most} 之间的整数，或者 max")
        return int(text)

    def require_known(self) -> None:
        for name, _ in self.pairs:
            if name == "_where":
                raise ArgumentProblem(SQL_ELSEWHERE)
            if name == "_facet_array":
                raise ArgumentProblem("没有值是数组的列，不能用 _facet_array：请用 _facet")
            if not (is_filter(name) or name in _KNOWN or name in _WITHOUT_EFFECT or _is_search(name)):
                raise ArgumentProblem(f"不认得参数 {name[:60]}：可用的是 {'、'.join(sorted(_KNOWN))}")


def is_filter(name: str) -> bool:
    """Whether an argument narrows a column: arguments that begin with "_" do with a comparison only."""
    return "__" in name[1:] if name.startswith("_") else True


def _is_search(name: str) -> bool:
    return name.startswith("_search_")


def _columns(given: _Arguments, names: tuple[str, ...], key: tuple[str, ...]) -> tuple[str, ...]:
    """The key always, then what `_col` names, without what `_nocol` names."""
    offered = (*(name for name in key if name not in names), *names)
    wanted, unwanted = given.all("_col"), given.all("_nocol")
    for name in (*wanted, *unwanted):
        if name not in offered:
            raise QueryProblem(name, f"没有列 {name[:60]}：可用的列是 {'、'.join(offered)}")
    for name in unwanted:
        if name in key:
            raise ArgumentProblem(f"列 {name} 是主键的一部分，不能用 _nocol 去掉")
    shown = (*key, *wanted) if wanted else offered
    return tuple(dict.fromkeys(name for name in shown if name not in unwanted))


def _sort(given: _Arguments, known: dict[str, Field]) -> tuple[Sort, ...]:
    up, down = given.last("_sort"), given.last("_sort_desc")
    if up and down:
        raise ArgumentProblem("_sort 和 _sort_desc 只能用一个")
    name = up or down
    if not name:
        return ()
    if name not in known and name != ROW:
        raise QueryProblem(name, f"没有列 {name[:60]}，不能按它排序：可用的列是 {'、'.join(known)}")
    # SQLite, and so Datasette, counts what has no value as the least.
    return (Sort(name, bool(down), nulls_first=not down),)


def _where(given: _Arguments, known: dict[str, Field]) -> Condition | None:
    parts: list[Condition] = []
    for name, value in given.pairs:
        if _is_search(name):
            column = name.removeprefix("_search_")
            _require(column, known)
            parts += [Compare(column, Op.CONTAINS, word) for word in value.split()]
        elif is_filter(name) and name not in _KNOWN:
            parts.append(_filter(name, value, known))
    return All(tuple(parts)) if parts else None


def _filter(name: str, value: str, known: dict[str, Field]) -> Condition:
    if name in known:
        return Compare(name, Op.EQ, value)
    column, mark, word = name.rpartition("__")
    if not mark:
        column, word = name, "exact"
    _require(column, known)
    if word in _ARRAYS:
        raise ArgumentProblem(f"列 {column} 的值不是数组，不能用 {word}：请用 contains")
    if word not in _OPS:
        raise ArgumentProblem(f"不认得比较“{word[:40]}”：可用的是 {'、'.join(_OPS)}")
    op = _OPS[word]
    if op in NEEDS_NONE:
        return Compare(column, op)
    if op in (Op.IN, Op.NOT_IN):
        return Compare(column, op, _listed(value))
    return Compare(column, op, value)


def _listed(value: str) -> tuple[str, ...]:
    """`a,b` or a JSON list, for values that hold a comma."""
    if value.startswith("["):
        try:
            found = json.loads(value)
        except (ValueError, RecursionError) as problem:
            raise ArgumentProblem('in 的值以 [ 开头时应是 JSON 列表，例如 ["甲","乙"]') from problem
        return tuple(each if isinstance(each, str) else json.dumps(each) for each in found)
    return tuple(each.strip() for each in value.split(","))


def _facets(given: _Arguments, known: dict[str, Field]) -> tuple[str, ...]:
    for name in given.all("_facet_date"):
        if _require(name, known).type is not Type.DATE:
            raise ArgumentProblem(f"列 {name} 的值不是日期，不能用 _facet_date：请用 _facet")
    wanted = [*given.all("_facet"), *given.all("_facet_date")]
    for name in wanted:
        _require(name, known)
    return tuple(dict.fromkeys(wanted))


def _require(name: str, known: dict[str, Field]) -> Field:
    if name == ROW:
        return Field(ROW, ROW, Type.INTEGER)
    if name not in known:
        raise QueryProblem(name, f"没有列 {name[:60]}：可用的列是 {'、'.join(known)}")
    return known[name]


def _after(text: str) -> tuple[Value, ...]:
    if not text:
        return ()
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    if not isinstance(found, list) or not all(each is None or isinstance(each, str) for each in found):
        raise MarkProblem
    return tuple(found)


def _written(value: Value) -> str:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, (bool, float)) else str(value)
