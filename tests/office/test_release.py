"""The release plan at the desk: the general office makes, adds and moves; a unit sees and plans its own."""

import datetime as dt
import json

import pytest

from tests.factories import at, make_person, make_unit
from tests.office.conftest import desk_of
from yangguang.directory.models import Person, Unit
from yangguang.journal.models import Line
from yangguang.registers.actions import feedback, release
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Batch, Planned
from yangguang.registers.queries.release import board

AUTUMN, WINTER = dt.date(2017, 10, 31), dt.date(2017, 12, 31)


@pytest.fixture
def batches(general_office: Person) -> tuple[Batch, Batch]:
    first, second = (
        release.open_batch(by=general_office, now=at("2017-07-01"), title=title, due_on=day)
        for title, day in (("第一批", AUTUMN), ("第二批", WINTER))
    )
    return first, second


def planned(batch: Batch, unit: Unit, title: str = "雨量") -> Planned:
    return release.plan(by=None, now=at("2017-07-02"), batch=batch, unit=unit, title=title)


def test_an_empty_plan_says_what_to_do_and_a_batch_is_made(
    general_office: Person, insider: Person, finance: Unit
) -> None:
    assert "批次由政府办公厅制定" in desk_of(insider).get("/office/release/").content.decode()
    desk = desk_of(general_office)
    assert "在下面制定第一批" in desk.get("/office/release/").content.decode()
    told = desk.post("/office/release/", {"title": "第一批", "due_on": "2017-12-31"}, follow=True)
    assert "已制定第一批" in told.content.decode()
    assert "在下面列入第一项" in told.content.decode()
    again = desk.post("/office/release/", {"title": "第一批", "due_on": "2017-12-31"})
    assert "请换一个名称" in again.content.decode()
    batch = Batch.objects.get()
    desk.post(f"/office/release/{batch.pk}/", {"unit": finance.pk, "title": "雨量"})
    entry = Planned.objects.get()
    assert (entry.unit, entry.due_on) == (finance, WINTER)
    assert [line.act for line in Line.objects.order_by("seq")] == ["batch", "plan_data"]


def test_what_is_overdue_stands_out_and_is_moved_in_public(
    general_office: Person, batches: tuple[Batch, Batch], finance: Unit
) -> None:
    first, second = batches
    entry, desk = planned(first, finance), desk_of(general_office)
    assert "逾期 30 天" in desk.get("/office/release/").content.decode()
    address = f"/office/release/entries/{entry.pk}/"
    given = {"act": "move", "batch": second.pk, "reason": "接口没好"}
    assert "调整理由必填" in desk.post(address, {**given, "reason": ""}).content.decode()
    assert "请选别的批次或者日子" in desk.post(address, {**given, "batch": first.pk}).content.decode()
    assert "已调整到第二批" in desk.post(address, given, follow=True).content.decode()
    assert "逾期" not in desk.get(f"/office/release/{second.pk}/").content.decode()
    assert "调整到第二批" in desk.get(f"/office/release/{first.pk}/").content.decode()
    body = json.loads(Line.objects.latest("seq").body)
    assert (body["from_batch"], body["from_due_on"], body["reason"]) == ("第一批", "2017-10-31", "接口没好")
    assert "请刷新页面" in desk.post(address, given).content.decode()
    portal = desk.get("/data/plan/").content.decode()
    assert "原定 2017-10-31" in portal
    assert "接口没好" in portal
    assert [one.planned for one in board(dt.date(2017, 7, 3)).entries] == [entry]


def test_a_unit_sees_plans_and_drops_its_own_and_moves_nothing(
    insider: Person, colleague: Person, batches: tuple[Batch, Batch]
) -> None:
    first, second = batches
    assert insider.unit
    assert colleague.unit
    theirs = planned(first, colleague.unit, "别家的")
    desk = desk_of(insider)
    desk.post(f"/office/release/{first.pk}/", {"unit": colleague.unit.pk, "title": "雨量"})
    mine = Planned.objects.get(title="雨量")
    assert mine.unit == insider.unit
    for address in ("/office/release/", f"/office/release/{first.pk}/"):
        page = desk.get(address).content.decode()
        assert "雨量" in page
        assert "别家的" not in page
    assert desk.get(f"/office/release/entries/{theirs.pk}/").status_code == 404
    address = f"/office/release/entries/{mine.pk}/"
    refused = desk.post(address, {"act": "move", "batch": second.pk, "reason": "缓一缓"})
    assert "批次和期限由政府办公厅调整" in refused.content.decode()
    assert "已移出" in desk.post(address, {"act": "drop", "reason": "并入别的"}, follow=True).content.decode()
    viewer = make_person("reviewer", make_unit("市水务局"), role="reviewer")
    assert desk_of(viewer).get("/office/release/").status_code in (302, 403)


def test_a_request_that_is_agreed_to_enters_the_plan_from_the_answer_form(
    insider: Person, batches: tuple[Batch, Batch]
) -> None:
    asked = feedback.file(
        now=at("2017-11-20"), told=Told("request", "做地图用", title="公共充电桩", unit=insider.unit)
    )
    desk, address = desk_of(insider), f"/office/feedback/{asked.pk}/"
    given = {"act": "answer", "outcome": "accepted", "summary": "充电桩", "text": "同意开放"}
    assert "第二批" in desk.get(address).content.decode()
    assert "请选列入哪一批，或者写明开放期限" in desk.post(address, given).content.decode()
    desk.post(address, {**given, "batch": batches[1].pk})
    entry = Planned.objects.get()
    assert (entry.title, entry.request) == ("公共充电桩", asked)
    assert f"来自数据申请第 {asked.pk} 号" in desk.get(f"/office/release/{batches[1].pk}/").content.decode()
    public = desk.get(f"/data/feedback/{asked.pk}/").content.decode()
    assert "第二批" in public
    assert f"/data/feedback/{asked.pk}/" in desk.get("/data/plan/").content.decode()
    told = desk.get("/data/plan.json").json()
    assert told["entries"][0]["request"] == asked.pk
