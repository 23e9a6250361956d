"""Legal clocks: from a receipt and what happened since to a due day, and the reasons for it."""

from yangguang.rules.clock.deadline import Deadline, calendar_period, workday_period
from yangguang.rules.clock.events import (
    ClockProblem,
    Event,
    Extend,
    Pause,
    Reset,
    Resume,
    WorkdayClock,
    checked_events,
)
from yangguang.rules.clock.explanation import explain
from yangguang.rules.clock.hours import SHANGHAI, hour_deadline, shanghai_date
from yangguang.rules.clock.running import due

__all__ = [
    "SHANGHAI",
    "ClockProblem",
    "Deadline",
    "Event",
    "Extend",
    "Pause",
    "Reset",
    "Resume",
    "WorkdayClock",
    "calendar_period",
    "checked_events",
    "due",
    "explain",
    "hour_deadline",
    "shanghai_date",
    "workday_period",
]
