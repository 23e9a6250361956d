import io
from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from PIL import Image

from tests.portal.conftest import City, words_of
from yangguang.portal.views import problems


def test_a_mistyped_address_offers_a_search_and_the_main_pages(city: City, see: Callable) -> None:
    page = see("/nowhere/", 404)
    assert "可能输错了" in words_of(page)
    assert page.select("main form[role=search]")
    assert [a.get("href") for a in page.select("main .links a")] == ["/", "/plan/", "/documents/"]


def test_a_failure_is_told_without_reading_anything() -> None:
    """No database fixture here: a query would raise."""
    response = problems.failed(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "请过几分钟再试" in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_breaks_answers_with_that_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(**_: object) -> None:
        raise RuntimeError("spilt coffee")

    monkeypatch.setattr("yangguang.ledger.queries.standings", break_down)
    monkeypatch.setattr("yangguang.ledger.queries.current_version", lambda *_: None)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "spilt" not in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/plan/", "/due/", "/units/", "/documents/", "/journal/"])
def test_pages_only_answer_reading(city: City, client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


@pytest.mark.django_db
def test_the_mark_is_there_where_browsers_ask_for_it_unbidden(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer["Content-Type"] == "image/x-icon"
    drawn = Image.open(io.BytesIO(answer.content))
    assert drawn.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert len(drawn.convert("RGB").getcolors(100_000)) > 2


@pytest.mark.django_db
def test_robots_are_kept_from_the_desk_and_personal_pages_only(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /office/",
        "Disallow: /subscribe/",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


def test_a_full_disk_is_told_whoever_met_it_first() -> None:
    for words in ("database or disk is full", "could not extend file: No space left on device"):
        try:
            raise OperationalError(words)
        except OperationalError:
            response = problems.failed(RequestFactory().post("/office/"))
        assert response.status_code == 507
        assert "腾出空间" in response.content.decode()
