"""axe on every kind of public page on a phone: nothing serious, and nothing beyond the screen at two widths."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

PAGES = (
    "/",
    "/about/",
    "/plan/",
    "/plan/2.7/",
    "/obligations/shenzhen-2017-1.2a/",
    "/obligations/shenzhen-2017-17.1b/",
    "/units/",
    "/units/caizhengwei/",
    "/due/",
    "/documents/",
    "/search/?q=公开",
    "/search/?q=没有这样的话",
    "/search/?q=公开&form=document",
    "/journal/",
    "/journal/verify/",
    "/cleanups/",
    "/gazette/",
    "/gazette/2017/",
    "/interpretation/",
    "/sites/",
    "/subscribe/",
    "/correct/",
    "/feeds/",
    "/api/v1/docs",
)
SERIOUS = {"serious", "critical"}


def serious(page: Page) -> list[tuple[str, list[str]]]:
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


# Pages that the sample fills: where to begin, and the links to follow from there, one after the other.
WAYS = (
    ("/documents/", "/documents/{}/"),
    ("/cleanups/", "/cleanups/{}/"),
    ("/gazette/", "/gazette/{}/{}/", "/gazette/{}/{}/{}/"),
    ("/sites/", "/sites/{}/", "/sites/{}/columns/{}/"),
    ("/interpretation/", "/interpretation/{}/"),
)


WIDTHS = (1280, 360)


def test_nothing_serious_and_nothing_beyond_the_screen(page: Page) -> None:
    barriers, wide = {}, {}
    for address in [*PAGES, *followed(page)]:
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if (beyond := page.evaluate("document.documentElement.scrollWidth")) > width:
                wide[address, width] = beyond
        if found := serious(page):
            barriers[address] = found
    assert (barriers, wide) == ({}, {})


def followed(page: Page) -> list[str]:
    found = []
    for begin, *patterns in WAYS:
        address = begin
        for pattern in patterns:
            page.goto(address)
            links = page.locator("main a[href]").evaluate_all(
                "all => all.map(one => one.getAttribute('href'))"
            )
            further = [link for link in links if re.fullmatch(pattern.replace("{}", "[^/?#]+"), link)]
            assert further, (address, pattern, links)
            address = further[0]
            found.append(address)
    return found


def test_the_page_that_is_not_there(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)
    answer = page.goto("/no-such-page/")
    assert answer is not None
    assert answer.status == 404
    assert serious(page) == []
    page.close()


def test_the_home_page_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
