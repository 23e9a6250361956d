"""The patrol finds every silent change of an adopted plan: each field of each row, N of N."""

import pytest
from django.db import models
from pytest_django import DjangoAssertNumQueries

from tests import silent_changes
from tests.factories import at, make_draft, make_obligation, make_plan, make_task, make_unit, record_occasion
from yangguang.directory.models import Unit
from yangguang.journal.models import Line
from yangguang.plan import patrol
from yangguang.plan.actions import adopt
from yangguang.plan.draft import DraftArea, DraftTask
from yangguang.plan.models import Area, Obligation, Plan, PlanVersion, Task

RECORDS = (Plan, PlanVersion, Area, Task, Obligation)
CHECKS = (patrol.versions,)


def findings() -> list[str]:
    return silent_changes.findings(CHECKS)


@pytest.fixture
def adopted(db: None) -> PlanVersion:
    """A plan adopted and amended, with a task outside the table; another plan; and a line of another act."""
    outside: DraftTask = make_task("0.1", "各区要在15个工作日内公开。", "市示例局")
    make_plan(outside=(outside,), defaults={"month": {"kind": "month", "due": 15}})
    amended = adopt(by=None, now=at("2017-09-01"), draft=make_draft(note="修订", title="修订的标题"))
    area = DraftArea(3, "另一领域", (make_task("3.1", "按月公开水质。", "市统计局"),))
    duty = make_obligation("3.1", "水质", cadence="monthly", form="series", words=[["水质"]])
    adopt(by=None, now=at("2017-09-02"), draft=make_draft("other", areas=(area,), obligations=(duty,)))
    record_occasion("突发事件", on="2017-09-08", happened_on="2017-09-07")
    return amended


def test_what_stands_as_adopted_is_let_pass(adopted: PlanVersion) -> None:
    assert findings() == []
    assert len(list(patrol.versions())) == 3


@pytest.mark.parametrize("model", RECORDS)
def test_a_silent_change_of_any_field_is_found_n_of_n(
    adopted: PlanVersion, model: type[models.Model]
) -> None:
    make_unit("市统计局")
    for field in model._meta.concrete_fields:
        if field.name != "id":
            silent_changes.require_each_found(model._default_manager.all(), field, CHECKS)


def test_a_changed_deadline_is_named(adopted: PlanVersion) -> None:
    duty = adopted.obligations.all()[0]
    Obligation.objects.filter(pk=duty.pk).update(rule={**duty.rule, "due": "2099-12-31"})
    (found,) = findings()
    assert found.endswith("第 2 版 公开事项与通过时的不同：内容被改动过，请从备份核对")


@pytest.mark.parametrize("model", [Task, Obligation])
def test_a_unit_taken_from_a_row_or_given_to_it_is_found(
    adopted: PlanVersion, model: type[Task] | type[Obligation]
) -> None:
    other = make_unit("不相干的局")
    for row in model.objects.all():
        before = list(row.units.all())
        for changed in (before[1:], [*before, other], [other]):
            row.units.set(changed)
            assert findings(), (row, changed)
        row.units.set(before)
    assert findings() == []


def test_a_unit_renamed_in_silence_is_found(adopted: PlanVersion) -> None:
    Unit.objects.filter(name="市财政委").update(name="市财政局")
    assert findings()


@pytest.mark.parametrize("model", [PlanVersion, Area, Task, Obligation])
def test_a_deleted_row_is_found(adopted: PlanVersion, model: type[models.Model]) -> None:
    for row in model._default_manager.all():
        silent_changes.deleted(row, require_found)
    assert findings() == []


def require_found() -> None:
    assert findings()


def test_a_line_from_before_these_digests_is_held_to_its_counts(adopted: PlanVersion) -> None:
    body = adopted.line.body
    start = body.index('"stored":')
    older = body[:start] + body[body.index("}", start) + 2 :]
    Line.objects.filter(pk=adopted.line_id).update(body=older)
    assert findings() == []
    last = adopted.obligations.last()
    assert last is not None
    silent_changes.deleted(last, require_found)


def test_the_cost_in_queries_is_five_for_a_version(
    adopted: PlanVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5 * 3 + 2):
        findings()
