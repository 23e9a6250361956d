"""Calendar months: a year's strip, and one month to look at."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.ledger.queries import Standing
from yangguang.portal.presenters import tally
from yangguang.rules.score import Score

LONGEST = 12


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; `key` is 2017-08."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> "Month":
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)


def of(day: dt.date) -> Month:
    return Month(day.year, day.month)


def parse(written: str) -> Month:
    """“2017-08” as a month. Raises ValueError."""
    return of(dt.datetime.strptime(written.strip(), "%Y-%m").date())  # noqa: DTZ007 - a month has no zone


@dataclass(frozen=True)
class Column:
    """One month of a strip: what was due in it. `tallest` is the due count of the fullest month beside it."""

    month: Month
    score: Score
    tallest: int
    is_current: bool

    @property
    def due(self) -> int:
        return due_count(self.score)


def neighbours(standings: Iterable[Standing], month: Month) -> tuple[Month | None, Month | None]:
    """The months before and after, as long as something is due there or further on that side."""
    due = [of(s.verdict.due_on) for s in tally.due(standings) if s.verdict.due_on]
    before = month.plus(-1) if any(one < month for one in due) else None
    after = month.plus(1) if any(one > month for one in due) else None
    return before, after


def due_in(standings: Iterable[Standing], month: Month) -> list[Standing]:
    """What was or will be judged and is due in that month."""
    first, last = month.first, month.last
    return [s for s in tally.due(standings) if s.verdict.due_on and first <= s.verdict.due_on <= last]


def due_count(score: Score) -> int:
    """How many periods a score counts that are or will be judged."""
    return score.judged + score.not_yet + score.provisional


def strip(standings: Iterable[Standing], as_of: dt.date) -> list[Column]:
    """The months from the first due day to the last, by due day, at most twelve.

    Where there are more, the twelve are those that end with the last one, moved back as far as needed
    to hold the day looked at.
    """
    by_month = tally.grouped(tally.due(standings), lambda s: of(s.verdict.due_on or as_of))
    if not by_month:
        return []
    first, last = min(by_month), max(by_month)
    length = _order(last) - _order(first) + 1
    if length > LONGEST:
        latest_start = last.plus(1 - LONGEST)
        first = max(first, min(latest_start, of(as_of)))
        length = LONGEST
    months = [first.plus(step) for step in range(length)]
    scores = [tally.counts(by_month.get(month, [])) for month in months]
    tallest = max(due_count(score) for score in scores)
    return [
        Column(month, score, tallest, month == of(as_of)) for month, score in zip(months, scores, strict=True)
    ]


def _order(month: Month) -> int:
    return month.year * 12 + month.number
