"""The due day of a period of working days after everything that happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from yangguang.rules.clock.deadline import Deadline, deadline_on
from yangguang.rules.clock.events import Event, Extend, Pause, Reset, Resume, WorkdayClock, checked_events
from yangguang.rules.workdays import Calendar, estimate_count, estimate_workdays


@dataclass(frozen=True)
class _Run:
    """The period so far: what it needs, what was counted up to `since`, and the open pause."""

    since: date
    needed: int
    counted: int = 0
    paused_by: Pause | None = None


def due(calendar: Calendar, clock: WorkdayClock, events: Iterable[Event], *, today: date) -> Deadline:
    """The deadline as it stands on `today`; events after that day are not looked at.

    While the clock is paused the deadline is provisional: the day it would be if the answer came
    today. A pause on or after the due day and an extension after it change nothing, for what is
    over cannot be stopped. Raises ClockProblem for events that cannot all be true and NoNotice for
    a receipt before the first year of the calendar.
    """
    run = _Run(clock.received, clock.workdays)
    for event in checked_events(clock, (event for event in events if event.on <= today)):
        run = _after(calendar, clock, run, event)
    if run.paused_by is None:
        return deadline_on(calendar, _due_on(calendar, run))
    open_pause = run.paused_by
    resumed = replace(run, since=today, paused_by=None)
    end = deadline_on(calendar, _due_on(calendar, resumed))
    reason = f"自 {open_pause.on} 起暂停（{open_pause.why}），此为假定 {today} 恢复时的期限"
    return Deadline(end.due_on, True, "；".join(part for part in (reason, end.reason) if part))


def _after(calendar: Calendar, clock: WorkdayClock, run: _Run, event: Event) -> _Run:
    match event:
        case Reset():
            return _Run(event.on, clock.workdays)
        case Resume():
            return replace(run, since=event.on, paused_by=None) if run.paused_by else run
        case Pause():
            if event.on >= _due_on(calendar, run):
                return run
            counted = run.counted + estimate_count(calendar, run.since, event.on)
            return replace(run, since=event.on, counted=counted, paused_by=event)
        case Extend():
            if run.paused_by is None and event.on > _due_on(calendar, run):
                return run
            return replace(run, needed=run.needed + event.workdays)


def _due_on(calendar: Calendar, run: _Run) -> date:
    return estimate_workdays(calendar, run.since, run.needed - run.counted)
