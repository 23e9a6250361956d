"""The quality of a version on a day: what was counted in its rows, its descriptor, and the calendar."""

import datetime as dt
from collections.abc import Iterable

from yangguang.directory.calendars import shipped_calendar
from yangguang.directory.clock import SHANGHAI
from yangguang.registers.models import Version
from yangguang.rules.periods import span_of
from yangguang.rules.tables.quality import Quality, RowFacts, quality
from yangguang.rules.tables.schema import Descriptor


def reach(version: Version, periods: Iterable[str]) -> dt.date:
    """The last day that the data reach: the end of the latest period, or when a list was brought up to date.

    `periods` are those of the register's versions up to this one; what went online is not of a later day.
    """
    online = version.online_at.astimezone(SHANGHAI).date()
    ends = [span_of(period).ends_on for period in periods if period]
    return max(ends) if ends else min(version.made_on or online, online)


def quality_on(facts: RowFacts, descriptor: Descriptor, through: dt.date, on: dt.date) -> Quality:
    """The quality on a day. Data that reach no further than the first working days known are as old as those."""
    calendar = shipped_calendar()
    reached = max(through, calendar.first_day)
    return quality(facts, descriptor, through=reached, on=max(on, reached), calendar=calendar)
