"""What only a real browser can tell: accessibility as rendered, narrow screens, htmx under our policy."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.portal.conftest import BUDGET, DISTRICTS, FEES, PRICES, City

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ADDRESSES = [
    "/",
    "/plan/",
    "/plan/?area=1&state=internal",
    "/plan/1.1/",
    BUDGET,
    DISTRICTS,
    FEES,
    PRICES,
    "/units/",
    "/units/caizhengwei/",
    "/due/",
    "/documents/",
    "/search/?q=预算",
    "/search/?q=没有这个词",
    "/search/?q=预算&form=series",
    "/journal/?check=1",
    "/journal/verify/",
    "/cleanups/",
    "/gazette/",
    "/interpretation/",
    "/sites/",
    "/subscribe/",
    "/correct/",
    "/about/",
    "/nowhere/",
]
SCREENS = {"wide": (1280, "light"), "dark": (1280, "dark"), "phone": (360, "light")}


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, scheme = SCREENS[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        locale="zh-CN",  # type: ignore[arg-type]
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(screen: Page) -> list[str]:
    """What the browser's console says; a breach of the content policy among it."""
    said: list[str] = []
    screen.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    screen.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("screen", ["wide"], indirect=True)
def test_axe_finds_nothing_and_nothing_runs_out_of_a_narrow_screen(
    city: City, live_server: LiveServer, screen: Page, complaints: list[str]
) -> None:
    """Each page once: dark and light by turns for axe, then as narrow as a phone."""
    documents = [f"/documents/{d.index_no}/" for d in (city.july, city.prices)]
    documents.append(f"/documents/{city.july.index_no}/compare/1..2/")
    for number, address in enumerate([*ADDRESSES, *documents]):
        screen.emulate_media(color_scheme="light" if number % 2 else "dark")
        screen.set_viewport_size({"width": 1280, "height": 800})
        screen.goto(f"{live_server.url}{address}")
        found = Axe().run(screen, options=RULES).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        for width in (1280, 360):
            screen.set_viewport_size({"width": width, "height": 800})
            wide = screen.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide == 0, (address, width)
    assert [text for text in complaints if "404" not in text] == []


def test_choosing_a_filter_changes_the_table_and_the_address_without_a_new_page(
    city: City, live_server: LiveServer, screen: Page, complaints: list[str]
) -> None:
    screen.goto(f"{live_server.url}/plan/")
    screen.evaluate("window.stayed = true")
    screen.get_by_label("领域").select_option("2")
    expect(screen.locator("tr[id]")).to_have_count(4)
    expect(screen).to_have_url(f"{live_server.url}/plan/?unit=&area=2&cadence=&state=")
    assert screen.evaluate("window.stayed")
    assert complaints == []


def test_opening_a_period_shows_its_proof_in_place(
    city: City, live_server: LiveServer, screen: Page, complaints: list[str]
) -> None:
    screen.goto(f"{live_server.url}{BUDGET}")
    screen.locator(".strip a", has_text="8月").click()
    expect(screen.locator("#period-name")).to_contain_text("2017年8月")
    expect(screen.locator(".evidence code")).to_be_visible()
    assert complaints == []


def test_the_keyboard_reaches_the_content_first(city: City, live_server: LiveServer, screen: Page) -> None:
    screen.goto(f"{live_server.url}/plan/")
    screen.keyboard.press("Tab")
    expect(screen.locator("a.skip")).to_be_focused()
    expect(screen.locator("a.skip")).to_be_in_viewport()
    screen.keyboard.press("Enter")
    expect(screen.locator("#main")).to_be_focused()


def test_everything_works_without_javascript(city: City, live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/plan/")
    page.get_by_label("领域").select_option("2")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("tr[id]")).to_have_count(4)
    page.goto(f"{live_server.url}{BUDGET}")
    page.locator(".strip a", has_text="8月").click()
    expect(page.locator(".evidence code")).to_be_visible()
    page.get_by_label("看这一天").fill("2017-08-31")
    page.get_by_role("button", name="换", exact=True).click()
    expect(page.locator(".daybar")).to_contain_text("您看的是 2017-08-31 的情况")
    page.get_by_role("button", name="回到 2017-11-30").click()
    expect(page.locator(".daybar")).not_to_contain_text("您看的是")
    context.close()
