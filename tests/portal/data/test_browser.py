"""Every kind of page about data, in a real browser: axe finds nothing, nothing runs out of a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import at, make_person
from tests.portal.data.conftest import ACME, WATER
from tests.portal.test_browser import RULES
from yangguang.registers.actions import counts, feedback, release
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Feedback, Register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = (
    "/data/",
    "/data/?q=没有这个词",
    "/data/?sort=quality&kind=series",
    "/data/terms/",
    WATER,
    f"{WATER}?grade=Ⅱ类&rate__gte=90",
    f"{WATER}v/1/",
    f"{WATER}diff/1..3",
    f"{WATER}embed/",
    "/data/plan/",
    "/data/feedback/",
    "/data/feedback/{answered}/",
    "/data/feedback/request/",
    "/data/feedback/error/?dataset=water-sources&row=1",
    "/data/feedback/reuse/?dataset=water-sources",
    "/data/feedback/receipt/{reference}/",
    "/data/feedback/mail/{secret}/",
    "/enterprises/?q=示例",
    f"/enterprises/{ACME}/",
    "/progress/?no=SL-2",
)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def spoken(water: Register) -> Feedback:
    """All that the pages can show: counts, batches done, overdue and to come, feedback answered and waiting."""
    counts.count_missing()
    for day, title in (("2017-09-30", "雨量"), ("2017-12-31", "地下水"), ("2017-08-31", water.title)):
        due_on = at(day).date()
        batch = release.open_batch(by=None, now=at("2017-11-01"), title=f"{title}一批", due_on=due_on)
        release.plan(by=None, now=at("2017-11-01"), batch=batch, unit=water.unit, title=title)
    told = Told("reuse", "一张地图", title="水质地图", url="https://example.org/map", register=water)
    shown = feedback.file(now=at("2017-11-01"), told=told)
    feedback.answer(
        by=make_person("keeper", water.unit),
        now=at("2017-11-02"),
        feedback=shown,
        outcome="accepted",
        summary="一张地图",
        text="已展示。",
    )
    told = Told("error", "错了", register=water, version=1, row={"month": "2017-07", "source": "甲水库"})
    return feedback.file(now=at("2017-11-03"), told=told)


def test_axe_finds_nothing_on_any_page_about_data_and_nothing_runs_out_of_a_phone(
    live_server: LiveServer, phone: Page, penalties: Register, licensing: Register, spoken: Feedback
) -> None:
    keys = {
        "answered": Feedback.objects.exclude(answered_at=None).get().pk,
        "reference": spoken.reference,
        "secret": spoken.secret,
    }
    said: list[str] = []
    phone.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    phone.on("response", lambda answer: said.append(answer.url) if answer.status >= 400 else None)
    for number, address in enumerate(ADDRESSES):
        phone.emulate_media(color_scheme="dark" if number % 2 else "light")
        phone.goto(live_server.url + address.format(**keys))
        found = Axe().run(phone, options=RULES).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        wide = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, address
    assert said == []
