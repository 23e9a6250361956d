"""One change for every kind of record that public pages read, made through the product's own verbs."""

import datetime as dt
from collections.abc import Callable

from tests.bakery.city import NOON
from tests.factories import (
    at,
    erase,
    make_draft,
    make_draft_document,
    make_person,
    make_task,
    make_unit,
    mark,
    publish,
    record_occasion,
    release,
    revise,
    withdraw,
)
from tests.gazette.scanned import make_scan
from tests.registers.conftest import WATER
from tests.sites.conftest import make_column, make_site
from yangguang.directory.models import Membership, Succession, Unit, UnitAlias
from yangguang.directory.permissions import Role
from yangguang.gazette.actions import issues, scans
from yangguang.gazette.models import Issue, ScannedPage
from yangguang.journal.models import Patrol
from yangguang.plan import actions as plans
from yangguang.plan.draft import DraftArea
from yangguang.publishing.actions import cleanups, interpretation
from yangguang.publishing.models import Cleanup, CleanupRow, Document
from yangguang.registers.actions import counts, feedback, registers, versions
from yangguang.registers.actions.feedback import Told
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Register
from yangguang.rules.cleanup_list import read_rows
from yangguang.sites.actions import sites
from yangguang.sites.models import Column, Site

Change = Callable[[], object]
ROWS = [
    ["文件名称", "文号", "清理意见"],
    ["关于减费的办法", "", "废止"],
    ["从来没有发布过的文件", "", "废止"],
]


def first() -> Document:
    return Document.objects.order_by("pk")[0]


def titled(title: str) -> Document:
    return Document.objects.get(title=title)


def new_version() -> None:
    """The same plan with a task worded anew."""
    draft = make_draft()
    budget, statistics = draft.areas[0].tasks
    changed = make_task("1.2", "2.按季度公开主要统计数据。", "市统计局", cadence="quarterly", form="series")
    assert changed.text != statistics.text
    areas = (DraftArea(1, "加强预期引导", (budget, changed)), draft.areas[1])
    plans.adopt(by=None, now=NOON, draft=make_draft(areas=areas))


def explained_policy() -> None:
    """A policy and its interpretation, online at one moment."""
    editor = make_person("writer", make_unit("市财政委"))
    policy = make_draft_document("示例管理办法", by=editor, number="财规〔2017〕1号")
    interpretation.draft(by=editor, policy=policy, title="办法的问答", body="问。", kind="qa")
    release(policy, by=editor, now=at("2017-11-12"))


def cleaning_up() -> None:
    cleanups.receive(
        by=None,
        now=at("2017-11-14"),
        unit=make_unit("市财政委"),
        title="关于公布清理结果的通知",
        decided_on=dt.date(2017, 11, 13),
        listed=read_rows(ROWS).documents,
        sha256="0" * 64,
        is_sample=True,
    )


def cleaning_up_confirmed() -> None:
    row = CleanupRow.objects.get(position=1)
    cleanups.confirm(by=None, row=row, document=titled("关于减费的办法"))


def cleaning_up_asked() -> None:
    """The row's document stands under another unit, so that this one has to ask for the mark."""
    editor = make_person("writer-2", make_unit("市财政委"))
    cleanups.ask(by=editor, now=at("2017-11-15"), row=CleanupRow.objects.get(position=1))


def cleaning_up_done() -> None:
    office = make_person("office", role=Role.GENERAL_OFFICE)
    cleanups.carry_out(by=office, now=at("2017-11-16"), cleanup=Cleanup.objects.get())


def start_an_issue() -> None:
    made = issues.start(by=None, year=2017, number=1, title="政府公报", publisher="办公厅", is_sample=True)
    for title in ("关于降费的通知", "2017年三季度统计数据"):
        edition = titled(title).edition
        assert edition
        issues.place(by=None, issue=made, edition=edition, section="市政府文件")


def a_record_of_a_person() -> None:
    editor = make_person("clerk", make_unit("市财政委"))
    document = make_draft_document("处罚决定", by=editor, concerns="person")
    release(document, by=editor, now=at("2017-11-23"))


def erase_it() -> None:
    withdraw(titled("处罚决定"), on="2017-11-23 11:00")
    erase(titled("处罚决定"), on="2017-11-24")


def a_version(month: str) -> None:
    """Of a register of the statistics office, established with its first version."""
    made = Register.objects.filter(slug=WATER["name"]).first() or registers.establish(
        by=None, now=at("2017-11-25"), descriptor={**WATER, "unit": "市统计局"}
    )
    rows = [(month, "甲水库", "Ⅱ类", 99.5)]
    versions.publish(
        by=None,
        now=at(f"2017-11-25 {month[-2:]}:00"),
        register=made,
        staged=stage(made, rows, period=month),
        period=month,
    )


def lay_out(slug: str, **facts: object) -> None:
    column = Column.objects.get(slug=slug)
    sites.lay_out(by=None, now=at("2017-11-26"), column=column, **facts)


CHANGES: dict[str, Change] = {
    "a document in time": lambda: publish("2017年10月全市一般公共预算收支情况", on="2017-11-10"),
    "a document that serves nothing": lambda: publish("会议消息", on="2017-11-10", form="document"),
    "a document of a new unit": lambda: publish("关于减费的办法", on="2017-11-10", unit="市水务局"),
    "a revision": lambda: revise(first(), on="2017-11-10"),
    "another text": lambda: revise(first(), on="2017-11-10", body="另一段正文。"),
    "a withdrawal": lambda: withdraw(first(), on="2017-11-10"),
    "an occasion": lambda: record_occasion("降费政策出台", on="2017-11-10", happened_on="2017-11-09"),
    "a policy with its interpretation": explained_policy,
    "a revised policy": lambda: revise(titled("示例管理办法"), on="2017-11-13", body="改过的正文。"),
    "a cleaning-up list": cleaning_up,
    "a confirmed match": cleaning_up_confirmed,
    "a request to mark": cleaning_up_asked,
    "a cleaning-up carried out": cleaning_up_done,
    "an amendment": lambda: mark(
        titled("关于降费的通知"), "amend", on="2017-11-17", successor=titled("示例管理办法")
    ),
    "an abolition": lambda: mark(titled("会议消息"), "abolish", on="2017-11-18"),
    "an issue in preparation": start_an_issue,
    "an issue of the gazette": lambda: issues.issue(by=None, now=at("2017-11-20"), issue=Issue.objects.get()),
    "a scanned issue in preparation": lambda: make_scan("旧公报的字", "第二页", doubtful=((0, 1),)),
    "a scanned issue": lambda: scans.put_online(
        by=None, now=at("2017-11-21"), issue=ScannedPage.objects.all()[0].issue
    ),
    "a corrected page": lambda: scans.correct(
        by=None, now=at("2017-11-22"), page=ScannedPage.objects.all()[0], text="旧公报的字。"
    ),
    "a record of a person": a_record_of_a_person,
    "an erasure": erase_it,
    "a wish for data": lambda: feedback.file(
        now=at("2017-11-25"), told=Told("request", "做地图", title="充电桩", unit=make_unit("市财政委"))
    ),
    "a version of a register": lambda: a_version("2017-10"),
    "rows of a version counted": counts.count_missing,
    "another version": lambda: a_version("2017-11"),
    "a portal": lambda: make_site("portal", "示例市政府门户", site_code="4403000000"),
    "a unit's site": lambda: make_site("czw", "示例市财政委", make_unit("市财政委"), ink="#7a1f1f"),
    "a column": lambda: make_column(Site.objects.get(slug="czw"), "news", "工作动态", required_days=14),
    "a column of the portal": lambda: make_column(Site.objects.get(slug="portal"), "all", "全市公开"),
    "a column's units": lambda: lay_out("all", units=[make_unit("市统计局")]),
    "a column's name": lambda: lay_out("news", name="新闻"),
    "a column's required days": lambda: lay_out("news", required_days=30),
    "a site's name": lambda: Site.objects.filter(slug="czw").update(name="示例市财政委员会"),
    "a site's colour": lambda: Site.objects.filter(slug="czw").update(ink="#123456"),
    "a unit's name": lambda: Unit.objects.filter(slug="tongjiju").update(name="市统计调查局"),
    "a unit's place": lambda: Unit.objects.filter(slug="tongjiju").update(position=999_999),
    "a new unit": lambda: make_unit("市审计局"),
    "a membership": lambda: Membership.objects.create(
        group=make_unit("各部门", members=[make_unit("市审计局")]), member=make_unit("市财政委")
    ),
    "a succession": lambda: Succession.objects.create(
        predecessor=make_unit("市审计局"), successor=make_unit("市水务局"), on=dt.date(2017, 8, 1)
    ),
    "an alias": lambda: UnitAlias.objects.create(unit=make_unit("市水务局"), name="水务局"),
    "a person": lambda: make_person("zhang"),
    "a draft": lambda: Document.objects.create(
        unit=make_unit(), title="草稿", body="未发布", form="document"
    ),
    "a round of the patrol": lambda: Patrol.objects.create(started_at=NOON, finished_at=NOON, checked=7),
    "a plan's new version": new_version,
    "another plan": lambda: plans.adopt(
        by=None, now=NOON, draft=make_draft("example-2018", title="另一方案")
    ),
}
"""In this order: a change may need what an earlier one made."""
