"""How far the release plan is: always worked out from versions, never ticked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.registers.models import Batch, Feedback, Planned, Register, Version

TARGET = 600
"""Datasets that the plan asks for at least (task 21.5)."""


class Progress(StrEnum):
    """What became of a planned table by a day. EMPTY: its register stands without a single row."""

    OPEN = "open"
    EMPTY = "empty"
    OVERDUE = "overdue"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Entry:
    """A planned table by a day. `late_by`: days past its day, of what is not open."""

    planned: Planned
    register: Register | None
    progress: Progress
    late_by: int


@dataclass(frozen=True)
class Line:
    """How many are planned, open, overdue and still to come in a batch or of a unit, by its key."""

    key: int
    name: str
    due_on: dt.date | None
    planned: int
    open: int
    overdue: int

    @property
    def to_come(self) -> int:
        return self.planned - self.open - self.overdue


@dataclass(frozen=True)
class Board:
    """The plan by a day. `open_now` counts every register with rows online, planned or not.

    `dropped` is what left the plan, not what was moved to another batch or day.
    """

    open_now: int
    batches: list[Line]
    units: list[Line]
    entries: list[Entry]
    dropped: list[Planned]

    @property
    def overdue(self) -> list[Entry]:
        return sorted((one for one in self.entries if one.late_by), key=lambda one: -one.late_by)


def board(as_of: dt.date, unit: Unit | None = None) -> Board:
    """All batches with their entries as they stood at the end of a day, in China; of one unit where named."""
    until = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time.min, SHANGHAI)
    rows = _rows(until)
    registers = list(Register.objects.defer("descriptor").filter(established_at__lt=until))
    by_slug = {one.slug: one for one in registers}
    by_title = {(one.unit_id, one.title): one for one in registers}
    planned = Planned.objects.select_related("batch", "unit", "moved_from__batch").filter(
        planned_at__lt=until
    )
    if unit is not None:
        planned = planned.filter(unit=unit)
    kept = planned.filter(Q(dropped_at__isnull=True) | Q(dropped_at__gte=until))
    entries = []
    for one in kept:
        register = by_slug.get(one.slug) if one.slug else by_title.get((one.unit_id, one.title))
        entries.append(_entry(one, register, rows.get(register.pk, 0) if register else 0, as_of))
    batches = Batch.objects.filter(planned_at__lt=until)
    units = {one.planned.unit_id: one.planned.unit for one in entries}
    return Board(
        open_now=sum(1 for count in rows.values() if count),
        batches=[
            _line(
                batch.pk,
                batch.title,
                batch.due_on,
                (one for one in entries if one.planned.batch_id == batch.pk),
            )
            for batch in batches
        ],
        units=[
            _line(unit.pk, unit.name, None, (one for one in entries if one.planned.unit_id == unit.pk))
            for unit in sorted(units.values(), key=lambda unit: unit.name)
        ],
        entries=entries,
        dropped=list(planned.filter(dropped_at__lt=until, successor=None)),
    )


def of_request(request: Feedback, as_of: dt.date) -> Entry | None:
    """Where the table that a reader's request asked for stands in the plan; None where it is in no batch."""
    planned = request.planned.select_related("batch", "unit").filter(successor=None).last()
    if planned is None:
        return None
    wanted = {"slug": planned.slug} if planned.slug else {"unit": planned.unit, "title": planned.title}
    register = Register.objects.filter(**wanted).first()
    newest = register.versions.order_by("number").last() if register else None
    return _entry(planned, register, newest.rows if newest else 0, as_of)


def _rows(until: dt.datetime) -> dict[int, int]:
    """Rows of the newest version of each register that was online before a moment."""
    found = Version.objects.filter(online_at__lt=until).order_by("number")
    return dict(found.values_list("register_id", "rows"))


def _entry(planned: Planned, register: Register | None, rows: int, as_of: dt.date) -> Entry:
    if rows:
        return Entry(planned, register, Progress.OPEN, 0)
    late = max((as_of - planned.due_on).days, 0)
    if register is not None:
        return Entry(planned, register, Progress.EMPTY, late)
    return Entry(planned, None, Progress.OVERDUE if late else Progress.TO_COME, late)


def _line(key: int, name: str, due_on: dt.date | None, entries: Iterable[Entry]) -> Line:
    held = list(entries)
    opened = sum(one.progress is Progress.OPEN for one in held)
    return Line(key, name, due_on, len(held), opened, sum(bool(one.late_by) for one in held))
