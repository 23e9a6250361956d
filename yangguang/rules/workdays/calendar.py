"""Working days (工作日): Monday to Friday, less the days off, plus the weekend days worked.

A working day is a whole Shanghai date, never a span of hours and never a UTC date.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from yangguang.rules.workdays.notices import CalendarYear, NamedDay, NoticeProblem, named_days


class NoNotice(LookupError):
    """A day of a year whose notice is not recorded. `year` is that year; the text is for users."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"{year} 年的放假通知还没有录入：请把国务院办公厅的通知录入 calendars/{year}.toml 后再算"
        )


@dataclass(frozen=True)
class Day:
    """One day: whether it is worked, and why, in Chinese (工作日, 周末, 春节, 补班（春节）)."""

    day: date
    works: bool
    why: str


@dataclass(frozen=True)
class Calendar:
    """The working days of an unbroken run of years.

    Every question about another year raises NoNotice. Counting and adding take constant time:
    the running totals are made once, here.
    """

    years: tuple[CalendarYear, ...]
    first_day: date = field(init=False, repr=False, compare=False)
    last_day: date = field(init=False, repr=False, compare=False)
    _named: dict[date, NamedDay] = field(init=False, repr=False, compare=False)
    _totals: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _workdays: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raises NoticeProblem for no year, a gap between years, or a notice that contradicts itself."""
        numbers = [calendar_year.year for calendar_year in self.years]
        if not numbers:
            raise NoticeProblem("一年的放假通知都没有，请至少录入一年")
        for expected, found in enumerate(numbers, start=numbers[0]):
            if found != expected:
                raise NoticeProblem(
                    f"年份须连续：缺 {expected} 年或顺序有误，请补上 calendars/{expected}.toml"
                )
        named: dict[date, NamedDay] = {}
        for calendar_year in self.years:
            named |= named_days(calendar_year)
        first_day, last_day = date(numbers[0], 1, 1), date(numbers[-1], 12, 31)
        days = [first_day + timedelta(days=offset) for offset in range((last_day - first_day).days + 1)]
        worked = [named[day].works if day in named else day.weekday() < 5 for day in days]
        derived = {
            "first_day": first_day,
            "last_day": last_day,
            "_named": named,
            "_totals": (0, *accumulate(worked)),
            "_workdays": tuple(day for day, works in zip(days, worked, strict=True) if works),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def knows(self, day: date) -> bool:
        """Whether the notice for the day's year is recorded."""
        return self.first_day <= day <= self.last_day

    def is_workday(self, day: date) -> bool:
        """Whether the day is a working day."""
        position = self._position(day)
        return self._totals[position + 1] > self._totals[position]

    def count_workdays(self, after: date, through: date) -> int:
        """Working days after `after`, up to and including `through`.

        This is the number of the last working day when `after` is the day of receipt, which is not
        counted. Negative when `through` is the earlier day.
        """
        return self._totals[self._position(through) + 1] - self._totals[self._position(after) + 1]

    def add_workdays(self, start: date, number: int) -> date:
        """The `number`-th working day after `start`, which is itself not counted; `start` for 0.

        Raises ValueError for a negative number.
        """
        if number < 0:
            raise ValueError("工作日数不能是负数")
        if number == 0:
            self._position(start)
            return start
        index = self._totals[self._position(start) + 1] + number - 1
        if index >= len(self._workdays):
            raise NoNotice(self.last_day.year + 1)
        return self._workdays[index]

    def next_workday(self, day: date) -> date:
        """The first working day after the day."""
        return self.add_workdays(day, 1)

    def describe(self, day: date) -> Day:
        """The day with the reason why it is worked or off."""
        works = self.is_workday(day)
        named = self._named.get(day)
        if named is None:
            return Day(day, works, "工作日" if works else "周末")
        if not works:
            return Day(day, works, named.festival)
        return Day(day, works, f"补班（{named.festival}）")

    def _position(self, day: date) -> int:
        position = day.toordinal() - self.first_day.toordinal()
        if not 0 <= position < len(self._totals) - 1:
            raise NoNotice(day.year)
        return position
