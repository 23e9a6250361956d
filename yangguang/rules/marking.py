"""Task 5.8: mark what was abolished or has expired, within ten working days of the cleaning-up's result.

Two cases. A document on the unit's own site is marked by the unit itself: the plan sets no number of days
for it, so it is measured by the same ten, and the page says so. For a document on the portal the unit asks
the portal's manager within ten working days (方案 5.8：“十个工作日内，提请……更改标注”).
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from yangguang.rules.clock import Deadline, workday_period
from yangguang.rules.workdays import Calendar, estimate_count

WORKDAYS = 10


class State(StrEnum):
    """How a duty to mark stands; NONE where there is nothing to mark (not found, or still in force)."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    NOT_YET = "not_yet"
    NONE = "none"


@dataclass(frozen=True)
class Duty:
    """One duty to mark: what it is measured by, when it was met, and by how many working days too late."""

    state: State
    deadline: Deadline
    met_on: dt.date | None
    workdays_late: int = 0


def duty(calendar: Calendar, *, decided_on: dt.date, met_on: dt.date | None, today: dt.date) -> Duty:
    """The duty as it stands on `today`.

    `decided_on` is the day of the cleaning-up's result (not counted), `met_on` the day on which the document
    was marked or, where the unit must ask, on which it asked. Raises NoNotice for a result before the
    calendar's first year.
    """
    deadline = workday_period(calendar, decided_on, WORKDAYS)
    if met_on is not None and met_on > today:
        met_on = None
    end = met_on or today
    late = estimate_count(calendar, deadline.due_on, end) if end > deadline.due_on else 0
    if met_on is not None:
        return Duty(State.LATE if late else State.ON_TIME, deadline, met_on, late)
    return Duty(State.MISSING if end > deadline.due_on else State.NOT_YET, deadline, None, late)
