"""axe on every kind of public page, at two widths: nothing serious, nothing beyond the screen."""

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
    "/journal/",
    "/api/v1/docs",
)
SERIOUS = {"serious", "critical"}


def require_accessible(page: Page) -> None:
    found = [one for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_serious_and_nothing_beyond_the_screen(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    require_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_document_page(page: Page) -> None:
    page.goto("/documents/")
    page.locator("main a[href^='/documents/']").first.click()
    page.wait_for_url("**/documents/*/")
    require_accessible(page)


def test_the_page_that_is_not_there(browser: Browser, site: Site) -> None:
    page = browser.new_page(base_url=site.address)
    answer = page.goto("/no-such-page/")
    assert answer is not None
    assert answer.status == 404
    require_accessible(page)
    page.close()


def test_the_home_page_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
