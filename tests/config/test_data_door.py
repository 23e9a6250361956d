"""Machines that ask for rows pass by session, language and forms, and get the headers that everybody gets."""

import pytest
from django.test import Client
from pytest_django import Settings

SAFETY = (
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Content-Language",
)
DATA = ["/api/3", "/api/action/site_read", "/table/none/none.json", "/datastore/dump/none"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", DATA)
def test_data_carries_the_same_headers_of_safety_as_other_pages(client: Client, address: str) -> None:
    page, told = client.get("/api/v1/"), client.get(address)
    assert {name: told.headers[name] for name in SAFETY} == {name: page.headers[name] for name in SAFETY}
    assert told.headers["Content-Length"] == str(len(told.content))


@pytest.mark.parametrize("address", DATA)
def test_no_cookie_is_looked_at_or_set(client: Client, settings: Settings, address: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    told = client.get(address)
    assert told.headers["Content-Language"] == "zh-hans"
    assert "Cookie" not in told.headers.get("Vary", "")
    assert not told.cookies


@pytest.mark.parametrize("address", DATA)
def test_a_strange_host_is_refused_before_the_data(client: Client, settings: Settings, address: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get(address, headers={"host": "strange.example"}).status_code == 400


def test_whoever_sends_a_question_by_post_needs_no_form_of_ours() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/api/3/action/site_read", {}).status_code == 200
    assert strict.post("/table/none/none.json", {}).status_code == 405
