"""Datasets are found by their titles, what they are about, and their columns, from the day of their first version."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import at
from tests.registers.conftest import staged, water, water_json  # noqa: F401 fixtures
from yangguang.registers.actions import registers
from yangguang.registers.actions.versions import publish
from yangguang.registers.models import Register
from yangguang.search import actions
from yangguang.search.hits import Hit, Kind
from yangguang.search.queries import search

pytestmark = pytest.mark.django_db


def found(query: str, on: str = "2017-11-30") -> list[Hit]:
    answer = search(query, as_of=dt.date.fromisoformat(on))
    assert answer.documents.total == 0
    return [hit for group in answer.others if group.kind == Kind.DATASET for hit in group.hits]


def put_online(register: Register, number: int, day: str) -> None:
    publish(by=None, now=at(day), register=register, staged=staged(number), period="2017-08")


@pytest.mark.parametrize(
    "query", ["水源水质监测", "达标情况", "水质类别", "source", "水质 达标率", "人居环境委"]
)
def test_a_dataset_is_found_by_title_description_columns_and_unit(water: Register, query: str) -> None:  # noqa: F811
    actions.follow()
    assert found(query) == []
    put_online(water, 1, "2017-09-05")
    actions.follow()
    hits = found(query)
    assert [(hit.url, hit.title, hit.unit) for hit in hits] == [
        ("/data/water-sources/", water.title, "市人居环境委")
    ]
    assert found(query, on="2017-09-04") == []
    actions.rebuild()
    assert found(query) == hits


def test_a_dataset_is_one_hit_however_many_versions_it_has(water: Register) -> None:  # noqa: F811
    for number, day in enumerate(("2017-09-05", "2017-09-05", "2017-10-09"), 1):
        put_online(water, number, day)
    actions.follow()
    assert len(found("水质类别")) == 1


def test_a_column_is_found_as_long_as_the_table_has_it(water: Register) -> None:  # noqa: F811
    put_online(water, 1, "2017-09-05")
    changed: dict[str, Any] = {**water.descriptor, "schema": {**water.descriptor["schema"]}}
    changed["schema"]["fields"] = changed["schema"]["fields"][:-1]
    after = registers.change_schema(by=None, register=water, descriptor=changed, accepting=True)
    actions.follow()
    put_online(after, 2, "2017-10-09")
    actions.follow()
    assert found("达标率") == []
    assert len(found("达标率", on="2017-10-08")) == 1


def test_a_column_that_is_never_public_finds_nothing(water_json: dict[str, Any], water: Register) -> None:  # noqa: F811
    fields = [{**one, "reporting": one["name"] == "rate"} for one in water.descriptor["schema"]["fields"]]
    descriptor = {**water_json, "schema": {**water_json["schema"], "fields": fields}}
    hidden = registers.change_schema(by=None, register=water, descriptor=descriptor)
    put_online(hidden, 1, "2017-09-05")
    actions.follow()
    assert found("达标率") == []
    assert len(found("水质类别")) == 1
