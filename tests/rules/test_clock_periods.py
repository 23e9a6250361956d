"""Periods without events: working days, calendar days, hours; and Shanghai dates."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.clock import (
    SHANGHAI,
    Deadline,
    calendar_period,
    hour_deadline,
    shanghai_date,
    workday_period,
)
from yangguang.rules.workdays import Calendar

CALENDAR = shipped_calendar()
PERIODS = {"workdays": workday_period, "days": calendar_period}

DRAWN = """
    received    length  unit      due         because
    2017-06-19  15      workdays  2017-07-10  the day of receipt is not counted
    2017-07-01  1       workdays  2017-07-03  received on a Saturday
    2017-09-29  1       workdays  2017-09-30  a worked Saturday counts
    2025-01-13  20      workdays  2025-02-14  two worked weekend days around the Spring Festival
    2017-06-19  10      days      2017-06-29  ends on a working day
    2017-06-19  12      days      2017-07-03  ends on a Saturday: runs to Monday
    2017-09-20  11      days      2017-10-09  ends in the National Day week: runs to its end
    2017-09-15  15      days      2017-09-30  ends on a worked Saturday: stays there
    2008-01-01  0       days      2008-01-02  the first day known, a day off
    2020-01-20  12      days      2020-02-03  ends on 1 February 2020: a later notice took it off
    2026-12-30  2       workdays  2027-01-01? an estimate: 2027 has no notice
    2026-12-30  3       days      2027-01-04? an estimate: ends on a Saturday
    2027-03-01  10      workdays  2027-03-15? begins where nothing is known
"""


@pytest.mark.parametrize("row", DRAWN.strip().splitlines()[1:])
def test_periods_as_drawn(row: str) -> None:
    received, length, unit, due, _because = row.split(maxsplit=4)
    deadline = PERIODS[unit](CALENDAR, date.fromisoformat(received), int(length))
    assert deadline.due_on == date.fromisoformat(due.rstrip("?"))
    assert deadline.provisional == due.endswith("?")
    assert ("2027 年的放假通知还没有录入" in deadline.reason) == deadline.provisional


def test_a_provisional_deadline_names_every_year_it_reaches_into() -> None:
    deadline = workday_period(CALENDAR, date(2026, 12, 1), 300)
    assert "2027、2028 年" in deadline.reason


def test_a_final_deadline_has_no_reason() -> None:
    assert workday_period(CALENDAR, date(2017, 6, 19), 15) == Deadline(date(2017, 7, 10))


@given(st.dates(date(2008, 1, 1), date(2028, 1, 1)), st.integers(0, 120))
def test_a_calendar_period_ends_on_a_day_worked_and_never_early(received: date, days: int) -> None:
    deadline = calendar_period(CALENDAR, received, days)
    last = received + timedelta(days=days)
    assert deadline.due_on >= last
    if not deadline.provisional:
        assert CALENDAR.is_workday(deadline.due_on)
        assert deadline.due_on == last or CALENDAR.count_workdays(last, deadline.due_on) == 1
        assert deadline.due_on == last or not CALENDAR.is_workday(last)


@pytest.mark.parametrize("period", PERIODS.values())
def test_a_negative_length_is_refused(period: Callable[[Calendar, date, int], Deadline]) -> None:
    with pytest.raises(ValueError, match="负数"):
        period(CALENDAR, date(2017, 6, 19), -1)


HOURS = """
    started                    hours  ends
    2017-09-30T20:00:00+08:00  24     2017-10-01T20:00:00+08:00
    2017-09-30T20:00:00+08:00  48     2017-10-02T20:00:00+08:00
    2017-09-30T20:00:00+08:00  5      2017-10-01T01:00:00+08:00
    2017-09-30T18:30:00+00:00  5      2017-10-01T07:30:00+08:00
"""


@pytest.mark.parametrize("row", HOURS.strip().splitlines()[1:])
def test_hours_run_through_nights_and_days_off(row: str) -> None:
    started, hours, ends = row.split()
    deadline = hour_deadline(datetime.fromisoformat(started), int(hours))
    assert deadline.isoformat() == ends


def test_hours_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="负数"):
        hour_deadline(datetime(2017, 1, 1, tzinfo=UTC), -1)


def test_the_date_is_the_shanghai_date_not_the_utc_date() -> None:
    assert shanghai_date(datetime(2025, 3, 9, 18, 0, tzinfo=UTC)) == date(2025, 3, 10)
    assert shanghai_date(datetime(2025, 3, 10, 15, 59, tzinfo=UTC)) == date(2025, 3, 10)


@given(st.datetimes(datetime(2008, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_shanghai_time_is_that_of_the_time_zone_database(moment: datetime) -> None:
    by_database = moment.astimezone(ZoneInfo("Asia/Shanghai"))
    assert shanghai_date(moment) == by_database.date()
    assert moment.astimezone(SHANGHAI).utcoffset() == by_database.utcoffset()


def test_a_moment_without_time_zone_is_refused() -> None:
    naive = datetime(2017, 6, 19, 9, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="没有时区"):
        shanghai_date(naive)
    with pytest.raises(ValueError, match="没有时区"):
        hour_deadline(naive, 24)
