"""Cases that move on: each is accepted, examined and decided on days of its own, and is listed as it stands on a day."""

import datetime as dt
from random import Random

from yangguang.directory.calendars import shipped_calendar
from yangguang.sample.conduct import dice
from yangguang.sample.registers.cells import Value

MOVING = frozenset(("food-licensing",))
"""Registers whose rows of earlier months stand in every version, each as far as it has come."""

_TERM = 20
"""Working days from acceptance to the decision: 行政许可法第四十二条 (二十日), 第八十二条 (工作日)."""
_VALID = dt.timedelta(days=5 * 365)
_SLOW, _REFUSED = 0.12, 0.07
_LATER = ("examined_on", "examination", "decided_on", "decision", "licence_no", "valid_until")


def stand(row: dict[str, Value], on: dt.date) -> bool:
    """Set the row's days, and empty what has not come on that day. False where it is not accepted yet."""
    calendar = shipped_calendar()
    opened, number = row["accepted_on"], row["receipt_no"]
    assert isinstance(opened, dt.date)  # noqa: S101 every moving register has the column
    lot = dice("stages", str(number))
    accepted = opened if calendar.is_workday(opened) else calendar.next_workday(opened)
    promised = calendar.add_workdays(accepted, _TERM)
    examined = calendar.add_workdays(accepted, lot.randint(2, 8))
    decided = _decided(lot, examined, promised)
    refused = lot.random() < _REFUSED
    row |= {
        "accepted_on": accepted,
        "promised_on": promised,
        "examined_on": examined,
        "examination": "不符合" if refused else "符合",
        "decided_on": decided,
        "decision": "不予许可" if refused else "准予许可",
        "stage": "已办结",
        "valid_until": decided + _VALID,
    }
    if on < examined:
        row |= dict.fromkeys(_LATER)
        row["stage"] = "已受理"
    elif on < decided:
        row |= dict.fromkeys(_LATER[2:])
        row["stage"] = "审查中"
    elif refused:
        row |= {"licence_no": None, "valid_until": None}
    return accepted <= on


def _decided(lot: Random, examined: dt.date, promised: dt.date) -> dt.date:
    calendar = shipped_calendar()
    if lot.random() < _SLOW:
        return calendar.add_workdays(promised, lot.randint(3, 25))
    return calendar.add_workdays(examined, lot.randint(1, 10))
