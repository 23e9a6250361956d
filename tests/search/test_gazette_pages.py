"""What was read from historic gazettes is found, from the day on which the issue goes online."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.factories import at, make_person
from tests.gazette.scanned import make_scan
from yangguang.directory.permissions import Role
from yangguang.gazette.actions import scans
from yangguang.search import actions
from yangguang.search.hits import Kind
from yangguang.search.queries import search

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: LazySettings) -> None:
    settings.STORE_ROOT = tmp_path / "store"


def found(query: str, on: str = "2017-11-30") -> list[str]:
    answer = search(query, as_of=dt.date.fromisoformat(on))
    assert answer.documents.total == 0
    return [hit.url for group in answer.others if group.kind == Kind.GAZETTE for hit in group.hits]


def test_pages_are_found_when_online_and_as_they_were_proofread() -> None:
    office, scan = (
        make_person("office", role=Role.GENERAL_OFFICE),
        make_scan("今年预箅收入增长", "第二页关于水务"),
    )
    actions.follow()
    assert found("收入增长") == []
    scans.put_online(by=office, now=at("2017-09-02"), issue=scan)
    actions.follow()
    assert found("收入增长") == ["/gazette/2003/5/p1/"]
    assert found("页关于水") == ["/gazette/2003/5/p2/"]
    assert found("收入增长", on="2017-09-01") == []
    scans.correct(by=office, now=at("2017-09-03"), page=scan.pages.get(number=1), text="今年预算收入增长")
    actions.follow()
    assert found("预箅") == []
    assert found("预算收入") == ["/gazette/2003/5/p1/"]
    actions.rebuild()
    assert found("预算收入") == ["/gazette/2003/5/p1/"]
