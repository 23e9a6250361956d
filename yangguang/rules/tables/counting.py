"""How many different things a table names in each period, beside the number that the plan promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.outcome import Value
from yangguang.rules.tables.schema import Descriptor, Intake


@dataclass(frozen=True)
class Counted:
    """Different values of the measured column in one period ("" where the table has none), and those promised."""

    period: str
    title: str
    count: int
    wanted: int
    unit: str

    @property
    def is_whole(self) -> bool:
        return self.count >= self.wanted

    @property
    def words(self) -> str:
        found = f"{self.period}，" if self.period else ""
        found += f"“{self.title}”有 {self.count} {self.unit}，方案要求 {self.wanted} {self.unit}"
        return found if self.is_whole else f"{found}：照此发布将记为不全"

    def as_json(self) -> dict[str, str | int | bool]:
        return {
            "period": self.period,
            "title": self.title,
            "count": self.count,
            "wanted": self.wanted,
            "unit": self.unit,
            "whole": self.is_whole,
        }


def counted(descriptor: Descriptor, rows: Sequence[Sequence[Value]]) -> tuple[Counted, ...]:
    """The counts of a file, by period; the rows have all fields in their order."""
    measure = descriptor.measure
    if measure is None or not is_counted(descriptor):
        return ()
    by_period = descriptor.intake is Intake.PERIOD
    here = descriptor.names.index(measure.field)
    period = descriptor.names.index(descriptor.period) if by_period else None
    found: dict[str, set[str]] = {} if by_period else {"": set()}
    for row in rows:
        values = found.setdefault("" if period is None else write(row[period]), set())
        if row[here] is not None:
            values.add(write(row[here]))
    return beside(descriptor, {key: len(values) for key, values in found.items()})


def is_counted(descriptor: Descriptor) -> bool:
    """Whether a file tells the counts: there is a measure, and the file is more than rows added to a table."""
    return descriptor.measure is not None and descriptor.intake is not Intake.UPSERT


def beside(descriptor: Descriptor, found: Mapping[str, int]) -> tuple[Counted, ...]:
    """What was counted in each period beside what is promised."""
    measure = descriptor.measure
    if measure is None:
        return ()
    title = descriptor.field(measure.field).title
    return tuple(
        Counted(key, title, count, measure.count, measure.unit) for key, count in sorted(found.items())
    )
