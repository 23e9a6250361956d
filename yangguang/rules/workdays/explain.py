"""Why a count of working days ends where it ends: every day, counted or not, and the reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from yangguang.rules.workdays.calendar import Calendar
from yangguang.rules.workdays.estimate import estimate_day

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@dataclass(frozen=True)
class CountedDay:
    """One line of an explanation: the day, its number in the count or None, and why."""

    day: date
    number: int | None
    why: str

    @property
    def weekday(self) -> str:
        """The day of the week, in Chinese."""
        return WEEKDAYS[self.day.weekday()]


def explain_workdays(calendar: Calendar, start: date, number: int) -> tuple[CountedDay, ...]:
    """Every day from start to the `number`-th working day after it.

    The first line is the start, which is not counted; the last line carries `number`. Days past the
    last notice are estimated and say so. Raises NoNotice for a start before the first year and
    ValueError for a negative number.
    """
    if number < 0:
        raise ValueError("工作日数不能是负数")
    lines = [CountedDay(start, None, f"起算当日不计（{estimate_day(calendar, start).why}）")]
    day, counted = start, 0
    while counted < number:
        day += timedelta(days=1)
        fact = estimate_day(calendar, day)
        counted += fact.works
        lines.append(CountedDay(day, counted if fact.works else None, fact.why))
    return tuple(lines)
