"""我为政府网站找错: a report gets a number, and the number opens what became of it."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from django.core.cache import cache
from django.test import Client

from tests.factories import at, make_person
from tests.portal.conftest import words_of
from tests.sites.conftest import Sites, stand
from yangguang.directory.permissions import Role
from yangguang.sites.actions import corrections
from yangguang.sites.models import Correction

__all__ = ["stand"]

REPORT = {
    "url": "/sites/czw/columns/news/",
    "kind": "misprint",
    "text": "第一段“政夫”应为“政府”",
    "contact": "13800000000",
}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def test_a_report_gets_a_number_that_cannot_be_guessed(stand: Sites, client: Client) -> None:
    answer = client.post("/correct/", REPORT)
    row = Correction.objects.get()
    assert answer["Location"] == f"/correct/{row.reference}/"
    assert row.site == stand.finance
    assert row.reference.startswith("ZC20171130-")
    page = client.get(answer["Location"]).content.decode()
    assert "2017-12-30" in page or "2018-01-02" in page
    assert REPORT["contact"] not in page
    assert "政夫" in page
    corrections.answer(
        by=make_person("office", role=Role.GENERAL_OFFICE),
        now=at("2017-12-01"),
        correction=row,
        text="已改正，谢谢",
    )
    assert "已改正，谢谢" in client.get(answer["Location"]).content.decode()


def test_the_form_knows_the_page_it_was_opened_from(stand: Sites, see: Callable[..., Tag]) -> None:
    link = see("/documents/").select_one("footer a[href*=correct]")["href"]
    assert see(link).select_one("#id_url")["value"] == "/documents/"
    page = see("/correct/?url=%3Cscript%3E")
    assert page.select_one("#id_url")["value"] == "<script>"
    assert "未核实" in words_of(page)


@pytest.mark.parametrize("change", [{"text": ""}, {"kind": "nonsense"}, {"url": ""}, {"text": "长" * 2001}])
def test_what_is_missing_is_told_and_what_was_written_stays(
    stand: Sites, client: Client, change: dict[str, str]
) -> None:
    answer = client.post("/correct/", {**REPORT, **change})
    assert answer.status_code == 400
    assert "没有提交" in answer.content.decode()
    assert REPORT["contact"] in answer.content.decode()
    assert not Correction.objects.exists()


def test_one_visitor_files_five_an_hour(stand: Sites, client: Client, settings: object) -> None:
    assert [client.post("/correct/", REPORT).status_code for _ in range(7)] == [302] * 5 + [429] * 2
    assert client.post("/correct/", REPORT, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429
    settings.PROXIES = 1  # type: ignore[attr-defined]
    assert client.post("/correct/", REPORT, headers={"x-forwarded-for": "203.0.113.9"}).status_code == 302


@pytest.mark.parametrize("url", ["http://[bad", "javascript:alert(1)", "//evil.example.org/", "没有这页"])
def test_a_strange_address_is_only_text(stand: Sites, client: Client, url: str) -> None:
    page = client.get(client.post("/correct/", {**REPORT, "url": url})["Location"]).content.decode()
    assert f'href="{url}"' not in page
    assert Correction.objects.get().site == stand.portal


def test_a_number_that_does_not_exist_is_told(stand: Sites, see: Callable[..., Tag]) -> None:
    assert "没有这个编号" in words_of(see("/correct/ZC20171130-XXXXXXXX/", 404))
