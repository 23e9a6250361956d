"""Periods of working days and of calendar days, from the day of receipt to the due day.

The day on which a period begins is not counted: 《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》
(法释〔2018〕1号) Art. 48 ¶2. The 政府信息公开条例 (2019, Art. 33) counts its answer periods from the day of
receipt and has no counting rule of its own; practice follows Art. 48.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from yangguang.rules.workdays import Calendar, estimate_day, estimate_workdays


@dataclass(frozen=True)
class Deadline:
    """The last day in time.

    `provisional` (暂定) is True when the day can still change; `reason` then says why, in Chinese,
    and is empty otherwise.
    """

    due_on: date
    provisional: bool = False
    reason: str = ""


def workday_period(calendar: Calendar, received: date, workdays: int) -> Deadline:
    """A period of working days: its last day is the `workdays`-th working day after receipt.

    Provisional when it reaches past the last notice. Raises NoNotice for a receipt before the first
    year of the calendar and ValueError for a negative number.
    """
    return deadline_on(calendar, estimate_workdays(calendar, received, workdays))


def calendar_period(calendar: Calendar, received: date, days: int) -> Deadline:
    """A period of calendar days, days off included.

    Where its last day is a day off it ends on the next working day (法释〔2018〕1号 Art. 48 ¶3).
    Provisional and raising as `workday_period`.
    """
    if days < 0:
        raise ValueError("天数不能是负数")
    last = received + timedelta(days=days)
    if not estimate_day(calendar, last).works:
        last = estimate_workdays(calendar, last, 1)
    return deadline_on(calendar, last)


def deadline_on(calendar: Calendar, due_on: date) -> Deadline:
    """The deadline on a computed day, provisional when that day lies past the last notice."""
    if due_on <= calendar.last_day:
        return Deadline(due_on)
    years = [str(year) for year in range(calendar.last_day.year + 1, due_on.year + 1)]
    reason = f"{'、'.join(years)} 年的放假通知还没有录入，周一至周五暂按工作日计"
    return Deadline(due_on, provisional=True, reason=reason)
