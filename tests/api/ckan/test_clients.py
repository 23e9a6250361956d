"""ckanapi from its package, unchanged, against the running server; and what harvesters do."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from ckanapi import RemoteCKAN
from ckanapi.errors import NotFound, ValidationError
from pytest_django.live_server_helper import LiveServer

from tests.api.ckan.conftest import fill


@pytest.fixture
def address(transactional_db: None, live_server: LiveServer) -> Iterator[str]:
    fill()
    yield live_server.url
    # A thread of the server closes its connection when its client has gone: before the database is emptied.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture
def site(address: str) -> Iterator[RemoteCKAN]:
    with RemoteCKAN(address) as client:
        yield client


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


def test_ckanapi_by_get(address: str) -> None:
    with RemoteCKAN(address, get_only=True) as site:
        assert site.action.organization_list() == ["huanjing", "jianguan"]


def test_a_harvester_pages_until_nothing_comes(site: RemoteCKAN) -> None:
    seen: list[dict[str, Any]] = []
    while page := site.action.package_search(rows=2, start=len(seen), sort="id asc")["results"]:
        seen += page
    assert {one["name"] for one in seen} == {"penalties", "permits", "water-sources"}
    assert [one["id"] for one in seen] == sorted(one["id"] for one in seen)
