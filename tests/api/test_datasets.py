"""Datasets, versions and rows below /api/v1/."""

from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import Ask
from yangguang.registers.actions import counts
from yangguang.registers.models import Register, Version

pytestmark = pytest.mark.usefixtures("waters")


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 1),
        ({"q": "水质"}, 1),
        ({"q": "organization:huanjing"}, 1),
        ({"q": "nothing-of-that-name"}, 0),
        ({"unit": "市人居环境委"}, 1),
        ({"unit": "huanjing", "kind": "series"}, 1),
        ({"kind": "list"}, 0),
        ({"modified_since": "2017-11-14"}, 1),
        ({"modified_since": "2017-11-15"}, 0),
        ({"topic": "城乡建设、环境保护"}, 0),
    ],
)
def test_datasets_are_narrowed_down(ask: Ask, filters: dict[str, str], count: int) -> None:
    assert ask("datasets", **filters)["total"] == count


def test_a_dataset_tells_its_columns_and_files(ask: Ask) -> None:
    told = ask("datasets/water-sources")
    assert (told["version"], told["rows"], told["period"]) == (2, 6, "2017-10")
    assert told["primary_key"] == ["month", "source"]
    assert [column["name"] for column in told["columns"]] == ["month", "source", "grade", "rate"]
    assert told["files"][0]["url"] == "/data/water-sources/files/v2/water-sources.csv"
    assert ask(f"datasets/{told['id']}") == told


def test_quality_is_null_until_rows_were_counted_and_then_made_of_shares(ask: Ask) -> None:
    assert ask("datasets/water-sources")["quality"] is None
    assert counts.count_missing() == 2
    told = ask("datasets")["items"][0]["quality"]
    assert (told["through"], told["next_due"], told["overdue"]) == ("2017-10-31", "2018-01-02", 0)
    assert [(one["part"], one["of"]) for one in told["shares"]][:3] == [
        ("complete", 24),
        ("valid", 24),
        ("unique", 6),
    ]
    known = [one["met"] / one["of"] for one in told["shares"]]
    assert told["score"] == round(100 * sum(known) / len(known), 1)


def test_versions_lead_to_journal_and_page(ask: Ask, waters: Register) -> None:
    told = ask("datasets/water-sources/versions")["items"]
    stand = list(Version.objects.filter(register=waters).order_by("-number"))
    assert [(one["number"], one["journal_seq"], one["sha256"]) for one in told] == [
        (one.number, one.line_id, one.sha256) for one in stand
    ]
    assert told[0]["url"] == "/data/water-sources/v/2/"


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ({}, ["水库1", "水库2", "水库3"] * 2),
        ({"filter": "rate__gte=92"}, ["水库2", "水库3"] * 2),
        ({"filter": ["rate__gte=92", "month=2017-09"]}, ["水库2", "水库3"]),
        ({"search": "水库3"}, ["水库3"] * 2),
        ({"sort": "-rate", "filter": "month=2017-10"}, ["水库3", "水库2", "水库1"]),
        ({"as_of": "1"}, ["水库1", "水库2", "水库3"]),
        ({"as_of": "2017-11-13"}, ["水库1", "水库2", "水库3"]),
    ],
)
def test_rows_by_a_question(ask: Ask, question: dict[str, Any], sources: list[str]) -> None:
    told = ask("datasets/water-sources/rows", **question)
    assert [row["source"] for row in told["items"]] == sources
    assert told["total"] == len(sources)


def test_columns_keep_the_key(ask: Ask) -> None:
    told = ask("datasets/water-sources/rows", columns="rate", limit=1)
    assert list(told["items"][0]) == ["month", "source", "rate"]


def test_page_behind_page(ask: Ask, client: Client) -> None:
    told = ask("datasets/water-sources/rows", limit=4, sort="-rate", filter=["rate__gt=0", "rate__lt=100"])
    rest = client.get(told["next"]).json()
    assert (len(told["items"]), len(rest["items"]), rest["next"], rest["after"]) == (4, 2, None, None)
    rates = [row["rate"] for row in told["items"] + rest["items"]]
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize(
    ("address", "question", "status", "where"),
    [
        ("datasets", {"unit": "没有的单位"}, 404, "unit"),
        ("datasets", {"topic": "没有的主题"}, 404, "topic"),
        ("datasets", {"kind": "shape"}, 422, "kind"),
        ("datasets", {"q": "title:["}, 422, "q"),
        ("datasets/gone", {}, 404, "dataset"),
        ("datasets/gone/rows", {}, 404, "dataset"),
        ("datasets/water-sources/rows", {"filter": "gone=1"}, 422, "filter"),
        ("datasets/water-sources/rows", {"filter": "rate"}, 422, "filter"),
        ("datasets/water-sources/rows", {"filter": "_where=1"}, 422, "filter"),
        ("datasets/water-sources/rows", {"filter": "rate__gt=many"}, 422, "filter"),
        ("datasets/water-sources/rows", {"sort": "gone"}, 422, "sort"),
        ("datasets/water-sources/rows", {"columns": "rate,gone"}, 422, "columns"),
        ("datasets/water-sources/rows", {"after": "here"}, 422, "after"),
        ("datasets/water-sources/rows", {"as_of": "soon"}, 422, "as_of"),
        ("datasets/water-sources/rows", {"as_of": "9"}, 404, "as_of"),
        ("datasets/water-sources/rows", {"limit": 1001}, 422, "limit"),
        ("datasets/water-sources/rows", {"rate__gt": "1"}, 422, "rate__gt"),
    ],
)
def test_what_is_wrong_is_told(
    ask: Ask, address: str, question: dict[str, Any], status: int, where: str
) -> None:
    assert ask(address, status, **question)["error"]["where"] == where
