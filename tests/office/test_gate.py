"""Every address under /office/ is open on purpose, or closed."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.office.gate import OPEN

SAMPLES = {"int": "1", "str": "1", "slug": "x", "path": "x", "uuid": "0" * 32}


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """(qualified name, an example address) of every named route."""
    for pattern in patterns:
        address = prefix + example(pattern)
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from routes(pattern.url_patterns, address, inner)
        elif pattern.name:
            yield ":".join((*names, pattern.name)), address


def example(pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if "(?P" in text or text.startswith("^"):
        text = re.sub(r"\(\?P<revision_id_[ab]>[^)]*\)", "1", text)
        return re.sub(r"\(\?P<\w+>[^)]*\)", "1", text).replace("\\.", ".").strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], text)


def office_routes() -> list[tuple[str, str]]:
    office = next(one for one in get_resolver().url_patterns if str(one.pattern) == "office/")
    return list(routes(office.url_patterns, "/office/"))


def test_every_open_route_exists() -> None:
    assert {name for name, _ in office_routes()} >= OPEN


def test_the_desk_has_many_more_routes_than_are_open() -> None:
    closed = {name for name, _ in office_routes()} - OPEN
    assert {
        "wagtailadmin_explore_root",
        "wagtail_bulk_action",
        "documents:unpublish",
        "documents:history",
        "documents:revisions_revert",
        "documents:lock",
        "documents:usage",
        "wagtailusers_users:index",
        "wagtailimages:index",
        "wagtaildocs:index",
        "people:delete",
        "units:delete",
        "wagtailadmin_password_reset",
    } <= closed


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_route_is_an_address_that_does_not_exist(
    insider: Person, general_office: Person, method: str
) -> None:
    for person in (insider, general_office):
        client = desk_of(person)
        answers = {
            name: getattr(client, method)(address).status_code
            for name, address in office_routes()
            if name not in OPEN
        }
        assert {name: status for name, status in answers.items() if status != 404} == {}


def test_a_superuser_meets_the_same_gate(general_office: Person) -> None:
    general_office.is_superuser = True
    general_office.save()
    client = desk_of(general_office)
    assert client.get("/office/pages/").status_code == 404
    assert client.get("/office/users/").status_code == 404
    assert client.post("/office/bulk/publishing/document/delete/").status_code == 404


def test_without_logging_in_every_route_leads_to_the_log_in(db: None) -> None:
    without = {"wagtailadmin_login", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
    client = Client()
    for name, address in office_routes():
        answer = client.get(address)
        if name not in without:
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/office/login/"), name


def test_somebody_whose_desk_was_closed_is_out_at_once(insider: Person) -> None:
    client = desk_of(insider)
    assert client.get("/office/").status_code == 200
    insider.is_active = False
    insider.save()
    assert client.get("/office/").status_code == 302
