"""From an obligation's rule dict to what is due when."""

import datetime as dt
from typing import Any

import pytest

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.cadence import CADENCES
from yangguang.rules.duties import USUAL, Duty, duty_of, shortened
from yangguang.rules.periods import Kind


def duty(rule: dict[str, Any], *, cadence: str = "none", form: str = "document", year: int = 2017) -> Duty:
    return duty_of(
        rule,
        code="1.1",
        title="示例",
        units=("市财政委",),
        form=form,
        cadence=cadence,
        issued_on=dt.date(year, 6, 19),
        year=year,
        calendar=shipped_calendar(),
    )


@pytest.mark.parametrize(
    ("kind", "due", "period", "due_on"),
    [
        ("monthly", {"months": 1}, "2017-08", "2017-09-30"),  # a Saturday that is worked
        ("monthly", {"months": 1}, "2017-09", "2017-10-31"),
        ("monthly", {"months": 1}, "2017-11", "2018-01-02"),  # 31 December is a Sunday, then New Year
        ("quarterly", {"months": 1}, "2017Q3", "2017-10-31"),
        ("half_yearly", {"months": 2}, "2017H2", "2018-02-28"),
        ("yearly", {"months": 3}, "2017", "2018-04-02"),  # 31 March is a Saturday
        ("daily", {"workdays": 1}, "2017-09-30", "2017-10-09"),
        ("monthly", {"workdays": 15}, "2017-08", "2017-09-21"),
        ("once", {"day": "2017-12-31"}, "2017", "2017-12-31"),  # a named day stands, Sunday or not
        ("once", {"day": "2017-07-10"}, "2017", "2017-07-10"),
        ("once", {}, "2017", None),
        ("internal", {}, "2017", None),
    ],
)
def test_the_due_day_of_a_period(kind: str, due: dict[str, Any], period: str, due_on: str | None) -> None:
    found = duty({"kind": kind, "due": due, "reason": "依据"}).periods[period]
    assert (found.due_on.isoformat() if found.due_on else None) == due_on
    assert not found.provisional
    assert found.basis.startswith("依据。")


def test_a_day_off_at_the_end_of_a_term_is_explained() -> None:
    found = duty({"kind": "monthly", "due": {"months": 1}, "reason": "依据。"}).periods["2017-11"]
    assert found.basis == "依据。2017-12-31 是休息日，顺延到下一个工作日。"


@pytest.mark.parametrize(
    ("rule", "provisional"),
    [
        ({"kind": "monthly", "due": {"months": 1}}, True),
        ({"kind": "once", "due": {"day": "2027-01-31"}}, False),
    ],
)
def test_a_counted_deadline_in_a_year_without_notice_is_provisional(
    rule: dict[str, Any], provisional: bool
) -> None:
    last = list(duty(rule, year=2026).periods.values())[-1]
    assert last.provisional is provisional
    assert ("2027 年的放假通知" in last.basis) is provisional


@pytest.mark.parametrize(
    ("rule", "cadence", "form", "kind", "term"),
    [
        ({}, "monthly", "series", Kind.MONTHLY, (1, None)),
        ({}, "timely", "document", Kind.EVENT, (None, 20)),
        ({}, "when_due", "document", Kind.ONCE, (None, None)),
        ({}, "monthly", "internal", Kind.INTERNAL, (None, None)),
        ({"kind": "event"}, "none", "document", Kind.EVENT, (None, 20)),
        ({"kind": "quarterly"}, "periodic", "document", Kind.QUARTERLY, (1, None)),
        ({"kind": "event", "due": {"workdays": 10}}, "timely", "document", Kind.EVENT, (None, 10)),
        ({"kind": "once", "due": {}}, "none", "document", Kind.ONCE, (None, None)),
    ],
)
def test_what_a_rule_leaves_out_is_usual(
    rule: dict[str, Any], cadence: str, form: str, kind: Kind, term: tuple[int | None, int | None]
) -> None:
    found = duty(rule, cadence=cadence, form=form)
    assert found.kind is kind
    assert (found.term.months, found.term.workdays) == term


def test_every_cadence_has_a_usual_deadline_with_its_reason() -> None:
    assert set(USUAL) == {*CADENCES, "internal"}
    assert all(USUAL[cadence]["reason"] for cadence in CADENCES)


def test_a_long_title_is_cut_where_one_sees_it() -> None:
    assert shortened("降" * 24) == "降" * 24
    assert shortened("降" * 25) == "降" * 23 + "…"
