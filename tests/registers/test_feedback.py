"""Readers' word about data: taken in with a clock, passed on, answered once, each act in the journal."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from tests.factories import make_person
from tests.registers.conftest import at, make_unit, staged
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Role
from yangguang.journal.models import Line
from yangguang.registers import patrol
from yangguang.registers.actions import feedback as actions
from yangguang.registers.actions import release, versions
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Feedback, Planned, Register
from yangguang.registers.queries import feedback as queries
from yangguang.registers.queries.release import Progress, of_request

SECRET = "我叫张三，电话 13800138000"
DAY = dt.date(2017, 9, 29)


@pytest.fixture
def keeper(water: Register) -> Person:
    return make_person("keeper", water.unit)


@pytest.fixture
def office(db: None) -> Person:
    return make_person("office", role=Role.GENERAL_OFFICE)


def report(water: Register, on: str = "2017-09-11", **more: Any) -> Feedback:
    row = {"month": "2017-07", "source": "甲"}
    told = Told("error", SECRET, register=water, version=1, row=row, column="rate", **more)
    return actions.file(now=at(on), told=told)


def wish(on: str = "2017-09-11", **more: Any) -> Feedback:
    return actions.file(now=at(on), told=Told("request", "做地图用", title="公共充电桩", **more))


def reply(one: Feedback, by: Person, on: str = "2017-09-18", **changes: Any) -> Feedback:
    said = {"outcome": "declined", "summary": "达标率有误", "text": "核实无误", **changes}
    return actions.answer(by=by, now=at(on), feedback=one, **said)


def published(water: Register, number: int, on: str) -> None:
    versions.publish(by=None, now=at(on), register=water, staged=staged(number), period="2017-07")


# received | kind | last day: 15 working days for a wish, 7 for an error, over the October holiday of 2017
CLOCKS = """
2017-09-11 | error   | 2017-09-20
2017-09-25 | error   | 2017-10-10
2017-09-11 | request | 2017-09-30
2017-09-30 | request | 2017-10-27
"""


@pytest.mark.parametrize("line", CLOCKS.strip().splitlines())
def test_the_clock_counts_working_days(water: Register, line: str) -> None:
    on, kind, last = (part.strip() for part in line.split("|"))
    one = report(water, on) if kind == "error" else wish(on)
    assert actions.due(one).due_on.isoformat() == last


def test_the_term_stays_as_it_was_promised(water: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    one = report(water)
    monkeypatch.setattr(actions, "FIGURES", dict.fromkeys(Feedback.Kind, "data_request"))
    assert actions.due(one).due_on == dt.date(2017, 9, 20)
    assert not [problem for checked in patrol.feedback() for problem in checked.problems]


def test_nothing_that_the_reader_wrote_stands_in_the_journal(water: Register, keeper: Person) -> None:
    one = report(water, email="reader@example.org")
    reply(one, keeper)
    lines = list(Line.objects.order_by("seq"))
    assert [line.act for line in lines] == ["feedback", "answer"]
    told = "".join(line.body for line in lines)
    for secret in ("张三", "13800138000", "reader", one.reference, one.secret, "达标率有误"):
        assert secret not in told
    assert json.loads(lines[0].body)["register"] == "water-sources"
    assert json.loads(lines[1].body)["received"] == lines[0].seq


def test_an_error_is_put_right_only_where_a_later_version_shows_it(water: Register, keeper: Person) -> None:
    published(water, 1, "2017-09-10")
    one = report(water)
    with pytest.raises(ValueError, match="还没有发布更正后的版次"):
        reply(one, keeper, outcome="accepted")
    published(water, 2, "2017-09-12")
    assert reply(one, keeper, outcome="accepted").answer_line.act == "answer"
    with pytest.raises(ValueError, match="已于 2017-09-18 答复"):
        reply(one, keeper)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"outcome": ""}, "结果必选"),
        ({"summary": " "}, "公开的问题摘要必填"),
        ({"text": ""}, "答复必填"),
        ({"summary": "请回电 13800138000"}, "手机号码"),
        ({"text": "11010519491231002X 的那一行"}, "公民身份号码"),
    ],
)
def test_what_cannot_go_public_is_refused(
    water: Register, keeper: Person, changes: dict[str, str], told: str
) -> None:
    one = report(water)
    with pytest.raises(ValueError, match=told):
        reply(one, keeper, **changes)
    assert Feedback.objects.get().answered_at is None
    assert Line.objects.count() == 1


def test_the_unit_answers_and_the_general_office_passes_on(
    water: Register, keeper: Person, office: Person
) -> None:
    one, stranger = wish(), make_person("stranger", make_unit("市交通运输委", "jiaotong"))
    with pytest.raises(Forbidden):
        reply(one, keeper)
    with pytest.raises(Forbidden):
        actions.pass_on(by=keeper, now=at("2017-09-12"), feedback=one, unit=keeper.unit)
    assert queries.waiting_for(keeper, DAY) == []
    assert [clock.feedback for clock in queries.waiting_for(office, DAY)] == [one]
    actions.pass_on(by=office, now=at("2017-09-12"), feedback=one, unit=keeper.unit)
    assert [clock.feedback for clock in queries.waiting_for(keeper, DAY)] == [one]
    with pytest.raises(Forbidden):
        reply(one, stranger)
    with pytest.raises(ValueError, match="请选列入哪一批，或者写明开放期限"):
        reply(one, keeper, outcome="accepted")
    assert reply(one, keeper, outcome="declined").unit == keeper.unit
    with pytest.raises(ValueError, match="由发布它的单位答复"):
        actions.pass_on(
            by=office, now=at("2017-09-19"), feedback=report(water, "2017-09-19"), unit=stranger.unit
        )
    assert not [problem for checked in patrol.feedback() for problem in checked.problems]


def test_what_is_agreed_to_enters_the_release_plan_with_the_answer(keeper: Person, office: Person) -> None:
    first, second = (
        release.open_batch(by=office, now=at("2017-09-01"), title=title, due_on=day)
        for title, day in (("第一批", dt.date(2017, 9, 15)), ("第二批", dt.date(2017, 12, 31)))
    )
    one = wish(unit=keeper.unit)
    agreed = {"outcome": "accepted", "text": "同意"}
    for more, told in (
        ({"batch": first}, "已经过去：请选还没到期的批次"),
        ({"due_on": dt.date(2017, 9, 1)}, "已经过去：请写今天以后的日子"),
        ({"due_on": dt.date(2018, 1, 1)}, "没有期限在 2018-01-01 以后的批次"),
    ):
        with pytest.raises(ValueError, match=told):
            reply(one, keeper, **agreed, **more)
    assert Line.objects.count() == 3
    reply(one, keeper, **agreed, due_on=dt.date(2017, 11, 30))
    (planned,) = Planned.objects.all()
    assert (planned.batch, planned.unit, planned.title) == (second, keeper.unit, one.title)
    assert (planned.request, planned.due_on) == (one, dt.date(2017, 11, 30))
    assert json.loads(planned.line.body)["request"] == one.pk
    moved = release.move(by=office, now=at("2017-10-09"), planned=planned, batch=second, reason="接口没好")
    found = of_request(one, dt.date(2018, 1, 3))
    assert found
    assert (found.planned, found.progress, found.late_by) == (moved, Progress.OVERDUE, 3)
    assert not [problem for checked in patrol.release() for problem in checked.problems]


def test_overdue_is_worked_out_by_unit(water: Register, keeper: Person) -> None:
    reply(report(water), keeper, "2017-09-22")  # due on the 20th
    report(water, "2017-09-23")
    found = queries.tallies(dt.date(2017, 9, 21))
    assert [(row.unit, row.open, row.overdue, row.answered, row.late) for row in found] == [
        (water.unit, 1, 1, 0, 0)
    ]
    (row,) = queries.tallies(dt.date(2017, 10, 20))
    assert (row.open, row.overdue, row.answered, row.late) == (1, 1, 1, 1)
    assert [clock.late_by for clock in queries.waiting_for(keeper, dt.date(2017, 10, 12))] == [3]


def test_the_answer_is_mailed_only_to_who_asked_for_it(
    water: Register, keeper: Person, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MAIL_HOST = "mail.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        sure = report(water, email="reader@example.org")
        unsure = report(water, email="victim@example.org")
    assert [message.to for message in mail.outbox] == [["reader@example.org"], ["victim@example.org"]]
    assert all("张三" not in message.body for message in mail.outbox)
    actions.confirm(now=at("2017-09-12"), feedback=sure)
    with django_capture_on_commit_callbacks(execute=True):
        reply(sure, keeper)
        reply(unsure, keeper)
    assert [message.to for message in mail.outbox[2:]] == [["reader@example.org"]]
    assert "核实无误" in mail.outbox[2].body
    assert set(Feedback.objects.values_list("email", flat=True)) == {""}


def test_a_flood_ends_at_the_day_s_number(water: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_A_DAY", 2)
    wish(), wish()
    with pytest.raises(ValueError, match="今天收到的数据反馈已满"):
        wish()
    wish("2017-09-12")


@pytest.mark.parametrize("more", [{"url": "javascript:alert(1)"}, {"email": "nobody"}, {"title": "长" * 101}])
def test_what_cannot_be_stored_is_refused(water: Register, more: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        actions.file(now=at("2017-09-11"), told=Told("reuse", "地图", register=water, **more))
    assert not Line.objects.exists()


def test_the_patrol_finds_an_answer_that_was_changed(water: Register, keeper: Person) -> None:
    reply(report(water), keeper)
    Feedback.objects.update(answer="改过的")
    (problem,) = [problem for checked in patrol.feedback() for problem in checked.problems]
    assert "answer_sha256" in problem
