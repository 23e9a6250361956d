"""The first screen: what is owed, by day, each with one button."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import publish
from tests.office.conftest import desk_of
from yangguang.directory.models import Person
from yangguang.ledger import queries as ledger
from yangguang.ledger.queries import Standing
from yangguang.office import owed
from yangguang.plan.models import PlanVersion
from yangguang.rules.verdict import State, Verdict

THURSDAY = dt.date(2017, 11, 30)


def standing(state: State, due_on: str, met_on: str = "") -> Standing:
    verdict = Verdict(
        state=state,
        days_late=None,
        due_on=dt.date.fromisoformat(due_on),
        provisional=state == State.PROVISIONAL,
        met_on=dt.date.fromisoformat(met_on) if met_on else None,
        met_by=None,
        reason="",
    )
    return Standing(None, None, "2017-10", "", THURSDAY, THURSDAY, verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "due_on", "bucket"),
    [
        ("missing", "2017-11-29", "missing"),
        ("not_yet", "2017-11-30", "today"),
        ("not_yet", "2017-12-01", "week"),
        ("not_yet", "2017-12-03", "week"),
        ("not_yet", "2017-12-04", "next"),
        ("not_yet", "2017-12-31", "next"),
        ("not_yet", "2018-01-01", ""),
        ("provisional", "2017-12-20", "next"),
        ("on_time", "2017-11-30", ""),
        ("late", "2017-11-20", ""),
        ("unjudged", "2017-11-30", ""),
    ],
)
def test_where_a_period_stands_on_a_thursday_that_ends_its_month(
    state: str, due_on: str, bucket: str
) -> None:
    assert owed.bucket_of(standing(State(state), due_on), THURSDAY) == bucket


def test_within_a_month_what_is_due_after_sunday_stands_under_the_month() -> None:
    monday = dt.date(2017, 11, 6)
    days = ("2017-11-12", "2017-11-13", "2017-11-30", "2017-12-01")
    found = [owed.bucket_of(standing(State.NOT_YET, day), monday) for day in days]
    assert found == ["week", "month", "month", "next"]


def test_a_provisional_period_that_was_met_needs_nothing() -> None:
    assert owed.bucket_of(standing(State.PROVISIONAL, "2017-12-20", "2017-11-01"), THURSDAY) == ""


def test_an_editor_sees_their_own_unit_only(insider: Person, plan: PlanVersion) -> None:
    context = desk_of(insider).get("/office/").context
    units = {item.standing.unit for bucket in context["buckets"] for day in bucket.days for item in day.items}
    assert units == {insider.unit}


def test_an_editor_cannot_ask_for_another_unit(insider: Person, colleague: Person, plan: PlanVersion) -> None:
    context = desk_of(insider).get("/office/", {"unit": colleague.unit.slug}).context  # type: ignore[union-attr]
    assert context["unit"] == insider.unit


def test_the_general_office_sees_all_units_counted_and_can_choose_one(
    general_office: Person, insider: Person, plan: PlanVersion
) -> None:
    client = desk_of(general_office)
    rows = client.get("/office/").context["unit_rows"]
    standings = ledger.standings(as_of=THURSDAY)
    missing = sum(one.verdict.state == State.MISSING for one in standings)
    assert sum(row.missing for row in rows) == missing > 0
    chosen = client.get("/office/", {"unit": insider.unit.slug}).context  # type: ignore[union-attr]
    assert (chosen["unit"], chosen["unit_rows"]) == (insider.unit, [])


def test_what_came_out_late_is_listed_with_its_days(insider: Person, plan: PlanVersion) -> None:
    publish("2017年9月全市一般公共预算收支情况", on="2017-11-03", covers="2017-09", unit=insider.unit)
    page = desk_of(insider).get("/office/").content.decode()
    assert "迟 3 个工作日" in page


def test_without_a_plan_the_first_screen_says_what_to_do(insider: Person, general_office: Person) -> None:
    assert "请到" in desk_of(general_office).get("/office/").content.decode()
    assert "请等政府办公厅通过" in desk_of(insider).get("/office/").content.decode()


def test_the_first_screen_asks_the_database_as_often_for_many_rows_as_for_few(
    general_office: Person, plan: PlanVersion
) -> None:
    client = desk_of(general_office)
    client.get("/office/")
    with CaptureQueriesContext(connection) as few:
        client.get("/office/")
    for month in (6, 7, 8, 9):
        publish(f"2017年{month}月全市一般公共预算收支情况", on="2017-11-03", covers=f"2017-{month:02}")
    client.get("/office/")
    with CaptureQueriesContext(connection) as many:
        client.get("/office/")
    assert len(many) == len(few) < 34


def test_the_menu_holds_only_what_the_person_may_use(insider: Person, general_office: Person) -> None:
    labels = {
        person.username: [
            label
            for label in ("首页", "文件", "公开事由", "分工方案", "单位", "人员", "查看门户")
            if f'"label": "{label}"' in _plain(desk_of(person).get("/office/").content.decode())
        ]
        for person in (insider, general_office)
    }
    assert labels == {
        "insider": ["首页", "文件", "公开事由", "查看门户"],
        "office": ["首页", "文件", "公开事由", "分工方案", "单位", "人员", "查看门户"],
    }


def _plain(page: str) -> str:
    return page.encode().decode("unicode_escape", errors="ignore") if "\\u" in page else page
