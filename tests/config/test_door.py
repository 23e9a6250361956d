"""Rows sent without Django's request are what Django would have sent, with the same headers."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from tests.api.datasette.conftest import waters  # noqa: F401 a fixture
from tests.config.test_rsgi import HOST, Headers, Protocol, Scope
from yangguang.config import door, rsgi
from yangguang.registers.models import Version
from yangguang.warehouse.tables import rows
from yangguang.warehouse.tables.stored import Stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("waters")]
TABLE = "/table/waters/waters.json"
QUESTIONS = [
    (TABLE, ""),
    (TABLE, "area=%E5%AE%9D%E5%AE%89&_size=3"),
    (TABLE, "_next=WyIzIl0&_size=3&area=%3Cb%3E&area=宝安&note=<x>"),
    (TABLE, "_size=2&_col=name&_next=WyIzIl0&_col=area"),
    (TABLE, "area=宝安&_size=3&_extra=count,columns,metadata,query,suggested_facets"),
    (TABLE, "_facet=area&_facet=open&_size=0"),
    (TABLE, "count__gt=3&_sort_desc=day&_size=5"),
    (TABLE, "_shape=array&_nl=on&_col=name"),
    (TABLE, "_shape=arrays&_search=水库3&area="),
    (TABLE, "_shape=object&_as_of=1"),
    ("/table/keyless/keyless.json", "_size=2"),
    (TABLE, "_size=many"),
    (TABLE, "nothing=1"),
    (TABLE, "_where=1"),
    (TABLE, "_as_of=2016-01-01"),
    (TABLE, "_as_of=never"),
    ("/table/none/none.json", ""),
    ("/table/waters/other.json", ""),
]


@pytest.mark.parametrize("indexed", [False, True])
def test_every_question_is_answered_as_by_django(indexed: bool) -> None:
    if indexed:
        for version in Version.objects.all():
            rows.make(Stored.public(version.served, version.described))
    client = Client(HTTP_HOST=HOST)
    for path, query in QUESTIONS:
        assert door.wanted(Scope(path, query_string=query))
        status, headers, body = door.sent(path, query)
        made = client.get(f"{path}?{query}")
        assert (status, body) == (made.status_code, made.content), query
        assert dict(headers) == {name.lower(): value for name, value in made.headers.items()}, query
        assert len(dict(headers)) == len(headers)
    if indexed:
        rows.forget()


@pytest.mark.parametrize(
    "scope",
    [
        Scope("/table/waters.json"),
        Scope("/table/waters/waters.csv"),
        Scope("/table/waters/waters/W001.json"),
        Scope("/table/waters/-/query.json"),
        Scope(TABLE, method="HEAD"),
        Scope(TABLE, method="OPTIONS"),
        Scope(TABLE, method="POST"),
        Scope(TABLE, query_string="a=1&" * 2_000),
        Scope(TABLE, headers=Headers([("host", HOST), ("if-none-match", '"x"')])),
        Scope("/data/waters/"),
    ],
)
def test_everything_else_takes_the_ordinary_way(scope: Scope) -> None:
    assert not door.wanted(scope)


def test_the_server_opens_the_door_on_the_portals_own_host_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def answer(path: str, query: str) -> door.Sent:
        asked.append((path, query))
        return 200, [("x-asked", "yes")], b"rows"

    monkeypatch.setattr(door, "answer", answer)

    def ask(host: str) -> tuple[bool, Protocol]:
        protocol = Protocol()
        scope = Scope(TABLE, query_string="a=1", headers=Headers([("host", host)]))
        with ThreadPoolExecutor(1) as thread:
            opened = rsgi.application._is_of_a_table(scope, protocol)
            return thread.submit(asyncio.run, opened).result(), protocol

    told, protocol = ask(HOST)
    assert (told, protocol.status, protocol.sent) == (True, 200, b"rows")
    told, protocol = ask("luohu.example")
    assert (told, protocol.status) == (False, 0)
    assert asked == [(TABLE, "a=1")]


def test_what_nobody_foresaw_is_told_without_its_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("yangguang.api.datasette.tables.read", fail)
    status, _, body = door.sent(TABLE, "")
    assert status == 500
    assert b"secret" not in body
    assert "运行日志".encode() in body
