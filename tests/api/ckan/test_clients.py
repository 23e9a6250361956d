"""ckanapi from its package, unchanged, against the running server; and what harvesters do."""

from typing import Any

import pytest
from ckanapi import RemoteCKAN
from ckanapi.errors import NotFound, ValidationError
from pytest_django.live_server_helper import LiveServer

from tests.api.ckan.conftest import fill


@pytest.fixture
def site(transactional_db: None, live_server: LiveServer) -> RemoteCKAN:
    fill()
    return RemoteCKAN(live_server.url)


def test_ckanapi_lists_shows_and_searches(site: RemoteCKAN) -> None:
    assert site.action.package_list() == ["penalties", "permits", "water-sources"]
    assert site.action.package_show(id="penalties")["title"] == "行政处罚决定"
    assert site.action.package_search(q="水质")["count"] == 1
    found = site.action.datastore_search(
        resource_id="penalties", filters={"fine": {"gte": 1}}, sort="fine desc"
    )
    assert [row["fine"] for row in found["records"]] == [1.5, 1.0]


def test_ckanapi_knows_our_errors(site: RemoteCKAN) -> None:
    with pytest.raises(NotFound):
        site.action.package_show(id="gone")
    with pytest.raises(ValidationError) as caught:
        site.action.datastore_search(resource_id="penalties", limit=-1)
    assert caught.value.error_dict["limit"] == ["Must be a natural number"]


def test_ckanapi_by_get(live_server: LiveServer, transactional_db: None) -> None:
    fill()
    site = RemoteCKAN(live_server.url, get_only=True)
    assert site.action.organization_list() == ["huanjing", "jianguan"]


def test_a_harvester_pages_until_nothing_comes(site: RemoteCKAN) -> None:
    seen: list[dict[str, Any]] = []
    while page := site.action.package_search(rows=2, start=len(seen), sort="id asc")["results"]:
        seen += page
    assert {one["name"] for one in seen} == {"penalties", "permits", "water-sources"}
    assert [one["id"] for one in seen] == sorted(one["id"] for one in seen)
