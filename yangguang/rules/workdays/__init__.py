"""Working days from State Council notices: ask, add, count, explain."""

from yangguang.rules.workdays.calendar import Calendar, Day, NoNotice
from yangguang.rules.workdays.estimate import estimate_count, estimate_day, estimate_workdays
from yangguang.rules.workdays.explain import WEEKDAYS, CountedDay, explain_workdays
from yangguang.rules.workdays.notices import CalendarYear, Festival, Notice, NoticeProblem

__all__ = [
    "WEEKDAYS",
    "Calendar",
    "CalendarYear",
    "CountedDay",
    "Day",
    "Festival",
    "NoNotice",
    "Notice",
    "NoticeProblem",
    "estimate_count",
    "estimate_day",
    "estimate_workdays",
    "explain_workdays",
]
