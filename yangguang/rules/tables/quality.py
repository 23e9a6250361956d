"""How good a published table is, worked out from its rows.

A quality is five shares, each a numerator over a denominator that anybody can count in the published file,
its descriptor and the calendar:

    complete     cells with a value                              ÷ cells, in all public columns
    valid        cells that meet all demands of their column     ÷ cells with a value
    unique       rows of a kind (by the key; without one, whole) ÷ rows
    fresh        working days of one promised cycle              ÷ the same + working days overdue
    documented   columns explained, numbers with their unit      ÷ public columns

    score = 100 × the mean of the shares whose denominator is not 0, to one decimal

A table without rows is not measured by its rows, and one that promises no cycle (及时, 适时) not by its
freshness: such shares are left out of the mean, never taken for full or for nothing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from yangguang.rules.duties import USUAL, Term
from yangguang.rules.periods import ONE_DAY, Kind, Span, span_on
from yangguang.rules.tables.constraints import problem_of
from yangguang.rules.tables.outcome import Value
from yangguang.rules.tables.schema import Descriptor, Field, Type
from yangguang.rules.workdays import Calendar, estimate_count


class Part(StrEnum):
    """What a share measures."""

    COMPLETE = "complete"
    VALID = "valid"
    UNIQUE = "unique"
    FRESH = "fresh"
    DOCUMENTED = "documented"


WORDS = {
    Part.COMPLETE: "完整",
    Part.VALID: "合规",
    Part.UNIQUE: "不重复",
    Part.FRESH: "及时",
    Part.DOCUMENTED: "有说明",
}
UNIT_COLUMN = "计量单位"
_CYCLES = {Kind.DAILY, Kind.MONTHLY, Kind.QUARTERLY, Kind.HALF_YEARLY, Kind.YEARLY}


@dataclass(frozen=True)
class Share:
    """`met` of `of`; nothing was measured where `of` is 0."""

    part: Part
    met: int
    of: int

    @property
    def value(self) -> Fraction | None:
        """0 to 1; None where nothing was measured."""
        return Fraction(self.met, self.of) if self.of else None


@dataclass(frozen=True)
class RowFacts:
    """What counting the rows of a table gave: rows, those of a kind, cells with a value, valid ones.

    An engine may count them; `count` is what they mean. `columns` is the number of public columns.
    """

    rows: int
    distinct: int
    columns: int
    filled: int
    valid: int


@dataclass(frozen=True)
class Freshness:
    """Until when the data reach, what is due next and when, and the working days of a cycle and overdue."""

    through: dt.date
    next: Span
    due_on: dt.date
    cycle: int
    overdue: int


@dataclass(frozen=True)
class Quality:
    """The shares in the order of `Part`. `freshness` is None where no cycle is promised."""

    shares: tuple[Share, ...]
    freshness: Freshness | None

    @property
    def score(self) -> float | None:
        """0 to 100, to one decimal; None where nothing was measured."""
        values = [share.value for share in self.shares if share.value is not None]
        return float(round(100 * sum(values, Fraction(0)) / len(values), 1)) if values else None


def quality(
    facts: RowFacts, descriptor: Descriptor, *, through: dt.date, on: dt.date, calendar: Calendar
) -> Quality:
    """The quality of a version on a day.

    `through` is the last day that its data reach: the end of its period, or the day on which a list was
    brought up to date. Raises NoNotice for days before the calendar's first year.
    """
    freshness = freshness_of(descriptor.cadence, through=through, on=on, calendar=calendar)
    fresh = (freshness.cycle, freshness.cycle + freshness.overdue) if freshness else (0, 0)
    columns = descriptor.public_fields
    return Quality(
        (
            Share(Part.COMPLETE, facts.filled, facts.rows * facts.columns),
            Share(Part.VALID, facts.valid, facts.filled),
            Share(Part.UNIQUE, facts.distinct, facts.rows),
            Share(Part.FRESH, *fresh),
            Share(Part.DOCUMENTED, sum(is_documented(field, descriptor) for field in columns), len(columns)),
        ),
        freshness,
    )


def count(descriptor: Descriptor, rows: Iterable[Sequence[Value]]) -> RowFacts:
    """Count the rows of a table. They have the public columns, in their order."""
    fields = descriptor.public_fields
    names = [field.name for field in fields]
    key = [names.index(name) for name in descriptor.primary_key if name in names]
    places = key if len(key) == len(descriptor.primary_key) and key else range(len(fields))
    total = filled = valid = 0
    kinds = set()
    for row in rows:
        total += 1
        kinds.add(tuple(row[place] for place in places))
        given = [(value, field) for value, field in zip(row, fields, strict=True) if value is not None]
        filled += len(given)
        valid += sum(problem_of(value, field) is None for value, field in given)
    return RowFacts(total, len(kinds), len(fields), filled, valid)


def freshness_of(cadence: str, *, through: dt.date, on: dt.date, calendar: Calendar) -> Freshness | None:
    """How fresh data that reach to `through` are on a day; None where the cadence promises no cycle.

    The next span after the one that holds `through` is due when a duty of that cadence is
    (`rules.duties.USUAL`: monthly data by the end of the next month).
    """
    usual = USUAL.get(cadence, USUAL["when_due"])
    kind = Kind(usual["kind"])
    if kind not in _CYCLES:
        return None
    coming = span_on(kind, span_on(kind, through).ends_on + ONE_DAY)
    deadline = Term("", **usual["due"]).after(coming.ends_on, calendar)
    if deadline is None:
        return None
    cycle = estimate_count(calendar, coming.opens_on - ONE_DAY, coming.ends_on)
    overdue = estimate_count(calendar, deadline.due_on, on) if on > deadline.due_on else 0
    return Freshness(through, coming, deadline.due_on, max(cycle, 1), overdue)


def is_documented(field: Field, descriptor: Descriptor) -> bool:
    """Whether a reader learns what a column is: a description, and the unit of what was measured.

    Only numbers with decimals need a unit; whole numbers may be ranks. The unit may stand in a column of
    its own, row by row.
    """
    if not field.description.strip():
        return False
    if field.type is not Type.NUMBER or field.unit:
        return True
    return any(other.title == UNIT_COLUMN for other in descriptor.public_fields)
