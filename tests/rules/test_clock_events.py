"""A period that events move: drawn cases, what is refused, and two computations that must agree."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.clock import (
    ClockProblem,
    Event,
    Extend,
    Pause,
    Reset,
    Resume,
    WorkdayClock,
    due,
    explain,
)

CALENDAR = shipped_calendar()
LATER = date(2030, 1, 1)
# Monday 5 June 2017; the weeks to the end of July have no day off but weekends.
RECEIVED = date(2017, 6, 5)
KINDS = {"reset": Reset, "pause": Pause, "resume": Resume}


def drawn_events(text: str) -> list[Event]:
    """`pause 06-07, extend 06-20 +5` as events of 2017."""
    events: list[Event] = []
    for phrase in filter(None, (part.strip() for part in text.split(","))):
        kind, day, *more = phrase.split()
        on = date.fromisoformat(f"2017-{day}")
        events.append(Extend(on, int(more[0])) if kind == "extend" else KINDS[kind](on))
    return events


# Ten working days from Monday 5 June, lengthened by at most ten.
DRAWN = """
    06-19 |                                        | nothing happened
    06-22 | reset 06-08                            | ten days anew from Thursday 8 June
    06-22 | reset 06-07, reset 06-08               | the last completion counts
    06-22 | pause 06-07, resume 06-12              | 8, 9 and 12 June are not counted
    06-19 | pause 06-09, resume 06-11              | a pause over a weekend costs nothing
    06-21 | pause 06-07, resume 06-08, pause 06-13, resume 06-14 | two pauses of a day
    06-19 | pause 06-07, resume 06-07              | asked and answered on one day
    07-03 | extend 06-19 +10                       | lengthened on the last day
    06-26 | extend 06-15 +5                        | lengthened by five
    06-19 | extend 06-20 +5                        | a day late: nothing is lengthened
    06-19 | pause 06-19, resume 06-28              | asked on the last day: the period was used up
    06-19 | pause 06-26, resume 06-28              | asked after the end
    06-23 | pause 06-07, reset 06-09               | a completion ends a pause
    07-04 | extend 06-12 +5, reset 06-20           | a completion after the end: a new period
    07-11 | extend 06-12 +5, reset 06-20, extend 06-21 +5 | which may be lengthened once
    06-29 | pause 06-07, extend 06-08 +5, resume 06-12 | lengthened within a pause
"""


@pytest.mark.parametrize("row", DRAWN.strip().splitlines())
def test_events_as_drawn(row: str) -> None:
    ends, events, _because = (cell.strip() for cell in row.split("|"))
    deadline = due(CALENDAR, WorkdayClock(RECEIVED, 10, 10), drawn_events(events), today=LATER)
    assert (deadline.due_on.isoformat(), deadline.provisional) == (f"2017-{ends}", False)


REFUSED = """
    pause 06-01                        | 早于收到之日 2017-06-05
    pause 06-07, pause 06-08           | 已在暂停中
    resume 06-07                       | 并未暂停
    pause 06-06, reset 06-07, resume 06-08 | 并未暂停
    extend 06-07 +11                   | 只能延长 1 至 10 个工作日
    extend 06-07 +0                    | 只能延长 1 至 10 个工作日
    extend 06-07 +5, extend 06-08 +5   | 只能延长一次
"""


@pytest.mark.parametrize("row", REFUSED.strip().splitlines())
def test_events_that_cannot_all_be_true_are_refused(row: str) -> None:
    events, says = (cell.strip() for cell in row.split("|"))
    with pytest.raises(ClockProblem, match=says):
        due(CALENDAR, WorkdayClock(RECEIVED, 10, 10), drawn_events(events), today=LATER)


def test_a_clock_without_extension_refuses_one() -> None:
    with pytest.raises(ClockProblem, match="不得延长"):
        due(CALENDAR, WorkdayClock(RECEIVED, 10), [Extend(RECEIVED, 1)], today=LATER)


@pytest.mark.parametrize(("workdays", "most"), [(0, 0), (10, -1)])
def test_a_clock_needs_a_period(workdays: int, most: int) -> None:
    with pytest.raises(ClockProblem, match="期限至少一个工作日"):
        WorkdayClock(RECEIVED, workdays, most)


def test_while_paused_the_deadline_is_provisional_and_moves_with_today() -> None:
    clock, asked = WorkdayClock(RECEIVED, 10), [Pause(date(2017, 6, 7), "征求第三方意见")]
    first = due(CALENDAR, clock, asked, today=date(2017, 6, 8))
    assert (first.due_on, first.provisional) == (date(2017, 6, 20), True)
    assert first.reason == "自 2017-06-07 起暂停（征求第三方意见），此为假定 2017-06-08 恢复时的期限"
    assert due(CALENDAR, clock, asked, today=date(2017, 6, 9)).due_on == date(2017, 6, 21)


def test_events_after_today_are_not_looked_at() -> None:
    clock = WorkdayClock(RECEIVED, 10)
    assert due(CALENDAR, clock, drawn_events("reset 06-08"), today=date(2017, 6, 7)).due_on == date(
        2017, 6, 19
    )


def test_a_clock_that_reaches_past_the_last_notice_is_provisional() -> None:
    deadline = due(CALENDAR, WorkdayClock(date(2026, 12, 25), 10), [], today=date(2026, 12, 26))
    assert deadline.provisional
    assert "2027 年的放假通知还没有录入" in deadline.reason


EXPLAINED = """
    2017-06-05 – 收到当日不计（工作日）
    2017-06-06 1 工作日
    2017-06-07 2 工作日；征求意见，次日起暂停计算
    2017-06-08 – 暂停：征求意见（工作日）
    2017-06-09 – 暂停：征求意见（工作日）；收到意见，次日起恢复计算
    2017-06-10 – 周末
    2017-06-11 – 周末
    2017-06-12 3 工作日；延长期限 1 个工作日
    2017-06-13 4 工作日
"""


def test_an_explanation_tells_every_day() -> None:
    events = drawn_events("pause 06-07, resume 06-09, extend 06-12 +1")
    lines = explain(CALENDAR, WorkdayClock(RECEIVED, 3, 1), events, today=LATER)
    told = [f"{line.day} {line.number or '–'} {line.why}" for line in lines]
    assert told == [row.strip() for row in EXPLAINED.strip().splitlines()]


def test_what_came_too_late_is_told_too() -> None:
    events = drawn_events("pause 06-07, resume 06-08, extend 06-09 +1, reset 06-12")
    lines = explain(CALENDAR, WorkdayClock(RECEIVED, 2, 1), events, today=LATER)
    told = {line.day.day: line.why for line in lines}
    assert told[7] == "工作日；征求意见：期限已满，不再暂停"
    assert told[8] == "期限已过（工作日）；收到意见"
    assert told[9] == "期限已过（工作日）；延长期限：期限已过，不能再延长"
    assert told[12] == "期限已过（工作日）；收到补正材料，当日不计，次日起重新计算"
    assert [line.number for line in lines if line.day.day > 12] == [1, 2]


received_days = st.dates(date(2016, 1, 1), date(2027, 3, 1))
event_kinds = st.sampled_from(["reset", "pause", "resume", "extend"])


@st.composite
def histories(draw: st.DrawFn) -> tuple[WorkdayClock, list[Event], date]:
    """A clock, events that are valid together, and a today."""
    clock = WorkdayClock(draw(received_days), draw(st.integers(1, 25)), draw(st.integers(1, 25)))
    events: list[Event] = []
    day, paused, extended = clock.received, False, False
    for kind in draw(st.lists(event_kinds, max_size=6)):
        day += timedelta(days=draw(st.integers(0, 12)))
        if kind == "reset":
            events.append(Reset(day))
            paused = extended = False
        elif kind == "extend" and not extended:
            events.append(Extend(day, draw(st.integers(1, clock.max_extension))))
            extended = True
        elif kind in ("pause", "resume"):
            events.append(Resume(day) if paused else Pause(day))
            paused = not paused
    return clock, events, clock.received + timedelta(days=draw(st.integers(0, 90)))


@given(histories())
def test_the_last_day_counted_in_the_explanation_is_the_due_day(
    history: tuple[WorkdayClock, list[Event], date],
) -> None:
    clock, events, today = history
    lines = explain(CALENDAR, clock, events, today=today)
    numbered = [line for line in lines if line.number]
    assert numbered[-1].day == due(CALENDAR, clock, events, today=today).due_on
    assert [line.day for line in lines] == [
        clock.received + timedelta(days=offset) for offset in range(len(lines))
    ]


@given(received_days, st.integers(2, 30), st.integers(0, 40), st.integers(0, 40))
def test_a_pause_shifts_the_due_day_by_the_working_days_it_covers(
    received: date, workdays: int, until: int, length: int
) -> None:
    assume(received.year < 2026)
    clock = WorkdayClock(received, workdays)
    asked = received + timedelta(days=until)
    answered = asked + timedelta(days=length)
    assume(asked < CALENDAR.add_workdays(received, workdays))
    shifted = CALENDAR.add_workdays(received, workdays + CALENDAR.count_workdays(asked, answered))
    assert due(CALENDAR, clock, [Pause(asked), Resume(answered)], today=LATER).due_on == shifted


@given(received_days, st.integers(1, 30), st.integers(0, 60))
def test_a_reset_is_a_fresh_period_from_its_day(received: date, workdays: int, after: int) -> None:
    again = received + timedelta(days=after)
    fresh = due(CALENDAR, WorkdayClock(again, workdays), [], today=LATER)
    assert due(CALENDAR, WorkdayClock(received, workdays), [Reset(again)], today=LATER) == fresh
