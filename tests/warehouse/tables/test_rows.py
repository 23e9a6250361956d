"""The side index of a large version: same answers with it and without it."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from pytest_django import Settings

from yangguang.rules.tables.query import All, Compare, Condition, Not, Op, QueryProblem, Sort, TableQuery
from yangguang.rules.tables.query import Any as AnyOf
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import derived, reading, rows, runs, scan, writing
from yangguang.warehouse.tables.stored import Stored
from yangguang.warehouse.tables.streaming import plain as plain_json

FIELDS = (
    Field("no", "编号"),
    Field("who", "名称"),
    Field("area", "区域"),
    Field("sum", "金额", Type.NUMBER),
    Field("n", "数", Type.INTEGER),
    Field("yes", "是否", Type.BOOLEAN),
    Field("day", "日期", Type.DATE),
    Field("at", "时间", Type.DATETIME),
)
QUERIES = [
    TableQuery(limit=7),
    TableQuery(limit=7, offset=95),
    TableQuery(limit=7, after=(150,)),
    TableQuery(columns=("day", "at", "no"), sort=(Sort("sum", descending=True),), limit=9),
    TableQuery(sort=(Sort("who"), Sort("n", nulls_first=True)), limit=9, offset=30),
    TableQuery(where=Compare("no", Op.EQ, "K0077")),
    TableQuery(where=All((Compare("no", Op.EQ, "K0077"),)), limit=1),
    TableQuery(where=Compare("no", Op.EQ, "K9999")),
    TableQuery(
        where=All((Compare("area", Op.EQ, "宝安"), Compare("day", Op.GTE, "2017-06-01"))), sort=(Sort("day"),)
    ),
    TableQuery(where=Compare("who", Op.CONTAINS, "科")),
    TableQuery(search="科技"),
    TableQuery(search="科技公司"),
    TableQuery(search="宝 K00"),
    TableQuery(search="k0077"),
    TableQuery(search="没有这样的词"),
    TableQuery(search='引"号 \\'),
    TableQuery(search="科技", search_columns=("area",)),
    TableQuery(columns=("area",), distinct=True, sort=(Sort("area"),)),
    TableQuery(where=Compare("area", Op.EQ, "宝安"), offset=20, limit=9),
    TableQuery(where=Compare("area", Op.EQ, "宝安"), after=(100,), limit=9),
    TableQuery(where=Compare("area", Op.EQ, "宝安"), search="科技"),
    TableQuery(where=Compare("_id", Op.GT, 150), limit=9),
    TableQuery(where=All((Compare("_id", Op.GTE, 40), Compare("_id", Op.LT, 60), Compare("n", Op.EQ, 0)))),
    TableQuery(sort=(Sort("_id", descending=True),), after=(150,), limit=9),
    TableQuery(sort=(Sort("who", descending=True, nulls_first=True),), limit=200),
]
VALUES: dict[str, list[str]] = {
    "no": ["K0077", "K", "K0", "", "K9999"],
    "who": ["科技公司", "南", "龙", "k", '鹏程引"号\\'],
    "area": ["宝安", "宝", "无"],
    "sum": ["0.1", "-2.5", "0", "1e9", "1e12"],
    "n": ["0", "-1", "9007199254740993", "7"],
    "yes": ["true", "false"],
    "day": ["2016-02-29", "2017-06-19", "2017-01-01"],
    "at": ["2017-06-19T08:30:00", "2018-01-01T00:00:00"],
    "_id": ["1", "17", "200", "201"],
}
ONE_VALUE = [op for op in Op if op not in (Op.IN, Op.NOT_IN, Op.DATE)]


def conditions() -> Iterator[Condition]:
    """Every comparison of every column with values that rows have and that they do not, and some joined."""
    for name, values in VALUES.items():
        single: list[Condition] = [Compare(name, op, value) for op in ONE_VALUE for value in values[:3]]
        yield from single
        yield Compare(name, Op.IN, (values[0], values[-1], values[0]))
        yield Compare(name, Op.NOT_IN, (values[0], values[-1]))
        yield Compare(name, Op.IN, ())
        yield Compare(name, Op.NOT_IN, ())
    area, positive = Compare("area", Op.EQ, "南山"), Compare("sum", Op.GT, 0)
    yield from (All((area, positive)), AnyOf((area, positive)), Not(area), Not(All((area, positive))))
    yield from (All(()), AnyOf(()), All((Not(positive), AnyOf((area, Compare("n", Op.IS_NULL))))))


@pytest.fixture(scope="module")
def plain() -> Stored:
    """Two hundred invented rows, the odd value missing."""
    chance = random.Random(4)
    names = ["".join(each) for each in product("科南鹏", "技山程", ("公司", "厂", '引"号\\'))]
    made = [
        (
            f"K{number:04d}",
            chance.choice(names),
            chance.choice(["宝安", "南山", None]),
            chance.choice([None, 0.1, -2.5, 1e9]),
            chance.choice([None, 0, -1, 9_007_199_254_740_993]),
            chance.choice([None, True, False]),
            chance.choice([None, "2017-06-19", "2016-02-29"]),
            chance.choice([None, "2017-06-19 08:30:00", "2017-06-19 08:30:00.25"]),
        )
        for number in range(200)
    ]
    return Stored(writing.write(made, fields=FIELDS, key=("no",)).sha256, FIELDS, ("no",))


@pytest.fixture
def indexed(plain: Stored, settings: Settings, tmp_path: Path) -> Iterator[Stored]:
    """The same version with a side index, in a place of its own."""
    settings.TABLES_ROOT = tmp_path
    rows.make(plain)
    yield plain
    rows.forget()


def test_every_answer_is_the_same_with_and_without(plain: Stored, settings: Settings, tmp_path: Path) -> None:
    settings.TABLES_ROOT = tmp_path
    without = [reading.page(plain, query) for query in QUERIES]
    facets = [reading.facets(plain, query, "area") for query in QUERIES]
    tallies = [reading.tallies(plain, query, ["area", "yes"], 2) for query in QUERIES]
    rows.make(plain)
    try:
        assert [reading.page(plain, query) for query in QUERIES] == without
        assert [reading.facets(plain, query, "area") for query in QUERIES] == facets
        assert [reading.tallies(plain, query, ["area", "yes"], 2) for query in QUERIES] == tallies
        assert reading.row(plain, {"no": "K0007"}) == reading.row(plain, 8)
    finally:
        rows.forget()


def test_every_condition_sort_and_mark_is_answered_as_without(
    plain: Stored, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages by filters, pages behind a row in every order, and counts by filters, over all columns."""
    monkeypatch.setattr(scan, "FIRST_LOOK", 8)
    settings.TABLES_ROOT = tmp_path
    queries = [TableQuery(where=condition, limit=20) for condition in conditions()]
    for name in VALUES:
        for down, nulls in product((False, True), repeat=2):
            first = TableQuery(sort=(Sort(name, down, nulls),), limit=13, where=Compare("_id", Op.NE, 9))
            last = reading.page(plain, replace(first, limit=70)).next or ()
            queries += [first, replace(first, offset=30), replace(first, after=last)]

    def told() -> list[object]:
        pages = [reading.page(plain, query) for query in queries]
        return [
            *pages,
            *(
                reading.facets(plain, query, name, 3)
                for query in queries[::7]
                for name in VALUES
                if name != "_id"
            ),
        ]

    without = told()
    rows.make(plain)
    try:
        assert told() == without
    finally:
        rows.forget()


def test_whole_rows_as_they_lie_in_the_index_are_those_of_a_page(indexed: Stored) -> None:
    names = tuple(field.name for field in FIELDS)
    told = 0
    for query in QUERIES:
        for columns in ((*names,), ("_id", *names)):
            asked = replace(query, columns=columns)
            if asked.distinct:
                continue
            page, written = reading.page(indexed, asked), reading.written(indexed, asked)
            assert written is not None
            objects = json.loads(b"[" + written.rows + b"]")
            assert [list(one) for one in objects] == [list(columns)] * len(page.rows)
            assert [tuple(one.values()) for one in objects] == [
                tuple(map(plain_json, row)) for row in page.rows
            ]
            assert (written.total, written.next) == (page.total, page.next)
            told += len(objects)
    assert told > 300
    assert reading.written(indexed, TableQuery(columns=names[::-1])) is None
    assert reading.written(indexed, TableQuery(columns=names, distinct=True)) is None


def test_rows_do_not_lie_ready_without_an_index(plain: Stored, settings: Settings, tmp_path: Path) -> None:
    settings.TABLES_ROOT = tmp_path
    assert reading.written(plain, TableQuery(columns=tuple(field.name for field in FIELDS))) is None


def test_words_are_looked_for_in_the_index_of_runs(indexed: Stored) -> None:
    folder = rows.make(indexed) / "runs"
    expected = [row[0] for row in reading.page(indexed, TableQuery(search="科技公司", limit=200)).rows]
    assert runs.candidates(folder, "科技公司") == tuple(expected)
    assert runs.candidates(folder, "没有") == ()
    assert runs.candidates(folder, "科") is None


def test_a_column_that_is_not_there_is_told_as_without_an_index(indexed: Stored) -> None:
    for name in ("nix", "_at"):
        with pytest.raises(QueryProblem, match=f"没有列 {name}"):
            reading.page(indexed, TableQuery(columns=(name,)))
        with pytest.raises(QueryProblem, match=f"没有列 {name}"):
            reading.page(indexed, TableQuery(where=Compare(name, Op.EQ, 1)))


def test_an_index_that_is_dropped_is_made_again(indexed: Stored) -> None:
    before = reading.page(indexed, TableQuery(search="科技"))
    rows.forget()
    derived.drop(rows.KIND)
    assert reading.page(indexed, TableQuery(search="科技")) == before
    assert (rows.make(indexed) / "table.duckdb").exists()
    assert reading.page(indexed, TableQuery(search="科技")) == before
