"""A period told day by day: which days counted, which did not, and why.

It walks the days one at a time and shares no arithmetic with `due`: each checks the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from yangguang.rules.clock.events import Event, Extend, Pause, Reset, Resume, WorkdayClock, checked_events
from yangguang.rules.workdays import Calendar, CountedDay, estimate_day


@dataclass
class _Walk:
    """Where the walk stands. `expired`: the period was over before this day began."""

    needed: int
    counted: int = 0
    expired: bool = False
    paused_by: Pause | None = None
    lines: list[CountedDay] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.counted >= self.needed


def explain(
    calendar: Calendar, clock: WorkdayClock, events: Iterable[Event], *, today: date
) -> tuple[CountedDay, ...]:
    """Every day from receipt to the due day (to the last event, if that is later), in order.

    The last numbered line is the due day that `due` gives for the same arguments. Raises as `due`.
    """
    waiting = list(checked_events(clock, (event for event in events if event.on <= today)))
    walk = _Walk(clock.workdays)
    day = clock.received
    while waiting or not walk.over:
        todays = [event for event in waiting if event.on == day]
        waiting = waiting[len(todays) :]
        _tell(walk, calendar, clock, day, todays)
        if walk.paused_by and not waiting and day >= today:
            walk.paused_by = None
        day += timedelta(days=1)
    return tuple(walk.lines)


def _tell(walk: _Walk, calendar: Calendar, clock: WorkdayClock, day: date, todays: list[Event]) -> None:
    fact = estimate_day(calendar, day)
    number, why = None, fact.why
    walk.expired = walk.over
    if day == clock.received:
        why = f"收到当日不计（{fact.why}）"
    elif walk.expired:
        why = f"期限已过（{fact.why}）"
    elif walk.paused_by:
        why = f"暂停：{walk.paused_by.why}（{fact.why}）"
    elif fact.works:
        walk.counted += 1
        number = walk.counted
    notes = [_note(walk, clock, event) for event in todays]
    if any(isinstance(event, Reset) for event in todays):
        number = None
    walk.lines.append(CountedDay(day, number, "；".join([why, *notes])))


def _note(walk: _Walk, clock: WorkdayClock, event: Event) -> str:
    match event:
        case Reset():
            walk.needed, walk.counted = clock.workdays, 0
            walk.expired, walk.paused_by = False, None
            return f"{event.why}，当日不计，次日起重新计算"
        case Resume():
            resumed, walk.paused_by = walk.paused_by is not None, None
            return f"{event.why}，次日起恢复计算" if resumed else event.why
        case Pause():
            if walk.over:
                return f"{event.why}：期限已满，不再暂停"
            walk.paused_by = event
            return f"{event.why}，次日起暂停计算"
        case Extend():
            if walk.expired:
                return f"{event.why}：期限已过，不能再延长"
            walk.needed += event.workdays
            return f"{event.why} {event.workdays} 个工作日"
