"""The shipped calendar against two libraries that we did not write, and its arithmetic against a twin."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.workdays import NoNotice, estimate_count, estimate_workdays, explain_workdays

CALENDAR = shipped_calendar()
CHINA = holidays.country_holidays("CN", years=range(2008, 2027))
EVERY_DAY = [date(2008, 1, 1) + timedelta(days=offset) for offset in range(6940)]
ONE_DAY = timedelta(days=1)

known_days = st.dates(date(2008, 1, 1), date(2026, 12, 31))
days_into_the_future = st.dates(date(2026, 6, 1), date(2029, 12, 31))


def add_day_by_day(start: date, number: int) -> date:
    """The slow twin of add_workdays."""
    day = start
    while number:
        day += ONE_DAY
        number -= CALENDAR.is_workday(day)
    return day


def count_day_by_day(after: date, through: date) -> int:
    """The slow twin of count_workdays."""
    days = (through - after).days
    return sum(CALENDAR.is_workday(after + timedelta(days=offset)) for offset in range(1, days + 1))


def works_or_guessed(day: date) -> bool:
    return CALENDAR.is_workday(day) if CALENDAR.knows(day) else day.weekday() < 5


def test_the_days_compared_are_all_days_of_2008_to_2026() -> None:
    assert EVERY_DAY[-1] == date(2026, 12, 31)


def test_equal_to_chinesecalendar_on_every_day() -> None:
    differing = [day for day in EVERY_DAY if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)]
    assert differing == []


def test_equal_to_holidays_on_every_day() -> None:
    differing = [day for day in EVERY_DAY if CALENDAR.is_workday(day) != CHINA.is_working_day(day)]
    assert differing == []


DRAWN = """
    start       n   ends        because
    2017-06-19  15  2017-07-10  the plan's own period: three plain weeks
    2017-06-19  0   2017-06-19  nothing added
    2017-01-20  8   2017-02-06  Spring Festival with two worked weekend days
    2015-09-02  2   2015-09-07  3 and 4 September off, Sunday 6 September worked
    2019-04-26  4   2019-05-05  the changed Labour Day: two worked Sundays
    2020-01-23  1   2020-02-03  the lengthened Spring Festival
    2007-12-31  1   NoNotice    the year before the first
    2026-12-30  2   NoNotice    the year after the last
    2027-03-01  0   NoNotice    nothing added, but nothing known either
"""


@pytest.mark.parametrize("row", DRAWN.strip().splitlines()[1:])
def test_adding_as_drawn(row: str) -> None:
    start, number, ends, _because = row.split(maxsplit=3)
    if ends == "NoNotice":
        with pytest.raises(NoNotice):
            CALENDAR.add_workdays(date.fromisoformat(start), int(number))
    else:
        assert CALENDAR.add_workdays(date.fromisoformat(start), int(number)) == date.fromisoformat(ends)


@given(known_days.filter(lambda day: day.year < 2026), st.integers(0, 200))
def test_adding_equals_its_slow_twin(start: date, number: int) -> None:
    assert CALENDAR.add_workdays(start, number) == add_day_by_day(start, number)


@given(known_days, st.integers(0, 400))
def test_counting_equals_its_slow_twin_and_is_antisymmetric(after: date, span: int) -> None:
    through = min(after + timedelta(days=span), CALENDAR.last_day)
    counted = CALENDAR.count_workdays(after, through)
    assert counted == count_day_by_day(after, through)
    assert CALENDAR.count_workdays(through, after) == -counted


@given(known_days.filter(lambda day: day.year < 2026), st.integers(0, 200))
def test_counting_undoes_adding(start: date, number: int) -> None:
    assert CALENDAR.count_workdays(start, CALENDAR.add_workdays(start, number)) == number


@given(known_days.filter(lambda day: day.year < 2026), st.integers(1, 200), st.integers(0, 30))
def test_a_later_start_never_ends_earlier(start: date, number: int, later: int) -> None:
    assert CALENDAR.add_workdays(start, number) <= CALENDAR.add_workdays(start + ONE_DAY * later, number)
    assert CALENDAR.add_workdays(start, number) < CALENDAR.add_workdays(start, number + 1)


@given(known_days.filter(lambda day: day < date(2026, 12, 31)))
def test_the_next_workday_is_worked_and_none_lies_between(day: date) -> None:
    following = CALENDAR.next_workday(day)
    assert following > day
    assert CALENDAR.is_workday(following)
    assert CALENDAR.count_workdays(day, following) == 1


@given(days_into_the_future, st.integers(0, 300))
def test_estimates_take_monday_to_friday_where_no_notice_is(start: date, number: int) -> None:
    day, left = start, number
    while left:
        day += ONE_DAY
        left -= works_or_guessed(day)
    assert estimate_workdays(CALENDAR, start, number) == day
    assert estimate_count(CALENDAR, start, day) == number


@given(days_into_the_future, st.integers(0, 400))
def test_estimated_counts_equal_their_slow_twin(after: date, span: int) -> None:
    days = [after + timedelta(days=offset) for offset in range(1, span + 1)]
    assert estimate_count(CALENDAR, after, after + timedelta(days=span)) == sum(map(works_or_guessed, days))


@pytest.mark.parametrize("start", [date(2017, 6, 19), date(2026, 12, 30), date(2027, 5, 1)])
def test_a_negative_number_is_refused(start: date) -> None:
    with pytest.raises(ValueError, match="负数"):
        estimate_workdays(CALENDAR, start, -1)
    with pytest.raises(ValueError, match="负数"):
        explain_workdays(CALENDAR, start, -1)


@pytest.mark.parametrize(("day", "year"), [(date(2007, 12, 31), 2007), (date(2027, 1, 1), 2027)])
def test_a_day_outside_names_its_year_and_the_remedy(day: date, year: int) -> None:
    with pytest.raises(NoNotice, match=rf"^{year} 年的放假通知还没有录入.*calendars/{year}\.toml") as caught:
        CALENDAR.is_workday(day)
    assert caught.value.year == year


REASONS = """
    2017-01-21  off     周末
    2017-01-22  worked  补班（春节）
    2017-01-23  worked  工作日
    2017-01-28  off     春节
    2017-10-04  off     中秋节、国庆节
    2015-09-05  off     抗战胜利70周年纪念日
    2020-02-01  off     春节
    2011-12-31  worked  补班（元旦）
"""


@pytest.mark.parametrize("row", REASONS.strip().splitlines())
def test_each_day_has_its_reason(row: str) -> None:
    day, works, why = row.split()
    described = CALENDAR.describe(date.fromisoformat(day))
    assert (described.works, described.why) == (works == "worked", why)


@given(st.dates(date(2008, 1, 1), date(2027, 6, 1)), st.integers(0, 60))
def test_the_lines_of_an_explanation_add_up(start: date, number: int) -> None:
    lines = explain_workdays(CALENDAR, start, number)
    assert [line.day for line in lines] == [start + timedelta(days=offset) for offset in range(len(lines))]
    assert [line.number for line in lines if line.number] == list(range(1, number + 1))
    assert lines[-1].day == estimate_workdays(CALENDAR, start, number)
    for line in lines[1:]:
        assert (line.number is not None) == works_or_guessed(line.day)
        assert ("暂按工作日计" in line.why) == (works_or_guessed(line.day) and not CALENDAR.knows(line.day))
