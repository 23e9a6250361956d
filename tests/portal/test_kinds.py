"""Every kind of public page: known by the name of its address, checked by axe and html-validate, or no page."""

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.factories import at
from tests.portal import test_browser
from tests.portal.conftest import City
from tests.portal.data import test_browser as test_data_browser
from tests.portal.data.conftest import (  # noqa: F401 fixtures
    licensing,
    penalties,
    water,
)
from tests.portal.data.test_browser import spoken  # noqa: F401 fixture
from tests.portal.test_every_page import volumes  # noqa: F401 fixture
from tests.portal.test_html import TOOLS, VALIDATE
from tests.sites.conftest import Sites, stand
from yangguang.portal import urls
from yangguang.publishing.actions import cleanups
from yangguang.registers.models import Feedback, Register
from yangguang.rules.cleanup_list import read_rows
from yangguang.sites.actions import corrections, subscriptions
from yangguang.sites.models import Correction, Subscriber

__all__ = ["stand"]

NO_PAGES = {
    # Files, feeds and answers for programs.
    *("document-json", "document-pdf", "document-docx", "document-proof"),
    *("edition-json", "edition-pdf", "edition-docx", "edition-proof", "edition-text", "attachment"),
    *("gazette-file", "gazette-image", "search-json", "checkpoint", "tile", "verifier", "site-style"),
    *("feed", "feed-all", "feed-unit", "feed-topic", "feed-column", "feed-search", "sitemap", "sitemap-file"),
    *("release-json", "feedback-json", "version-chart", "version-chart-narrow", "version-diff-file"),
    *("version-package", "version-file", "robots", "icon"),
    # Choices that lead back or on to a page.
    *("day", "language", "choose-comparison"),
}
"""Names of addresses that show no page."""


ANY = {"answered": 1, "reference": "x", "secret": "x"}
ABOUT_DATA = {address.format(**ANY).partition("?")[0] for address in test_data_browser.ADDRESSES}


def others(city: City, reference: str, secret: str, cleanup: int) -> list[str]:
    """A page of each kind that the walks of `test_browser` leave out."""
    return [
        f"/documents/{city.july.index_no}/v/1/",
        "/plan/versions/example-2017/1/",
        "/gazette/2017/",
        "/gazette/2017/1/",
        "/gazette/2017/1/1/",
        "/gazette/2003/5/p1/",
        f"/cleanups/{cleanup}/",
        "/interpretation/caizhengwei/",
        "/sites/czw/",
        "/sites/czw/columns/news/",
        "/sites/portal/columns/all/",
        "/feeds/",
        "/subscribe/?unit=caizhengwei",
        f"/subscribe/mine/{secret}/",
        f"/subscribe/leave/{secret}/",
        f"/correct/{reference}/",
    ]


def walked_elsewhere(city: City, keys: Mapping[str, object]) -> list[str]:
    """The pages of both `test_browser` files; `keys` are those of pieces of feedback."""
    july = f"/documents/{city.july.index_no}/"
    about_data = [address.format(**keys) for address in test_data_browser.ADDRESSES]
    return [*test_browser.ADDRESSES, july, f"{july}compare/1..2/", *about_data]


def kinds(addresses: list[str]) -> set[str]:
    """The names of the addresses; one that is nowhere has none."""
    known = [address.partition("?")[0] for address in addresses if address != "/nowhere/"]
    return {resolve(address).url_name for address in known}


def test_every_kind_of_address_is_a_page_that_is_walked_or_is_none(city: City) -> None:
    names = {pattern.name for pattern in urls.urlpatterns}
    assert kinds([*others(city, "x", "x", 1), *walked_elsewhere(city, ANY)]) == names - NO_PAGES


@pytest.fixture
def everything(
    city: City,
    settings: Settings,
    volumes: None,  # noqa: F811 the fixture
    stand: Sites,
) -> list[str]:
    """What `others` shows is there; the addresses of `others`."""
    told = corrections.file(
        now=at("2017-11-05"),
        site=stand.finance,
        url="http://127.0.0.1:8000/due/",
        kind=Correction.Kind.MISPRINT,
        text="字错了",
    )
    settings.MAIL_HOST = "127.0.0.1"
    subscriptions.ask(now=at("2017-11-06"), email="reader@example.org", often=Subscriber.Often.DAILY)
    received = cleanups.receive(
        by=None,
        now=at("2017-11-24"),
        unit=city.july.unit,
        title="关于公布清理结果的通知",
        decided_on=at("2017-11-23").date(),
        listed=read_rows([["文件名称", "文号"], ["福田区措施", ""], ["没有的文件", ""]]).documents,
        sha256="0" * 64,
    )
    return others(city, told.reference, Subscriber.objects.get().secret, received.pk)


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_the_other_kinds_of_pages(
    everything: list[str], live_server: LiveServer, screen: Page
) -> None:
    said: list[str] = []
    screen.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    found, wide = {}, []
    for number, address in enumerate(everything):
        screen.emulate_media(color_scheme="dark" if number % 2 else "light")
        answer = screen.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200, address
        violations = Axe().run(screen, options=test_browser.RULES).response["violations"]
        if violations:
            found[address] = [(one["id"], one["nodes"][0]["html"]) for one in violations]
        if screen.evaluate("document.documentElement.scrollWidth") > 360:
            wide.append(address)
    assert (found, wide, said) == ({}, [], [])


def test_pages_are_valid_html(everything: list[str], city: City, client: Client, tmp_path: Path) -> None:
    about_documents = [one for one in walked_elsewhere(city, ANY) if one.partition("?")[0] not in ABOUT_DATA]
    assert complaints([*everything, *about_documents], client, tmp_path) == ""


def test_pages_about_data_are_valid_html(
    penalties: Register,  # noqa: F811 the fixtures
    licensing: Register,  # noqa: F811
    spoken: Feedback,  # noqa: F811
    client: Client,
    tmp_path: Path,
) -> None:
    answered = Feedback.objects.exclude(answered_at=None).get().pk
    keys = {"answered": answered, "reference": spoken.reference, "secret": spoken.secret}
    pages = [address.format(**keys) for address in test_data_browser.ADDRESSES]
    assert complaints(pages, client, tmp_path) == ""


def complaints(
    pages: list[str], client: Client, folder: Path, ours: Callable[[str], str] = lambda page: page
) -> str:
    """What html-validate says of the pages, by their addresses; `ours` leaves out what others wrote."""
    if not VALIDATE.exists():
        pytest.skip(
            "没有 tests/tools/node_modules：装好 node 和 npm，在 tests/tools 里运行 npm ci 之后才能校验"
        )
    for number, address in enumerate(pages):
        answer = client.get(address)
        assert answer.status_code == (404 if address == "/nowhere/" else 200), address
        (folder / f"{number:03}.html").write_text(ours(answer.content.decode()), encoding="utf-8")
    command = [
        str(VALIDATE),
        "--config",
        str(TOOLS / "htmlvalidate.json"),
        "--formatter",
        "text",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    told = re.sub(r"\S*/(\d{3})\.html", lambda place: pages[int(place[1])], done.stdout)
    return told[:6000] + done.stderr[:2000]
