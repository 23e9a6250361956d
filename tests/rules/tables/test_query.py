"""Questions to a table: DuckDB gives what looking at every row gives."""

import datetime as dt
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.tables.slow_query import answer
from yangguang.rules.tables.query import (
    All,
    Compare,
    Condition,
    Not,
    Op,
    QueryProblem,
    Sort,
    TableQuery,
    Value,
    rows_before,
    to_sql,
)
from yangguang.rules.tables.query import Any as AnyOf
from yangguang.rules.tables.schema import Field, Type

FIELDS = (
    Field("name", "名称", Type.STRING),
    Field("count", "数量", Type.INTEGER),
    Field("rate", "比率", Type.NUMBER),
    Field("on", "日期", Type.DATE),
)
WORDS = ["水质", "水", "Aa", "aA%", "", "x_y", "粤A*", "监测 水"]
rows_of = st.lists(
    st.tuples(
        st.none() | st.sampled_from(WORDS),
        st.none() | st.integers(-2, 3),
        st.none() | st.sampled_from([-1.5, 0.0, 0.25, 2.0]),
        st.none() | st.sampled_from([dt.date(2017, 6, 19), dt.date(2017, 8, 1), dt.date(2018, 1, 1)]),
    ),
    max_size=12,
)
texts = st.sampled_from([*WORDS, "a", "%", "_", "质", "*水*", "?"])
comparisons = st.one_of(
    st.builds(
        Compare,
        st.just("name"),
        st.sampled_from([op for op in Op if op not in (Op.IN, Op.NOT_IN, Op.DATE)]),
        texts.filter(lambda text: "[" not in text),
    ),
    st.builds(
        Compare,
        st.just("count"),
        st.sampled_from([Op.EQ, Op.NE, Op.GT, Op.GTE, Op.LT, Op.LTE]),
        st.sampled_from(["-1", "0", "2", 1]),
    ),
    st.builds(
        Compare, st.just("rate"), st.sampled_from([Op.EQ, Op.GT, Op.LTE]), st.sampled_from(["0.25", 2, "-3"])
    ),
    st.builds(
        Compare, st.just("on"), st.sampled_from([Op.EQ, Op.GTE, Op.LT, Op.DATE]), st.just("2017-08-01")
    ),
    st.builds(
        Compare,
        st.sampled_from(["name", "count"]),
        st.sampled_from([Op.IN, Op.NOT_IN]),
        st.tuples(st.sampled_from(["1", "2"]), st.sampled_from(["0", "3"])),
    ),
    st.builds(Compare, st.just("_id"), st.sampled_from([Op.GT, Op.LTE]), st.integers(0, 6)),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(All, st.tuples(inner, inner)),
        st.builds(AnyOf, st.tuples(inner, inner)),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)
sorts = st.lists(
    st.builds(Sort, st.sampled_from(["name", "count", "rate", "on"]), st.booleans(), st.booleans()),
    max_size=3,
    unique_by=lambda sort: sort.column,
).map(tuple)
queries = st.builds(
    TableQuery,
    columns=st.sampled_from([(), ("name",), ("_id", "count"), ("rate", "on", "_id")]),
    where=st.none() | conditions,
    search=st.sampled_from(["", "水", "a", "水 监", "%"]),
    sort=sorts,
    limit=st.integers(0, 15),
    offset=st.integers(0, 4),
)


def asked(query: TableQuery, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    with duckdb.connect(":memory:") as connection:
        connection.execute('CREATE TABLE t(_id BIGINT, name VARCHAR, "count" BIGINT, rate DOUBLE, "on" DATE)')
        if rows:
            connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
        return connection.execute(*to_sql(query, FIELDS, "t")).fetchall()


def numbered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [(number, *row) for number, row in enumerate(rows, 1)]


def slowly(query: TableQuery, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    names = ("_id", *(field.name for field in FIELDS))
    return answer(query, FIELDS, [dict(zip(names, row, strict=True)) for row in rows])


@settings(deadline=None, max_examples=60)
@given(rows_of, queries)
def test_duckdb_answers_as_looking_at_every_row_does(rows: list[tuple[Any, ...]], query: TableQuery) -> None:
    assert asked(query, numbered(rows)) == slowly(query, numbered(rows))


@settings(deadline=None, max_examples=60)
@given(rows_of, sorts, st.integers(1, 3))
def test_pages_behind_each_other_are_the_whole(
    rows: list[tuple[Any, ...]], sort: tuple[Sort, ...], size: int
) -> None:
    names = ("_id", "name", "count", "rate", "on")
    whole = asked(TableQuery(sort=sort), numbered(rows))
    seen: list[tuple[Any, ...]] = []
    after: tuple[Any, ...] = ()
    while page := asked(TableQuery(sort=sort, limit=size, after=after), numbered(rows)):
        seen += page
        last = dict(zip(names, page[-1], strict=True))
        after = (*(last[each.column] for each in sort), last["_id"])
    assert seen == whole


@pytest.mark.parametrize(
    ("query", "column"),
    [
        (TableQuery(columns=("gone",)), "gone"),
        (TableQuery(sort=(Sort("name; DROP TABLE t"),)), "name; DROP TABLE t"),
        (TableQuery(where=Compare("gone", Op.EQ, "1")), "gone"),
        (TableQuery(where=Compare("count", Op.EQ, "many")), "count"),
        (TableQuery(where=Compare("rate", Op.GT, "nan")), "rate"),
        (TableQuery(where=Compare("on", Op.LT, "yesterday")), "on"),
        (TableQuery(after=("a", 1)), "_next"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_column(query: TableQuery, column: str) -> None:
    with pytest.raises(QueryProblem) as caught:
        to_sql(query, FIELDS, "t")
    assert caught.value.column == column


@pytest.mark.parametrize(("after", "offset", "before"), [((), 20, 20), ((7,), 0, 7), (("7",), 2, 9)])
def test_a_page_of_all_rows_begins_behind_its_mark(
    after: tuple[Value, ...], offset: int, before: int
) -> None:
    assert rows_before(TableQuery(after=after, offset=offset)) == before


@pytest.mark.parametrize("after", [("x",), ("a", 1), (True, 2)])
def test_a_mark_of_another_order_is_refused(after: tuple[Value, ...]) -> None:
    with pytest.raises(QueryProblem):
        rows_before(TableQuery(after=after))


@pytest.mark.parametrize(
    ("number", "below", "above"),
    [(10**18, 2, 0), (-(10**18), 0, 2), (2**64, 2, 0), (-(2**127) - 1, 0, 2), ("9" * 400, 2, 0)],
)
def test_a_number_that_no_column_holds_compares_all_the_same(number: Value, below: int, above: int) -> None:
    rows = numbered([("水", 1, None, None), ("质", -1, None, None)])
    for op, count in ((Op.EQ, 0), (Op.LT, below), (Op.GT, above)):
        assert len(asked(TableQuery(where=Compare("count", op, number)), rows)) == count


def test_a_name_with_quotes_stays_a_name() -> None:
    field = Field('a"b', "怪列", Type.STRING)
    text, _ = to_sql(TableQuery(where=Compare('a"b', Op.EQ, "' OR 1=1")), (field,), "t")
    assert '"a""b" = ?' in text


def test_distinct_values_come_once() -> None:
    rows = numbered([("水", 1, None, None), ("水", 2, None, None), ("质", 1, None, None)])
    found = asked(TableQuery(columns=("name",), distinct=True, sort=(Sort("name"),)), rows)
    assert found == [("水",), ("质",)]
