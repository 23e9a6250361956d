"""axe finds nothing serious on the screens of the desk, and nothing spills over on a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import publish
from tests.office.conftest import desk_of
from tests.office.test_adoption import upload
from yangguang.directory.models import Person
from yangguang.office.models import PlanUpload
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = (
    "/office/",
    "/office/files/",
    "/office/files/add/",
    "/office/files/edit/{document}/",
    "/office/files/withdraw/{document}/",
    "/office/files/review/{document}/",
    "/office/files/interpretation/{document}/",
    "/office/files/status/{document}/",
    "/office/files/from-file/",
    "/office/files/forced/",
    "/office/cleanups/",
    "/office/gazette/",
    "/office/sites/",
    "/office/sites/new/",
    "/office/columns/",
    "/office/columns/new/",
    "/office/corrections/",
    "/office/posts/",
    "/office/occasions/",
    "/office/occasions/new/",
    "/office/units/",
    "/office/people/",
    "/office/people/new/",
    "/office/plans/",
    "/office/plans/{upload}/",
    "/office/plans/{upload}/source/",
    "/office/plans/{upload}/adopt/",
    "/office/plans/{upload}/rows/{row}/",
    "/office/account/",
)


@pytest.fixture
def desk_page(
    live_server: LiveServer, browser: Browser, general_office: Person, plan: PlanVersion
) -> Iterator[Page]:
    publish("2017年9月全市一般公共预算收支情况", on="2017-11-03", covers="2017-09")
    client = desk_of(general_office)
    upload(client)
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    yield context.new_page()
    context.close()


def addresses() -> list[str]:
    uploaded = PlanUpload.objects.get()
    facts = {
        "document": Document.objects.get().pk,
        "upload": uploaded.pk,
        "row": uploaded.rows.all()[0].pk,
    }
    return [screen.format(**facts) for screen in SCREENS]


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


def test_every_screen_is_accessible_fits_a_phone_and_breaks_no_policy(
    desk_page: Page, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    desk_page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    desk_page.on("pageerror", lambda error: complaints.append(str(error)))
    barriers, wide = {}, {}
    for address in addresses():
        desk_page.set_viewport_size({"width": 1280, "height": 900})
        desk_page.goto(live_server.url + address, wait_until="networkidle")
        if found := serious(desk_page):
            barriers[address] = found
        desk_page.set_viewport_size({"width": 390, "height": 800})
        if (width := desk_page.evaluate("document.documentElement.scrollWidth")) > 390:
            wide[address] = width
    assert (barriers, wide, complaints) == ({}, {}, [])


def test_the_log_in_page(live_server: LiveServer, browser: Browser, db: None) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(live_server.url + "/office/login/")
    assert serious(page) == []
    page.close()


def test_a_row_is_accepted_without_loading_the_page_again(desk_page: Page, live_server: LiveServer) -> None:
    uploaded = PlanUpload.objects.get()
    desk_page.goto(f"{live_server.url}/office/plans/{uploaded.pk}/", wait_until="networkidle")
    desk_page.evaluate("window.stillHere = true")
    desk_page.locator(".office-row").first.get_by_role("button", name="接受").click()
    desk_page.get_by_text("✓ 已核").wait_for()
    assert desk_page.inner_text("#progress b") == "1"
    assert desk_page.evaluate("window.stillHere")
    assert uploaded.rows.filter(checked_at__isnull=False).count() == 1


def test_without_javascript_a_row_is_accepted_too(
    live_server: LiveServer, browser: Browser, desk_page: Page
) -> None:
    uploaded = PlanUpload.objects.get()
    cookies = desk_page.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/office/plans/{uploaded.pk}/")
    page.locator(".office-row").first.get_by_role("button", name="接受").click()
    assert page.inner_text("#progress b") == "1"
    context.close()
