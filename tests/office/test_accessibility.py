"""axe finds nothing serious on the screens of the desk, and nothing spills over on a phone."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import at, make_draft_document, make_person, make_unit, publish, release, withdraw
from tests.gazette.scanned import make_scan
from tests.office.conftest import desk_of
from tests.office.test_adoption import upload
from tests.portal.data.conftest import PENALTIES
from tests.portal.data.conftest import publish as publish_table
from tests.sites.conftest import Sites, make_column, stand
from yangguang.directory.models import Person
from yangguang.gazette.actions import issues
from yangguang.gazette.models import Issue, ScannedIssue
from yangguang.office.gate import OPEN
from yangguang.office.models import PlanUpload
from yangguang.plan.models import PlanVersion
from yangguang.publishing.actions import cleanups
from yangguang.publishing.models import Cleanup, Document, Edition
from yangguang.registers.actions import feedback, intakes, registers, takedown_requests, tokens
from yangguang.registers.actions import release as release_plan
from yangguang.registers.actions import review as table_review
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Batch, Feedback, Intake, Planned, Register, TakedownRequest
from yangguang.rules.cleanup_list import read_rows
from yangguang.sites.actions import corrections, outbox
from yangguang.sites.models import Column, Correction, Post, Site

__all__ = ["stand"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = (
    "/office/",
    "/office/files/",
    "/office/files/add/",
    "/office/files/edit/{document}/",
    "/office/files/delete/{draft}/",
    "/office/files/withdraw/{document}/",
    "/office/files/erase/{record}/",
    "/office/files/review/{document}/",
    "/office/files/review/{record}/",
    "/office/files/interpretation/{document}/",
    "/office/files/status/{document}/",
    "/office/files/from-file/",
    "/office/files/forced/",
    "/office/cleanups/",
    "/office/cleanups/{cleanup}/",
    "/office/feedback/",
    "/office/feedback/{feedback}/",
    "/office/release/",
    "/office/release/{batch}/",
    "/office/release/entries/{planned}/",
    "/office/registers/",
    "/office/registers/{register}/",
    "/office/registers/{register}/upload/",
    "/office/registers/{register}/take-off/",
    "/office/registers/{register}/take-off/?case_no=罚字1号",
    "/office/registers/{register}/tokens/",
    "/office/intakes/",
    "/office/intakes/{faulty}/",
    "/office/intakes/{faulty}/choose/",
    "/office/intakes/{sent}/",
    "/office/intakes/take-off/{asked}/",
    "/office/gazette/",
    "/office/gazette/{issue}/",
    "/office/gazette/{issue}/issue/",
    "/office/gazette/scans/{scan}/",
    "/office/gazette/scans/{scan}/1/",
    "/office/sites/",
    "/office/sites/new/",
    "/office/sites/edit/{site}/",
    "/office/columns/",
    "/office/columns/new/",
    "/office/columns/edit/{column}/",
    "/office/columns/delete/{column}/",
    "/office/corrections/",
    "/office/corrections/edit/{correction}/",
    "/office/posts/",
    "/office/posts/edit/{post}/",
    "/office/occasions/",
    "/office/occasions/new/",
    "/office/units/",
    "/office/units/edit/{unit}/",
    "/office/people/",
    "/office/people/new/",
    "/office/people/edit/{person}/",
    "/office/plans/",
    "/office/plans/{upload}/",
    "/office/plans/{upload}/source/",
    "/office/plans/{upload}/adopt/",
    "/office/plans/{upload}/rows/{row}/",
    "/office/account/",
)
NO_SCREENS = {
    # Pictures, words and files.
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "gazette:image",
    "gazette:proof",
    "intakes:marked",
    "intakes:original",
    # Answers to the editor's script and pieces of pages that are walked.
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "documents:autosave",
    "documents:list_results",
    "occasions:index_results",
    "units:index_results",
    "people:index_results",
    "sites:index_results",
    "columns:index_results",
    "corrections:index_results",
    "posts:index_results",
    # Acts without a page: they lead back to one.
    "wagtailadmin_logout",
    "cleanups:carry_out",
    "intakes:check",
    "adoption:accept_clean",
    "adoption:discard",
    # Walked by itself below.
    "wagtailadmin_login",
}


@pytest.fixture
def desk_page(
    live_server: LiveServer, browser: Browser, general_office: Person, plan: PlanVersion, stand: Sites
) -> Iterator[Page]:
    """The general office at its desk, where everything that can be there is."""
    client = desk_of(general_office)
    upload(client)
    fill(general_office, stand)
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    yield context.new_page()
    context.close()


def fill(office: Person, stand: Sites) -> None:
    """A document, a draft, a record about somebody taken back, a list, an issue, a scan, a report, a post."""
    finance = make_unit("市财政委")
    make_column(stand.finance, "posting", "推送", posts_to=["wechat"])
    publish("关于绿化的办法", on="2017-10-09", number="示例〔2017〕1号", form="document")
    record = make_draft_document(
        "关于示例当事人的决定", by=office, unit=finance, concerns="person", form="cases"
    )
    withdraw(release(record, by=office, now=at("2017-11-01")), on="2017-11-02", reason="公示期满")
    publish("2017年9月全市一般公共预算收支情况", on="2017-11-03", covers="2017-09")
    make_draft_document("还没有送审的稿子", by=office, unit=finance)
    cleanups.receive(
        by=office,
        now=at("2017-11-04"),
        unit=finance,
        title="关于公布清理结果的通知",
        decided_on=at("2017-11-03").date(),
        listed=read_rows([["文件名称", "文号"], ["关于绿化的办法", ""], ["没有的文件", ""]]).documents,
        sha256="0" * 64,
    )
    issue = issues.start(by=office, year=2017, number=9, title="政府公报", publisher="市政府办公厅")
    issues.place(by=office, issue=issue, edition=Edition.objects.all()[0], section="部门文件")
    fill_register(office)
    make_scan("今年预箅", doubtful=((3, 4),))
    outbox.prepare(now=at("2017-11-05"))
    autumn = release_plan.open_batch(
        by=None, now=at("2017-11-05"), title="第一批", due_on=dt.date(2017, 11, 10)
    )
    release_plan.plan(by=None, now=at("2017-11-05"), batch=autumn, unit=make_unit("市财政委"), title="雨量")
    feedback.file(now=at("2017-11-05"), told=Told("request", "做地图用", title="公共充电桩"))
    corrections.file(
        now=at("2017-11-05"),
        site=stand.finance,
        url="http://127.0.0.1:8000/due/",
        kind=Correction.Kind.MISPRINT,
        text="字错了",
    )


def fill_register(office: Person) -> None:
    """A register with a version, a faulty file, one under review, a row to be taken off, and a token."""
    unit = make_unit("市人居环境委", "renju")
    editor, now = make_person("keeper", unit), at("2017-11-05")
    register = registers.establish(by=None, now=now, descriptor=PENALTIES)
    day = dt.date(2017, 9, 1)
    publish_table(register, [["罚字1号", "示例甲", None, day, 2.5]], "2017-11-05")
    for case, amount in (("罚字2号", "不详"), ("罚字3号", "１.5")):
        data = f"文号,当事人,决定日期,罚款\n{case},示例乙,2017年9月1日,{amount}\n"
        taken = intakes.receive(by=editor, now=now, register=register, name="a.csv", data=data.encode())
        if intakes.check(by=editor, now=now, taken=taken).passed:
            table_review.submit(by=editor, now=now, taken=taken)
    given = {"reason": "处罚决定被撤销", "ground": "行政处罚法第四十八条"}
    takedown_requests.ask(by=editor, now=now, register=register, key={"case_no": "罚字1号"}, **given)
    tokens.issue(by=editor, now=now, register=register, label="案件管理系统")


def addresses() -> list[str]:
    """Every screen of the desk, with the keys of what `fill` made."""
    uploaded = PlanUpload.objects.get()
    documents = {document.title[:3]: document.pk for document in Document.objects.all()}
    facts = {
        "document": documents["关于绿"],
        "record": documents["关于示"],
        "draft": documents["还没有"],
        "upload": uploaded.pk,
        "row": uploaded.rows.all()[0].pk,
        "column": Column.objects.get(slug="posting").pk,
        "unit": make_unit("市财政委").pk,
        "person": Person.objects.all()[0].pk,
        "site": Site.objects.all()[0].pk,
        "register": Register.objects.get().slug,
        "faulty": Intake.objects.get(staged={}).pk,
        "sent": Intake.objects.get(sent_at__isnull=False).pk,
        "asked": TakedownRequest.objects.get().pk,
    }
    for model in (Batch, Planned, Cleanup, Feedback, Issue, ScannedIssue, Correction, Post):
        facts[NAMES.get(model, model._meta.model_name)] = model._default_manager.all()[0].pk
    return [screen.format(**facts) for screen in SCREENS]


NAMES = {ScannedIssue: "scan"}


def test_every_open_route_is_a_screen_that_is_walked_or_is_none(
    general_office: Person, plan: PlanVersion, stand: Sites
) -> None:
    upload(desk_of(general_office))
    fill(general_office, stand)
    walked = {resolve(address.partition("?")[0]).view_name for address in addresses()}
    assert walked == OPEN - NO_SCREENS


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


ENGLISH = re.compile(r"\b[A-Z][a-z]{2,}\b|[A-Za-z]{3,} [a-z]{2,}")
PROPER_NAMES = re.compile(r"\b(?:Word|Excel|Tab|Authorization: Bearer|Content-Type)\b")


def english(page: Page) -> list[str]:
    """Lines of the screen with an English word or phrase, as an untranslated one would stand there."""
    lines = page.locator("body").inner_text().splitlines()
    return [line for line in lines if ENGLISH.search(PROPER_NAMES.sub("", line))]


def test_every_screen_is_accessible_fits_a_phone_speaks_chinese_and_breaks_no_policy(
    desk_page: Page, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    desk_page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    desk_page.on("pageerror", lambda error: complaints.append(str(error)))
    barriers, wide, foreign = {}, {}, {}
    for address in addresses():
        desk_page.set_viewport_size({"width": 1280, "height": 900})
        desk_page.goto(live_server.url + address, wait_until="networkidle")
        if found := serious(desk_page):
            barriers[address] = found
        if found := english(desk_page):
            foreign[address] = found
        desk_page.set_viewport_size({"width": 390, "height": 800})
        if (width := desk_page.evaluate("document.documentElement.scrollWidth")) > 390:
            wide[address] = width
    assert (barriers, wide, foreign, complaints) == ({}, {}, {}, [])


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
