"""Working moments: when offices put things online."""

import datetime as dt
from random import Random

from yangguang.directory.clock import SHANGHAI
from yangguang.rules.workdays import Calendar


def workday_between(calendar: Calendar, lot: Random, first: dt.date, last: dt.date) -> dt.date | None:
    """A working day in [first, last] by lot, or None where there is none."""
    span = (last - first).days + 1
    days = [first + dt.timedelta(days=number) for number in range(max(span, 0))]
    working = [day for day in days if calendar.is_workday(day)]
    return lot.choice(working) if working else None


def in_office_hours(lot: Random, day: dt.date) -> dt.datetime:
    """A moment of that day between nine and twelve, or two and half past five, Shanghai time."""
    minute = lot.choice([*range(9 * 60, 12 * 60), *range(14 * 60, 17 * 60 + 30)])
    return dt.datetime.combine(day, dt.time(minute // 60, minute % 60, lot.randrange(60)), SHANGHAI)
