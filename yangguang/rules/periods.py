"""The periods of a duty: which there are in a plan's year, and when each is due.

A period is a stretch of the calendar that something is published about (2017-08, 2017Q3, 2017H1, 2017,
a day), or one event ("#214", the number of the journal line that told of it). The first period of a plan
is the first that ends on or after the day the plan was issued; the last one lies in the plan's year.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

ONE_DAY = dt.timedelta(days=1)


class Kind(StrEnum):
    """How the periods of a duty follow each other."""

    DAILY = "daily"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ONCE = "once"
    EVENT = "event"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Period:
    """One due occurrence. `due_on` is None where nothing can be due (no stated term, no known event).

    `basis` is the Chinese sentence that says where the deadline comes from, with its full stop.
    `measure` is a quantity that the plan promises and that a text cannot be checked for ("11座").
    """

    kind: Kind
    key: str
    label: str
    opens_on: dt.date
    ends_on: dt.date
    due_on: dt.date | None = None
    provisional: bool = False
    basis: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the calendar with its key and its Chinese name."""

    key: str
    label: str
    opens_on: dt.date
    ends_on: dt.date


def _day(day: dt.date) -> Span:
    return Span(day.isoformat(), f"{day.year}年{day.month}月{day.day}日", day, day)


def _month(day: dt.date) -> Span:
    opens, ends = _months(day.year, day.month, 1)
    return Span(f"{day:%Y-%m}", f"{day.year}年{day.month}月", opens, ends)


def _quarter(day: dt.date) -> Span:
    number = (day.month + 2) // 3
    opens, ends = _months(day.year, 3 * number - 2, 3)
    return Span(f"{day.year}Q{number}", f"{day.year}年第{'一二三四'[number - 1]}季度", opens, ends)


def _half(day: dt.date) -> Span:
    number = 1 if day.month <= 6 else 2
    opens, ends = _months(day.year, 6 * number - 5, 6)
    return Span(f"{day.year}H{number}", f"{day.year}年{'上下'[number - 1]}半年", opens, ends)


def _year(day: dt.date) -> Span:
    return Span(f"{day.year}", f"{day.year}年", dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))


_SPANS: dict[Kind, Callable[[dt.date], Span]] = {
    Kind.DAILY: _day,
    Kind.MONTHLY: _month,
    Kind.QUARTERLY: _quarter,
    Kind.HALF_YEARLY: _half,
    Kind.YEARLY: _year,
    Kind.ONCE: _year,
    Kind.EVENT: _year,
    Kind.INTERNAL: _year,
}


def span_on(kind: Kind, day: dt.date) -> Span:
    """The span of a kind that holds a day. Where periods do not repeat it is the year."""
    return _SPANS[kind](day)


def span_of(key: str) -> Span:
    """The span that a key names: "2017-08-14", "2017-08", "2017Q3", "2017H1" or "2017".

    Raises ValueError for anything else.
    """
    year, rest = int(key[:4]) if key[:4].isdecimal() else 0, key[4:]
    first = dt.date(year, 1, 1) if dt.MINYEAR <= year <= dt.MAXYEAR else None
    if first is not None and not rest:
        return _year(first)
    if first is not None and rest in {"Q1", "Q2", "Q3", "Q4"}:
        return _quarter(first.replace(month=3 * int(rest[1])))
    if first is not None and rest in {"H1", "H2"}:
        return _half(first.replace(month=6 * int(rest[1])))
    try:
        if len(key) == len("2017-08"):
            return _month(dt.date.fromisoformat(f"{key}-01"))
        return _day(dt.date.fromisoformat(key))
    except ValueError as problem:
        raise ValueError(f"“{key}”不是所属期：请写 2017-08-14、2017-08、2017Q3、2017H1 或 2017") from problem


def lies_within(key: str, period: str) -> bool:
    """Whether the span of a key lies within that of a period; no for a text that is no key.

    >>> lies_within("2017-08", "2017Q3")
    True
    """
    outer = span_of(period)
    try:
        inner = span_of(key)
    except ValueError:
        return False
    return outer.opens_on <= inner.opens_on and inner.ends_on <= outer.ends_on


def keys_within(period: str) -> tuple[str, ...]:
    """The keys of all spans that lie within a period, from days to years, its own among them."""
    outer = span_of(period)
    found = []
    for kind in (Kind.DAILY, Kind.MONTHLY, Kind.QUARTERLY, Kind.HALF_YEARLY, Kind.YEARLY):
        span = span_on(kind, outer.opens_on)
        while span.ends_on <= outer.ends_on:
            if outer.opens_on <= span.opens_on:
                found.append(span.key)
            span = span_on(kind, span.ends_on + ONE_DAY)
    return tuple(found)


def spans(kind: Kind, *, issued_on: dt.date, year: int) -> Iterator[Span]:
    """From the first span that ends on or after the plan's issue to the last of the plan's year."""
    span = span_on(kind, max(issued_on, dt.date(year, 1, 1)))
    while span.opens_on.year <= year:
        yield span
        span = span_on(kind, span.ends_on + ONE_DAY)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month; months beyond December run on into the next years."""
    return _months(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)[1]


def _months(year: int, first: int, count: int) -> tuple[dt.date, dt.date]:
    """First and last day of `count` months from month `first`, within one year."""
    after = dt.date(year + (first + count - 1) // 12, (first + count - 1) % 12 + 1, 1)
    return dt.date(year, first, 1), after - ONE_DAY
