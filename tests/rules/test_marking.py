"""The ten working days of task 5.8."""

import datetime as dt

import pytest

from yangguang.directory.calendars import shipped_calendar
from yangguang.rules.marking import State, duty

DECIDED = dt.date(2017, 9, 19)
DUE = dt.date(2017, 10, 9)  # 2017-09-30 was a working Saturday, 1 to 8 October were off.


@pytest.mark.parametrize(
    ("met", "today", "state", "late"),
    [
        (None, "2017-10-09", State.NOT_YET, 0),
        (None, "2017-10-10", State.MISSING, 1),
        (None, "2017-10-16", State.MISSING, 5),
        ("2017-10-09", "2017-11-30", State.ON_TIME, 0),
        ("2017-09-01", "2017-11-30", State.ON_TIME, 0),
        ("2017-10-11", "2017-11-30", State.LATE, 2),
        ("2017-10-11", "2017-10-10", State.MISSING, 1),
    ],
)
def test_marking_is_judged_by_working_days(met: str | None, today: str, state: State, late: int) -> None:
    found = duty(
        shipped_calendar(),
        decided_on=DECIDED,
        met_on=dt.date.fromisoformat(met) if met else None,
        today=dt.date.fromisoformat(today),
    )
    assert (found.deadline.due_on, found.state, found.workdays_late) == (DUE, state, late)
