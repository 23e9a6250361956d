"""What CKAN's clients send to datastore_search, drawn as tables."""

from typing import Any as AnyValue

import pytest

from yangguang.rules.tables.grammar_ckan import ParameterProblem, read
from yangguang.rules.tables.query import All, Any, Compare, Condition, Op, Sort
from yangguang.rules.tables.schema import Field, Type

FIELDS = (Field("name", "名称"), Field("n", "数", Type.INTEGER), Field("$x", "钱"))


@pytest.mark.parametrize(
    ("filters", "condition"),
    [
        (None, None),
        ({}, None),
        ("", None),
        ({"name": "水"}, All((Compare("name", Op.EQ, "水"),))),
        ('{"name": "水"}', All((Compare("name", Op.EQ, "水"),))),
        ({"name": ["水", "气"]}, All((Compare("name", Op.IN, ("水", "气")),))),
        ({"name": None}, All((Compare("name", Op.IS_NULL),))),
        (
            {"n": {"gte": 1, "lt": 5}},
            All((All((Compare("n", Op.GTE, 1), Compare("n", Op.LT, 5))),)),
        ),
        ({"n": {"in": [1, 2]}}, All((All((Compare("n", Op.IN, (1, 2)),)),))),
        (
            {"n": [1, {"gt": 5}]},
            All((Any((Compare("n", Op.IN, (1,)), All((Compare("n", Op.GT, 5),)))),)),
        ),
        (
            [{"name": "水"}, {"n": 3}],
            Any((All((Compare("name", Op.EQ, "水"),)), All((Compare("n", Op.EQ, 3),)))),
        ),
        (
            {"$or": [{"n": 1}, {"n": 2}]},
            All((Any((All((Compare("n", Op.EQ, 1),)), All((Compare("n", Op.EQ, 2),)))),)),
        ),
        ({"$$x": "1"}, All((Compare("$x", Op.EQ, "1"),))),
    ],
)
def test_filters(filters: AnyValue, condition: Condition | None) -> None:
    assert read({"resource_id": "r", "filters": filters}, FIELDS).query.where == condition


@pytest.mark.parametrize(
    ("sort", "sorts"),
    [
        ("n", (Sort("n"),)),
        ("n asc, name desc", (Sort("n"), Sort("name", True, True))),
        ("n desc nulls last", (Sort("n", True, False),)),
        ("n nulls first", (Sort("n", False, True),)),
        ('"$x" desc', (Sort("$x", True, True),)),
        (["_id desc"], (Sort("_id", True, True),)),
    ],
)
def test_sort(sort: AnyValue, sorts: tuple[Sort, ...]) -> None:
    assert read({"sort": sort}, FIELDS).query.sort == sorts


@pytest.mark.parametrize(
    ("sent", "name", "told"),
    [
        ({"limit": -1}, "limit", "Must be a natural number"),
        ({"limit": "x"}, "limit", "Invalid integer"),
        ({"offset": -1}, "offset", "Must be a natural number"),
        ({"fields": "gone"}, "fields", 'field "gone" not in table'),
        ({"fields": ["name", "gone"]}, "fields", 'field "gone" not in table'),
        ({"filters": {"gone": 1}}, "filters", 'field "gone" not in table'),
        ({"filters": "{"}, "filters", "Cannot parse JSON"),
        ({"filters": "1"}, "filters", "Not a json object"),
        ({"filters": {"n": {"near": 1}}}, "filters", "unsupported operator 'near' for field 'n'"),
        ({"filters": {"$or": {}}}, "filters", "$or must be a list of objects"),
        ({"filters": {"n": {"in": 1}}}, "filters", "operator 'in' of field 'n' needs a list"),
        ({"sort": "gone asc"}, "sort", 'invalid value "gone asc"'),
        ({"sort": "n sideways"}, "sort", 'invalid value "n sideways"'),
        (
            {"records_format": "yaml"},
            "records_format",
            "Value must be one of ['objects', 'lists', 'csv', 'tsv']",
        ),
        ({"q": {"gone": "x"}}, "q", 'field "gone" not in table'),
        ({"nonsense": 1}, "nonsense", '"nonsense" is not a valid key'),
    ],
)
def test_what_is_wrong_is_told_in_ckans_words(sent: dict[str, AnyValue], name: str, told: str) -> None:
    with pytest.raises(ParameterProblem) as caught:
        read(sent, FIELDS)
    assert (caught.value.name, caught.value.told) == (name, told)


def test_filters_go_neither_too_deep_nor_too_far() -> None:
    deep: AnyValue = {"n": 1}
    for _ in range(11):
        deep = {"$and": [deep]}
    with pytest.raises(ParameterProblem, match="deep"):
        read({"filters": deep}, FIELDS)
    with pytest.raises(ParameterProblem, match="Too many"):
        read({"filters": [{"n": number} for number in range(101)]}, FIELDS)


def test_a_limit_beyond_the_most_is_lowered() -> None:
    assert read({"limit": 40_000}, FIELDS).query.limit == 32_000
    assert read({}, FIELDS).query.limit == 100


def test_a_search_adds_its_rank() -> None:
    assert read({"q": "水"}, FIELDS).ranks == ("rank",)
    asked = read({"q": '{"name": "水 质"}'}, FIELDS)
    assert asked.ranks == ("rank name",)
    assert asked.query.where == All((Compare("name", Op.CONTAINS, "水"), Compare("name", Op.CONTAINS, "质")))


def test_columns_come_in_the_order_asked_with_the_row_number_first_by_default() -> None:
    assert read({}, FIELDS).query.columns == ("_id", "name", "n", "$x")
    assert read({"fields": "n, name"}, FIELDS).query.columns == ("n", "name")
