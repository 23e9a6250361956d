"""Pages, counts, facets and rows of a version, against a twin that looks at every row."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as some

from tests.rules.tables import slow_query
from tests.warehouse.tables.drawn import FIELDS, REGISTER, ROWS
from yangguang.rules.tables.query import All, Compare, Not, Op, QueryProblem, Sort, TableQuery
from yangguang.warehouse.tables import reading, writing
from yangguang.warehouse.tables.stored import Stored

NAMES = [field.name for field in FIELDS]


@pytest.fixture(scope="module")
def waters() -> Stored:
    return Stored.public(writing.write(ROWS, fields=FIELDS, key=("code",)).sha256, REGISTER)


def as_mappings() -> list[dict[str, Any]]:
    ordered = sorted(ROWS, key=lambda row: str(row[0]))
    numbered = [{"_id": at, **dict(zip(NAMES, row, strict=True))} for at, row in enumerate(ordered, 1)]
    return [{**row, "amount": row["amount"] and float(row["amount"])} for row in numbered]


QUERIES = [
    TableQuery(),
    TableQuery(limit=2, offset=3),
    TableQuery(limit=2, after=(2,)),
    TableQuery(columns=("name",), sort=(Sort("count", descending=True),)),
    TableQuery(
        columns=("area", "code"),
        sort=(Sort("area", nulls_first=True), Sort("code", descending=True)),
        limit=2,
    ),
    TableQuery(where=Compare("area", Op.EQ, "宝安"), sort=(Sort("amount"),)),
    TableQuery(where=Not(Compare("area", Op.EQ, "宝安"))),
    TableQuery(where=All((Compare("day", Op.GTE, "2017-01-01"), Compare("open", Op.EQ, "true")))),
    TableQuery(where=Compare("amount", Op.LT, "0.5")),
    TableQuery(search="水库 山"),
    TableQuery(search="水库"),
    TableQuery(where=Compare("name", Op.CONTAINS, "=1")),
]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_page_holds_what_a_look_at_every_row_finds(waters: Stored, query: TableQuery) -> None:
    found = reading.page(waters, query)
    assert found.rows == slow_query.answer(query, FIELDS, as_mappings())
    everything = replace(query, limit=1000, offset=0, after=())
    assert found.total == reading.count(waters, query)
    assert found.total == len(slow_query.answer(everything, FIELDS, as_mappings()))


@trying(max_examples=20, deadline=None)
@given(
    some.lists(
        some.builds(Sort, some.sampled_from(NAMES), some.booleans(), some.booleans()),
        max_size=2,
        unique_by=lambda s: s.column,
    ),
    some.integers(1, 3),
)
def test_going_on_page_by_page_shows_every_row_once(sorts: list[Sort], limit: int) -> None:
    version = Stored.public(writing.write(ROWS, fields=FIELDS, key=("code",)).sha256, REGISTER)
    query = TableQuery(columns=("code",), sort=tuple(sorts), limit=limit)
    whole = reading.page(version, replace(query, limit=100)).rows
    seen, after = [], ()
    while after is not None:
        found = reading.page(version, replace(query, after=after), total=False)
        seen += found.rows
        after = found.next
    assert seen == whole


def test_the_last_page_leads_nowhere(waters: Stored) -> None:
    assert reading.page(waters, TableQuery(limit=len(ROWS))).next is None
    assert reading.page(waters, TableQuery(limit=len(ROWS) - 1)).next == (len(ROWS) - 1,)


def test_facets_count_values_of_the_rows_asked_for(waters: Stored) -> None:
    found = reading.facets(waters, TableQuery(where=Compare("year", Op.NOT_NULL)), "area")
    assert dict(found.values) == Counter(row[2] for row in ROWS if row[9] is not None)
    assert not found.more
    first = reading.facets(waters, TableQuery(), "area", size=1)
    assert (first.values, first.more) == ([("宝安", 2)], True)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_tallies_are_what_counts_and_facets_tell_one_by_one(waters: Stored, query: TableQuery) -> None:
    for size in (1, 2, 30):
        apart = tuple(reading.facets(waters, query, name, size) for name in NAMES)
        assert reading.tallies(waters, query, NAMES, size) == (reading.count(waters, query), apart)
    assert reading.tallies(waters, query, ()) == (reading.count(waters, query), ())


def test_nothing_found_is_told_as_nought_and_no_values(waters: Stored) -> None:
    total, [area] = reading.tallies(waters, TableQuery(search="没有的"), ["area"])
    assert (total, area.values, area.more) == (0, [], False)


def test_a_row_is_found_by_its_key_and_by_its_number(waters: Stored) -> None:
    found = reading.row(waters, {"code": "002"})
    assert found is not None
    assert (found["_id"], found["name"], found["day"]) == (2, "铁岗水库", dt.date(2017, 6, 20))
    assert reading.row(waters, 2) == found
    assert reading.row(waters, {"code": "404"}) is None


def test_distinct_rows_are_counted_as_such(waters: Stored) -> None:
    found = reading.page(waters, TableQuery(columns=("area",), distinct=True, sort=(Sort("area"),)))
    assert found.rows == [("宝安",), ("盐田",), ("罗湖",), (None,)]
    assert (found.total, found.next) == (4, None)


def test_stats_tell_the_ends_and_the_gaps_of_each_column(waters: Stored) -> None:
    told = {each.column: each for each in reading.stats(waters)}
    assert (told["count"].filled, told["count"].least) == (4, -7)
    assert (told["area"].filled, told["area"].distinct) == (4, 3)


def test_a_column_that_is_not_there_is_named(waters: Stored) -> None:
    for query in (
        TableQuery(columns=("nix",)),
        TableQuery(sort=(Sort("nix"),)),
        TableQuery(where=Compare("nix", Op.EQ, 1)),
    ):
        with pytest.raises(QueryProblem, match="没有列 nix"):
            reading.page(waters, query)
    with pytest.raises(QueryProblem, match="没有列 nix"):
        reading.facets(waters, TableQuery(), "nix")
    with pytest.raises(QueryProblem, match="nix"):
        reading.tallies(waters, TableQuery(), ["nix"])
