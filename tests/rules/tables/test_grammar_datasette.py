"""What Datasette's clients put into addresses, drawn as tables. The same rows are asked of Datasette itself
in tests/api/test_like_datasette.py."""

from typing import Any as AnyValue

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.tables.grammar_datasette import (
    ArgumentProblem,
    Asked,
    primary_key,
    read,
    token,
)
from yangguang.rules.tables.query import All, Compare, Op, QueryProblem, Sort
from yangguang.rules.tables.schema import Field, Type

FIELDS = (
    Field("code", "编号"),
    Field("n", "数", Type.INTEGER),
    Field("day", "日期", Type.DATE),
    Field("a__b", "带下划线"),
)


def asked(*pairs: tuple[str, str], key: tuple[str, ...] = ("code",)) -> Asked:
    return read(pairs, FIELDS, key)


@pytest.mark.parametrize(
    ("name", "value", "comparison"),
    [
        ("code", "水", Compare("code", Op.EQ, "水")),
        ("code", "", Compare("code", Op.EQ, "")),
        ("code__exact", "水", Compare("code", Op.EQ, "水")),
        ("code__not", "水", Compare("code", Op.NE, "水")),
        ("code__contains", "水", Compare("code", Op.CONTAINS, "水")),
        ("code__notcontains", "水", Compare("code", Op.NOT_CONTAINS, "水")),
        ("code__startswith", "水", Compare("code", Op.STARTS, "水")),
        ("code__endswith", "水", Compare("code", Op.ENDS, "水")),
        ("n__gt", "1", Compare("n", Op.GT, "1")),
        ("n__gte", "1", Compare("n", Op.GTE, "1")),
        ("n__lt", "1", Compare("n", Op.LT, "1")),
        ("n__lte", "1", Compare("n", Op.LTE, "1")),
        ("code__like", "水%", Compare("code", Op.LIKE, "水%")),
        ("code__notlike", "水%", Compare("code", Op.NOT_LIKE, "水%")),
        ("code__glob", "水*", Compare("code", Op.GLOB, "水*")),
        ("code__in", "甲, 乙", Compare("code", Op.IN, ("甲", "乙"))),
        ("code__in", '["甲,乙", 3]', Compare("code", Op.IN, ("甲,乙", "3"))),
        ("code__notin", "甲", Compare("code", Op.NOT_IN, ("甲",))),
        ("day__date", "2017-06-19", Compare("day", Op.DATE, "2017-06-19")),
        ("n__isnull", "1", Compare("n", Op.IS_NULL)),
        ("n__notnull", "", Compare("n", Op.NOT_NULL)),
        ("code__isblank", "1", Compare("code", Op.IS_BLANK)),
        ("code__notblank", "1", Compare("code", Op.NOT_BLANK)),
        ("a__b", "x", Compare("a__b", Op.EQ, "x")),
        ("a__b__gt", "x", Compare("a__b", Op.GT, "x")),
        ("_id__gt", "5", Compare("_id", Op.GT, "5")),
        ("_search_code", "水", Compare("code", Op.CONTAINS, "水")),
    ],
)
def test_one_argument_is_one_condition(name: str, value: str, comparison: Compare) -> None:
    assert asked((name, value)).query.where == All((comparison,))


def test_conditions_all_hold_and_words_of_a_column_each() -> None:
    found = asked(("n__gt", "1"), ("n__gt", "2"), ("_search_code", "铁岗 水库"), ("_search", "深圳"))
    assert found.query.where == All(
        (
            Compare("n", Op.GT, "1"),
            Compare("n", Op.GT, "2"),
            Compare("code", Op.CONTAINS, "铁岗"),
            Compare("code", Op.CONTAINS, "水库"),
        )
    )
    assert found.query.search == "深圳"


@pytest.mark.parametrize(
    ("arguments", "key", "columns"),
    [
        ([], ("code",), ("code", "n", "day", "a__b")),
        ([], ("_id",), ("_id", "code", "n", "day", "a__b")),
        ([("_col", "n")], ("code",), ("code", "n")),
        ([("_col", "day"), ("_col", "n"), ("_col", "day")], ("code",), ("code", "day", "n")),
        ([("_nocol", "n")], ("code",), ("code", "day", "a__b")),
        ([("_col", "n"), ("_col", "day"), ("_nocol", "n")], ("_id",), ("_id", "day")),
    ],
)
def test_columns(arguments: list[tuple[str, str]], key: tuple[str, ...], columns: tuple[str, ...]) -> None:
    assert asked(*arguments, key=key).query.columns == columns


@pytest.mark.parametrize(
    ("argument", "sort"),
    [
        (("_sort", "n"), Sort("n", nulls_first=True)),
        (("_sort_desc", "n"), Sort("n", descending=True)),
        (("_sort", "_id"), Sort("_id", nulls_first=True)),
    ],
)
def test_sort_counts_nothing_as_the_least(argument: tuple[str, str], sort: Sort) -> None:
    assert asked(argument).query.sort == (sort,)


@pytest.mark.parametrize(
    ("arguments", "name", "value"),
    [
        ([], "facets", ()),
        ([("_facet", "n"), ("_facet", "code"), ("_facet", "n")], "facets", ("n", "code")),
        ([("_facet_date", "day")], "facets", ("day",)),
        ([("_facet", "n"), ("_nofacet", "1")], "facets", ()),
        ([("_facet_size", "max")], "facet_size", 1000),
        ([("_facet_size", "3")], "facet_size", 3),
        ([("_shape", "arrayfirst")], "shape", "arrayfirst"),
        ([("_nl", "on")], "lines", True),
        ([("_extra", "count,columns"), ("_extra", "query")], "extras", {"count", "columns", "query"}),
        ([("_extra", "count"), ("_nocount", "1")], "extras", set()),
        ([("_stream", "on")], "stream", True),
        ([("_dl", "on")], "download", True),
        ([("_header", "off")], "header", False),
        ([("_as_of", "3")], "as_of", "3"),
        ([("_labels", "on"), ("_ttl", "0")], "shape", "objects"),
    ],
)
def test_the_rest(arguments: list[tuple[str, str]], name: str, value: AnyValue) -> None:
    assert getattr(asked(*arguments), name) == value


@pytest.mark.parametrize(("size", "limit"), [("", 100), ("max", 1000), ("0", 0), ("7", 7), ("1000", 1000)])
def test_size(size: str, limit: int) -> None:
    assert asked(("_size", size)).query.limit == limit


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([("_where", "1=1")], "SQL"),
        ([("_size", "1001")], "_size"),
        ([("_size", "-1")], "_size"),
        ([("_size", "１")], "_size"),
        ([("_sort", "n"), ("_sort_desc", "n")], "只能用一个"),
        ([("_sort", "gone")], "没有列 gone"),
        ([("_col", "gone")], "没有列 gone"),
        ([("_nocol", "code")], "主键"),
        ([("_facet", "gone")], "没有列 gone"),
        ([("_facet_array", "code")], "_facet"),
        ([("_facet_date", "n")], "不是日期"),
        ([("_search_gone", "x")], "没有列 gone"),
        ([("_shape", "round")], "没有 _shape=round"),
        ([("_sorted", "n")], "不认得参数 _sorted"),
        ([("gone", "1")], "没有列 gone"),
        ([("n__more", "1")], "不认得比较"),
        ([("code__arraycontains", "1")], "数组"),
        ([("code__in", "[")], "JSON"),
        ([("_next", "100")], "续页标记"),
        ([("_next", "e30")], "续页标记"),
        ([("_next", "W1tdXQ")], "续页标记"),
        ([("_next", "水")], "续页标记"),
    ],
)
def test_what_cannot_be_asked_is_told(arguments: list[tuple[str, str]], told: str) -> None:
    with pytest.raises((ArgumentProblem, QueryProblem), match=told):
        asked(*arguments)


@given(
    st.lists(
        st.none() | st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False) | st.dates(),
        min_size=1,
    )
)
def test_the_mark_of_a_page_comes_back(behind: list[AnyValue]) -> None:
    found = asked(("_next", token(behind))).query.after
    assert [value is None for value in found] == [value is None for value in behind]
    for before, after in zip(behind, found, strict=True):
        if isinstance(before, float):
            assert float(str(after)) == before
        elif isinstance(before, str):
            assert after == before


def test_a_key_that_is_not_public_names_no_row() -> None:
    assert primary_key(FIELDS, ("code",)) == ("code",)
    assert primary_key(FIELDS, ()) == ("_id",)
    assert primary_key(FIELDS, ("code", "officer")) == ("_id",)
