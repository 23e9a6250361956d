"""Deadlines that reach past the last notice: an estimate, never a fact.

The notice for a year comes out late in the year before. Until then Monday to Friday stand in for
its working days, and whoever shows the date says that it is provisional (暂定).
"""

from datetime import date, timedelta

from yangguang.rules.workdays.calendar import Calendar, Day


def estimate_workdays(calendar: Calendar, start: date, number: int) -> date:
    """The `number`-th working day after start; days past the last notice count from Monday to Friday.

    The result is an estimate exactly when it lies past `calendar.last_day`. Raises NoNotice for a
    start before the first year and ValueError for a negative number.
    """
    known_from = min(start, calendar.last_day)
    known = calendar.count_workdays(known_from, calendar.last_day)
    if number <= known and start <= calendar.last_day:
        return calendar.add_workdays(start, number)
    return _add_weekdays(max(start, calendar.last_day), number - known)


def estimate_count(calendar: Calendar, after: date, through: date) -> int:
    """Working days after `after`, up to and including `through` (not the earlier one), as estimated."""
    border = calendar.last_day
    known = calendar.count_workdays(min(after, border), min(through, border))
    return known + _count_weekdays(max(after, border), max(through, border))


def estimate_day(calendar: Calendar, day: date) -> Day:
    """The day with its reason; past the last notice the reason says that it is a guess."""
    if day <= calendar.last_day:
        return calendar.describe(day)
    if day.weekday() < 5:
        return Day(day, True, f"暂按工作日计（{day.year} 年通知未录入）")
    return Day(day, False, "周末")


def _add_weekdays(start: date, number: int) -> date:
    if number < 0:
        raise ValueError("工作日数不能是负数")
    if number == 0:
        return start
    # Counting from the last weekday on or before start makes whole weeks whole.
    base = start - timedelta(days=max(0, start.weekday() - 4))
    weeks, rest = divmod(base.weekday() + number, 5)
    return base - timedelta(days=base.weekday()) + timedelta(weeks=weeks, days=rest)


def _count_weekdays(after: date, through: date) -> int:
    return _weekdays_before(through.toordinal() + 1) - _weekdays_before(after.toordinal() + 1)


def _weekdays_before(ordinal: int) -> int:
    # Ordinal 1 is a Monday.
    weeks, rest = divmod(ordinal - 1, 7)
    return weeks * 5 + min(rest, 5)
