"""What is said about one period, drawn as tables."""

import datetime as dt
from dataclasses import replace

import pytest

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.periods import Kind, Period
from yangguang.rules.score import Score, score
from yangguang.rules.verdict import Evidence, State, judge

CALENDAR = shipped_calendar()
AUGUST = Period(
    Kind.MONTHLY,
    "2017-08",
    "2017年8月",
    dt.date(2017, 8, 1),
    dt.date(2017, 8, 31),
    dt.date(2017, 9, 30),
    basis="次月底前。",
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def evidence(*spans: str) -> list[Evidence]:
    """ "2017-09-05" or "2017-09-05..2017-10-09" (withdrawn), numbered from 1."""
    found = []
    for seq, span in enumerate(spans, 1):
        on, _, until = span.partition("..")
        found.append(Evidence(seq, day(on), day(until) if until else None))
    return found


@pytest.mark.parametrize(
    ("published", "as_of", "state", "days_late", "met_by"),
    [
        # nothing published; National Day 2017 is 1 to 8 October, 30 September is worked
        ([], "2017-09-30", State.NOT_YET, None, None),
        ([], "2017-10-01", State.MISSING, 0, None),
        ([], "2017-10-09", State.MISSING, 1, None),
        ([], "2017-10-13", State.MISSING, 5, None),
        # published
        (["2017-09-30"], "2017-10-13", State.ON_TIME, None, 1),
        (["2017-10-09"], "2017-10-13", State.LATE, 1, 1),
        (["2017-10-11"], "2017-10-13", State.LATE, 3, 1),
        (["2017-10-11"], "2017-10-10", State.MISSING, 2, None),
        # a revision does not change when it was first met
        (["2017-09-20", "2017-10-20"], "2017-11-30", State.ON_TIME, None, 1),
        # withdrawn: counts until the day before
        (["2017-09-20..2017-10-10"], "2017-10-09", State.ON_TIME, None, 1),
        (["2017-09-20..2017-10-10"], "2017-10-10", State.MISSING, 2, None),
        (["2017-09-20..2017-10-10", "2017-10-12"], "2017-10-13", State.LATE, 4, 2),
        (["2017-09-20..2017-09-25"], "2017-09-26", State.NOT_YET, None, None),
        # put online and withdrawn on one day
        (["2017-09-20..2017-09-20"], "2017-09-20", State.NOT_YET, None, None),
    ],
)
def test_a_month_due_at_the_end_of_the_next(
    published: list[str], as_of: str, state: State, days_late: int | None, met_by: int | None
) -> None:
    verdict = judge(AUGUST, evidence(*published), day(as_of), CALENDAR)
    assert (verdict.state, verdict.days_late, verdict.met_by) == (state, days_late, met_by)
    assert verdict.due_on == day("2017-09-30")
    assert "次月底前。" in verdict.reason


@pytest.mark.parametrize(
    ("published", "as_of", "state", "met_by", "counted"),
    [
        # eleven sources are promised; before the due day ten are not yet too few
        ([("2017-09-10", "10/11")], "2017-09-30", State.NOT_YET, 1, "10/11"),
        ([("2017-09-10", "10/11")], "2017-10-01", State.PARTIAL, 1, "10/11"),
        ([("2017-09-10", "11/11")], "2017-10-01", State.ON_TIME, 1, "11/11"),
        ([("2017-09-10", "12/11")], "2017-10-01", State.ON_TIME, 1, "12/11"),
        # a whole one meets the duty from its own day on
        ([("2017-09-10", "10/11"), ("2017-09-20", "11/11")], "2017-10-01", State.ON_TIME, 2, "11/11"),
        ([("2017-09-10", "10/11"), ("2017-10-10", "11/11")], "2017-10-09", State.PARTIAL, 1, "10/11"),
        ([("2017-09-10", "10/11"), ("2017-10-10", "11/11")], "2017-10-13", State.LATE, 2, "11/11"),
        # the fullest speaks for the period
        ([("2017-09-10", "7/11"), ("2017-10-10", "9/11")], "2017-10-13", State.PARTIAL, 2, "9/11"),
        # nobody counted: judged by its being there
        ([("2017-09-10", "")], "2017-10-01", State.ON_TIME, 1, ""),
    ],
)
def test_fewer_than_the_plan_promises_is_in_part(
    published: list[tuple[str, str]], as_of: str, state: State, met_by: int, counted: str
) -> None:
    found = [Evidence(seq, day(on), None, told) for seq, (on, told) in enumerate(published, 1)]
    verdict = judge(replace(AUGUST, measure="11座"), found, day(as_of), CALENDAR)
    assert (verdict.state, verdict.met_by, verdict.counted) == (state, met_by, counted)
    assert "11座" in verdict.reason


@pytest.mark.parametrize(
    ("published", "as_of", "state"),
    [
        ([], "2026-12-31", State.PROVISIONAL),
        ([], "2027-02-15", State.PROVISIONAL),
        (["2026-12-30"], "2026-12-31", State.ON_TIME),
        (["2027-01-15"], "2027-01-20", State.PROVISIONAL),
        (["2027-02-03"], "2027-02-15", State.PROVISIONAL),
    ],
)
def test_a_deadline_in_a_year_without_notice_is_provisional_unless_met_in_the_year_before(
    published: list[str], as_of: str, state: State
) -> None:
    period = Period(
        Kind.MONTHLY,
        "2026-12",
        "2026年12月",
        day("2026-12-01"),
        day("2026-12-31"),
        day("2027-02-01"),
        provisional=True,
        basis="次月底前。",
    )
    verdict = judge(period, evidence(*published), day(as_of), CALENDAR)
    assert verdict.state is state
    assert verdict.provisional


def test_lateness_into_a_year_without_notice_is_not_counted() -> None:
    verdict = judge(AUGUST, [], day("2027-01-05"), CALENDAR)
    assert (verdict.state, verdict.days_late) == (State.MISSING, None)


@pytest.mark.parametrize(("published", "state"), [([], State.UNJUDGED), (["2017-08-01"], State.ON_TIME)])
def test_without_a_term_only_publication_can_be_said(published: list[str], state: State) -> None:
    period = Period(Kind.ONCE, "2017", "2017年", day("2017-01-01"), day("2017-12-31"), basis="没有写明期限。")
    assert judge(period, evidence(*published), day("2017-11-30"), CALENDAR).state is state


def test_internal_work_is_not_judged() -> None:
    period = Period(Kind.INTERNAL, "2017", "2017年", day("2017-01-01"), day("2017-12-31"))
    assert judge(period, [], day("2017-11-30"), CALENDAR).state is State.INTERNAL


def test_a_quantity_that_a_text_cannot_show_is_said_to_be_unchecked() -> None:
    period = Period(
        Kind.MONTHLY, "2017-08", "", day("2017-08-01"), day("2017-08-31"), day("2017-09-30"), measure="11座"
    )
    verdict = judge(period, evidence("2017-09-10"), day("2017-11-30"), CALENDAR)
    assert verdict.state is State.ON_TIME
    assert "11座" in verdict.reason
    assert "尚未核对" in verdict.reason


def test_the_reason_names_the_line_the_day_and_the_deadline() -> None:
    verdict = judge(AUGUST, evidence("2017-10-11"), day("2017-11-30"), CALENDAR)
    assert verdict.reason == "2017-10-11 公开（日志第 1 行），期限 2017-09-30，迟 3 个工作日；次月底前。"


def test_a_score_counts_and_gives_half_for_late() -> None:
    counted = score([State.ON_TIME] * 6 + [State.LATE] * 2 + [State.MISSING] * 2 + [State.NOT_YET] * 5)
    assert counted == Score(on_time=6, late=2, missing=2, not_yet=5)
    assert (counted.judged, counted.points) == (10, 70.0)


def test_no_points_where_nothing_is_judged() -> None:
    assert score([State.NOT_YET, State.INTERNAL, State.UNJUDGED, State.PROVISIONAL]).points is None
