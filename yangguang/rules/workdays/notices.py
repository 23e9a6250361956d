"""What a State Council notice says: which days are off, which weekend days are worked.

The seven festivals are set by 《全国年节及纪念日放假办法》; each year's notice by the General Office of
the State Council (国务院办公厅关于…年部分节假日安排的通知) says how they are joined with weekends and
which weekend days are worked instead (调休).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


class NoticeProblem(ValueError):
    """A notice contradicts itself or its year. The text is one Chinese sentence with the day."""


@dataclass(frozen=True)
class Festival:
    """One festival of a notice: its days off, and the weekend days worked for it.

    `first` and `last` are both days off, and both None where the notice gives this year none.
    """

    name: str
    first: date | None = None
    last: date | None = None
    worked: tuple[date, ...] = ()

    def days_off(self) -> Iterator[date]:
        """Every day from first to last."""
        if self.first is None or self.last is None:
            return
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


@dataclass(frozen=True)
class Notice:
    """One notice, or the part of it that falls into one year.

    `number` is the 文号, empty where it is not known; `verified` says whether it was checked.
    """

    title: str
    number: str
    verified: bool
    festivals: tuple[Festival, ...]
    issued: date | None = None


@dataclass(frozen=True)
class CalendarYear:
    """A year and its notices, the earlier first: what a later notice says of a day stands."""

    year: int
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class NamedDay:
    """A day that a notice names: off or worked, and for which festival."""

    works: bool
    festival: str


def named_days(calendar_year: CalendarYear) -> dict[date, NamedDay]:
    """All days of the year that its notices name, as they finally stand.

    Raises NoticeProblem for a day outside the year, a festival that ends before it begins, a day
    that one notice names twice, and a make-up day that is no day off without the notice.
    """
    standing: dict[date, NamedDay] = {}
    for notice in calendar_year.notices:
        standing |= _named_by(notice, calendar_year.year, standing)
    return standing


def _named_by(notice: Notice, year: int, earlier: dict[date, NamedDay]) -> dict[date, NamedDay]:
    named: dict[date, NamedDay] = {}
    for festival in notice.festivals:
        if (festival.first is None) != (festival.last is None):
            raise NoticeProblem(f"“{festival.name}”的放假须有起止两日，请补上 first 或 last")
        if festival.first and festival.last and festival.last < festival.first:
            raise NoticeProblem(f"“{festival.name}”的放假止日 {festival.last} 早于起日 {festival.first}")
        marks = [(day, False) for day in festival.days_off()] + [(day, True) for day in festival.worked]
        for day, works in marks:
            if day.year != year:
                raise NoticeProblem(f"{day} 不在 {year} 年，请写进 {day.year} 年的文件")
            if day in named:
                raise NoticeProblem(f"同一通知两次写到 {day}，请只留一处")
            if works and _is_worked_anyway(day, earlier):
                raise NoticeProblem(f"{day} 本来就是工作日，不能列为调休上班日，请对照通知改正")
            named[day] = NamedDay(works, festival.name)
    return named


def _is_worked_anyway(day: date, earlier: dict[date, NamedDay]) -> bool:
    if day in earlier:
        return earlier[day].works
    return day.weekday() < 5
