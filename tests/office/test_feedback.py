"""Readers' word about data at the desk: seen by who may answer, answered once, overdue on the first screen."""

import pytest

from tests.factories import at, make_person, make_unit
from tests.office.conftest import desk_of
from tests.registers.conftest import water, water_json
from yangguang.directory.models import Person
from yangguang.registers.actions import feedback as actions
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Feedback, Register

__all__ = ["water", "water_json"]
ANSWER = {"act": "answer", "outcome": "declined", "summary": "达标率存疑", "text": "核实无误"}


@pytest.fixture
def keeper(water: Register) -> Person:
    return make_person("keeper", water.unit)


@pytest.fixture
def report(water: Register) -> Feedback:
    told = Told("error", "<i>错了</i>", register=water, version=1, row={"month": "2017-07", "source": "甲"})
    return actions.file(now=at("2017-11-06"), told=told)


def test_the_keeper_sees_it_on_the_first_screen_and_answers(keeper: Person, report: Feedback) -> None:
    desk = desk_of(keeper)
    assert "逾期 11 个工作日" in desk.get("/office/").content.decode()  # due on 15 November
    page = desk.get(f"/office/feedback/{report.pk}/").content.decode()
    assert "&lt;i&gt;错了&lt;/i&gt;" in page
    assert "水源名称" in page
    answer = desk.post(f"/office/feedback/{report.pk}/", ANSWER, follow=True)
    assert f"已答复第 {report.pk} 号" in answer.content.decode()
    assert "没有等答复的" in answer.content.decode()
    report.refresh_from_db()
    assert (report.answered_by, report.summary) == (keeper, "达标率存疑")
    assert "答复并公开" not in desk.get(f"/office/feedback/{report.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"outcome": ""}, "请选一个结果"),
        ({"outcome": "accepted"}, "还没有发布更正后的版次"),
        ({"summary": "电话 13800138000"}, "手机号码"),
    ],
)
def test_what_cannot_be_answered_so_is_told_on_the_form(
    keeper: Person, report: Feedback, change: dict[str, str], told: str
) -> None:
    answer = desk_of(keeper).post(f"/office/feedback/{report.pk}/", {**ANSWER, **change})
    assert told in answer.content.decode()
    assert "核实无误" in answer.content.decode()
    assert not Feedback.objects.filter(answered_at__isnull=False).exists()


def test_another_unit_neither_sees_nor_answers_it(report: Feedback) -> None:
    desk = desk_of(make_person("stranger", make_unit("市交通运输委", "jiaotong")))
    assert desk.get(f"/office/feedback/{report.pk}/").status_code == 404
    assert desk.post(f"/office/feedback/{report.pk}/", ANSWER).status_code == 404
    assert "没有等答复的" in desk.get("/office/feedback/").content.decode()


def test_the_general_office_passes_a_wish_on(general_office: Person, keeper: Person) -> None:
    wish = actions.file(now=at("2017-11-06"), told=Told("request", "做地图用", title="公共充电桩"))
    desk = desk_of(general_office)
    assert "待转办" in desk.get("/office/feedback/").content.decode()
    given = {"act": "pass_on", "unit": keeper.unit_id}
    assert "已转给" in desk.post(f"/office/feedback/{wish.pk}/", given, follow=True).content.decode()
    assert "公共充电桩" in desk_of(keeper).get("/office/").content.decode()
