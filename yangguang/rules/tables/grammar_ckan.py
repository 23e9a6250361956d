"""CKAN's `datastore_search` parameters → TableQuery, with CKAN 2.12's own words for what is wrong.

Source: CKAN 2.12, ckanext/datastore/logic/schema.py (datastore_search_schema), backend/postgres.py
(validation of fields, filters, sort), CHANGELOG 2.12 (filter operators, include_next_page).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any as AnyValue

from yangguang.rules.tables.query import (
    ROW,
    All,
    Any,
    Compare,
    Condition,
    Op,
    QueryProblem,
    Sort,
    TableQuery,
    Value,
)
from yangguang.rules.tables.schema import Field

MOST_ROWS = 32_000
DEEPEST = 10
MOST_OPERATIONS = 100
FORMATS = ("objects", "lists", "csv", "tsv")
_OPERATORS = {"eq": Op.EQ, "gt": Op.GT, "gte": Op.GTE, "lt": Op.LT, "lte": Op.LTE, "in": Op.IN}
_SORT = re.compile(
    r"^(?P<name>.+?)(?: +(?P<way>asc|desc))?(?: +nulls +(?P<nulls>first|last))?$", re.IGNORECASE
)
_KNOWN = frozenset(
    (
        *("resource_id", "id", "filters", "q", "plain", "language", "full_text", "fields", "sort", "limit"),
        *("offset", "distinct", "include_total", "records_format", "include_next_page", "force", "as_of"),
        *("total_estimation_threshold",),
    )
)


class ParameterProblem(ValueError):
    """A parameter that CKAN refuses: its name and CKAN's sentence."""

    def __init__(self, name: str, told: str) -> None:
        super().__init__(told)
        self.name, self.told = name, told


@dataclass(frozen=True)
class Asked:
    """What is asked, and what the answer repeats as it was sent (`echo`). `ranks` are the columns that a
    search adds: "rank", or "rank <column>"."""

    query: TableQuery
    format: str
    total: bool
    next_page: bool
    ranks: tuple[str, ...]
    echo: dict[str, AnyValue]


def read(parameters: Mapping[str, AnyValue], fields: Sequence[Field]) -> Asked:
    """The question. Raises ParameterProblem for the first parameter that is wrong."""
    for name in parameters:
        if name not in _KNOWN:
            raise ParameterProblem(name, f'"{name}" is not a valid key')
    names = [ROW, *(field.name for field in fields)]
    shown = _columns(parameters.get("fields"), names)
    format_ = str(parameters.get("records_format") or "objects")
    if format_ not in FORMATS:
        raise ParameterProblem("records_format", f"Value must be one of {list(FORMATS)}")
    words, columns, by_column = _search(parameters.get("q"), names)
    where = _joined([_filters(parameters.get("filters"), names), by_column])
    query = TableQuery(
        columns=shown,
        where=where,
        search=words,
        search_columns=columns,
        sort=_sorts(parameters.get("sort"), names),
        limit=min(_natural(parameters, "limit", 100), MOST_ROWS),
        offset=_natural(parameters, "offset", 0),
        distinct=_truth(parameters, "distinct", False),
    )
    echo = {name: parameters[name] for name in ("q", "filters", "sort") if parameters.get(name)}
    if parameters.get("fields"):
        echo["fields"] = list(shown)
    if query.offset:
        echo["offset"] = query.offset
    if query.distinct:
        echo["distinct"] = True
    return Asked(
        query,
        format_,
        _truth(parameters, "include_total", True),
        _truth(parameters, "include_next_page", False),
        _ranks(parameters.get("q")),
        echo,
    )


def _columns(given: AnyValue, names: Sequence[str]) -> tuple[str, ...]:
    if not given:
        return tuple(names)
    wanted = given if isinstance(given, list) else [each.strip() for each in str(given).split(",")]
    for name in wanted:
        if name not in names:
            raise ParameterProblem("fields", f'field "{name}" not in table')
    return tuple(map(str, wanted))


def _sorts(given: AnyValue, names: Sequence[str]) -> tuple[Sort, ...]:
    if not given:
        return ()
    found = []
    for clause in given if isinstance(given, list) else _clauses(str(given)):
        matched = _SORT.match(clause.strip())
        name = matched["name"].strip().strip('"') if matched else ""
        if matched is None or name not in names:
            raise ParameterProblem("sort", f'invalid value "{clause.strip()}"')
        down = (matched["way"] or "asc").lower() == "desc"
        # PostgreSQL counts what has no value as the greatest.
        first = (matched["nulls"] or ("first" if down else "last")).lower() == "first"
        found.append(Sort(name, down, first))
    return tuple(found)


def _clauses(text: str) -> list[str]:
    """Parts between commas; a comma within quotes belongs to a name."""
    return [part for part in re.findall(r'(?:"(?:[^"]|"")*"|[^,"])+', text) if part.strip()]


def _filters(given: AnyValue, names: Sequence[str]) -> Condition | None:
    if given in (None, "", {}):
        return None
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError as problem:
            raise ParameterProblem("filters", "Cannot parse JSON") from problem
    if not isinstance(given, (dict, list)):
        raise ParameterProblem("filters", "Not a json object")
    return _Filters(names).group(given, 1)


class _Filters:
    """Reads filters, counting how deep they go and how much they ask."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names, self._operations = names, 0

    def group(self, given: AnyValue, depth: int) -> Condition:
        """An object holds all of its conditions, a list any of its objects."""
        if depth > DEEPEST:
            raise ParameterProblem("filters", "Filter nesting is too deep")
        if isinstance(given, list):
            return Any(tuple(self.group(each, depth + 1) for each in given))
        if not isinstance(given, dict):
            raise ParameterProblem("filters", "Not a json object")
        return All(tuple(self._entry(name, value, depth) for name, value in given.items()))

    def _entry(self, name: str, value: AnyValue, depth: int) -> Condition:
        if name in ("$or", "$and"):
            if not isinstance(value, list):
                raise ParameterProblem("filters", f"{name} must be a list of objects")
            parts = tuple(self.group(each, depth + 1) for each in value)
            return Any(parts) if name == "$or" else All(parts)
        column = name.replace("$$", "$", 1) if name.startswith("$$") else name
        if column not in self._names:
            raise ParameterProblem("filters", f'field "{column}" not in table')
        return self._column(column, value)

    def _column(self, column: str, value: AnyValue) -> Condition:
        if isinstance(value, dict):
            return All(tuple(self._operator(column, sign, each) for sign, each in value.items()))
        if not isinstance(value, list):
            return self._compare(column, Op.EQ, value)
        plain = [each for each in value if not isinstance(each, dict)]
        parts: list[Condition] = [self._column(column, each) for each in value if isinstance(each, dict)]
        if plain or not parts:
            parts.insert(0, self._compare(column, Op.IN, tuple(plain)))
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _operator(self, column: str, sign: str, value: AnyValue) -> Condition:
        if sign not in _OPERATORS:
            raise ParameterProblem("filters", f"unsupported operator {sign!r} for field {column!r}")
        if sign == "in":
            if not isinstance(value, list):
                raise ParameterProblem("filters", f"operator 'in' of field {column!r} needs a list")
            return self._compare(column, Op.IN, tuple(value))
        return self._compare(column, _OPERATORS[sign], value)

    def _compare(self, column: str, op: Op, value: Value | tuple[Value, ...]) -> Condition:
        self._operations += 1
        if self._operations > MOST_OPERATIONS:
            raise ParameterProblem("filters", "Too many filter operations")
        if value is None:
            return Compare(column, Op.IS_NULL)
        return Compare(column, op, value)


def _search(given: AnyValue, names: Sequence[str]) -> tuple[str, tuple[str, ...], Condition | None]:
    """A text asks in all columns, an object in each of its own."""
    by_column = _by_column(given)
    if by_column is None:
        return str(given or ""), (), None
    parts: list[Condition] = []
    for name, text in by_column.items():
        if name not in names:
            raise ParameterProblem("q", f'field "{name}" not in table')
        parts += [Compare(name, Op.CONTAINS, word) for word in str(text).split()]
    return "", (), _joined(parts)


def _by_column(given: AnyValue) -> dict[str, AnyValue] | None:
    if isinstance(given, str) and given.lstrip().startswith("{"):
        try:
            given = json.loads(given)
        except ValueError:
            return None
    return given if isinstance(given, dict) else None


def _ranks(given: AnyValue) -> tuple[str, ...]:
    by_column = _by_column(given)
    if by_column is not None:
        return tuple(f"rank {name}" for name in by_column)
    return ("rank",) if given else ()


def _joined(parts: Sequence[Condition | None]) -> Condition | None:
    kept = tuple(part for part in parts if part is not None)
    return None if not kept else kept[0] if len(kept) == 1 else All(kept)


def _natural(parameters: Mapping[str, AnyValue], name: str, default: int) -> int:
    value = parameters.get(name)
    if value is None or value == "":
        return default
    try:
        number = int(value) if not isinstance(value, bool) else -1
    except (TypeError, ValueError) as problem:
        raise ParameterProblem(name, "Invalid integer") from problem
    if number < 0:
        raise ParameterProblem(name, "Must be a natural number")
    return number


def _truth(parameters: Mapping[str, AnyValue], name: str, default: bool) -> bool:
    value = parameters.get(name)
    if value is None:
        return default
    return (
        value
        if isinstance(value, bool)
        else str(value).strip().lower() in {"true", "1", "on", "yes", "t", "y"}
    )


def told_as_ckan(problem: QueryProblem) -> ParameterProblem:
    """A value that a column cannot hold, as CKAN tells of filters."""
    return ParameterProblem("filters", str(problem))
