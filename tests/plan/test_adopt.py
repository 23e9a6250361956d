"""Adopting a plan makes a version, a journal line, and nothing when the draft has a mistake."""

import datetime as dt
import json

import pytest

from tests.factories import at, make_draft, make_obligation, make_person, make_plan, make_task
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Forbidden, Role
from yangguang.journal.models import Line
from yangguang.plan.actions import NotAdoptable, adopt
from yangguang.plan.draft import DraftArea, problems
from yangguang.plan.models import Plan, PlanVersion, Task

pytestmark = pytest.mark.django_db


def test_a_plan_stands_as_drafted_after_adoption() -> None:
    version = make_plan()
    assert (version.number, version.adopted_on) == (1, dt.date(2017, 6, 19))
    assert [area.name for area in version.areas.all()] == ["加强预期引导", "推进政策公开"]
    assert [task.code for task in version.tasks.all()] == ["1.1", "1.2", "2.1", "2.2"]
    first = version.obligations.get(code="1.1")
    assert [unit.name for unit in first.units.all()] == ["市财政委"]
    assert first.task.area is not None
    assert first.task.area.number == 1


def test_the_journal_tells_what_was_adopted_with_the_digest_of_source_and_obligations() -> None:
    draft = make_draft()
    version = make_plan()
    body = json.loads(version.line.body)
    assert body["act"] == "adopt"
    assert (body["plan"], body["version"], body["tasks"], body["obligations"]) == ("example-2017", 1, 4, 4)
    assert body["source_sha256"] == draft.source_sha256
    assert body["obligations_sha256"] == draft.obligations_digest()


def test_amending_keeps_the_old_version() -> None:
    first = make_plan()
    before = list(Task.objects.filter(version=first).values())
    amended = make_draft(obligations=make_draft().obligations[:2], note="删去两项")
    second = adopt(by=None, now=at("2017-09-01"), draft=amended)
    assert Plan.objects.count() == 1
    assert (second.number, second.obligations.count(), second.note) == (2, 2, "删去两项")
    assert first.obligations.count() == 4
    assert list(Task.objects.filter(version=first).values()) == before


def test_an_unlisted_unit_is_entered_and_the_notices_say_so() -> None:
    area = DraftArea(1, "新领域", (make_task("1.1", "公开名录。", "市示例局"),))
    version = adopt(by=None, now=at("2017-06-19"), draft=make_draft(areas=(area,), obligations=()))
    unit = Unit.objects.get(name="市示例局")
    assert unit.get_absolute_url() == "/units/市示例局/"
    assert [notice["kind"] for notice in version.notices] == ["unit_entered"]
    assert "市示例局" in version.notices[0]["text"]
    assert "任务 1.1" in version.notices[0]["text"]


def test_outside_tasks_belong_to_no_area_and_stand_last() -> None:
    outside = make_task("0.1", "各区要在15个工作日内公开。", "市财政委")
    version = make_plan(outside=(outside,))
    last = version.tasks.last()
    assert last is not None
    assert (last.code, last.area) == ("0.1", None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"obligations": (make_obligation("9.9", "无主事项", cadence="none", form="list", words=[]),)},
         "公开事项 9.9《无主事项》指向的任务 9.9 不在方案中"),
        ({"obligations": make_draft().obligations[:1] * 2}, "公开事项编号 1.1 出现 2 次"),
        ({"areas": (), "obligations": ()}, "方案里没有任务"),
        ({"areas": (DraftArea(1, "甲", (make_task("1.1", "公开。", "甲", leads=()),)),),
          "obligations": make_draft().obligations[:1]}, "没有责任单位"),
    ],
)  # fmt: skip
def test_a_draft_with_a_mistake_is_refused_with_a_sentence_and_leaves_nothing(
    changes: dict[str, object], sentence: str
) -> None:
    assert any(sentence in problem for problem in problems(make_draft(**changes)))
    with pytest.raises(NotAdoptable, match=sentence):
        adopt(by=None, now=at("2017-06-19"), draft=make_draft(**changes))
    assert not PlanVersion.objects.exists()
    assert not Line.objects.exists()


def test_only_the_general_office_may_adopt() -> None:
    with pytest.raises(Forbidden, match="政府办公厅"):
        adopt(by=make_person(role=Role.EDITOR), now=at("2017-06-19"), draft=make_draft())
    office = make_person(role=Role.GENERAL_OFFICE)
    version = adopt(by=office, now=at("2017-06-19"), draft=make_draft())
    assert json.loads(version.line.body)["by"] == "政府办公厅"


def test_the_digest_of_the_obligations_changes_with_any_of_their_facts() -> None:
    changed = make_draft(
        obligations=(
            *make_draft().obligations[:3],
            make_obligation("2.2", "改了名", cadence="none", form="internal", words=[]),
        )
    )
    assert changed.obligations_digest() != make_draft().obligations_digest()
