"""Feedback on data as the public and the desk see it: open and answered, in time and overdue."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yangguang.directory.calendars import shipped_calendar
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.registers.actions.feedback import due
from yangguang.registers.models import Feedback, Register, Takedown
from yangguang.rules.clock import Deadline
from yangguang.rules.workdays import estimate_count


@dataclass(frozen=True)
class Clock:
    """One piece with its last day; `late_by` are the working days past it, until answered or the day asked."""

    feedback: Feedback
    deadline: Deadline
    late_by: int


@dataclass(frozen=True)
class Tally:
    """How many a unit has open, overdue, answered, and answered late. `unit` is None for the general office."""

    unit: Unit | None
    open: int
    overdue: int
    answered: int
    late: int


def clocked(feedback: Feedback, on: dt.date) -> Clock:
    deadline = due(feedback)
    end = feedback.answered_at.astimezone(SHANGHAI).date() if feedback.answered_at else on
    late = estimate_count(shipped_calendar(), deadline.due_on, end) if end > deadline.due_on else 0
    return Clock(feedback, deadline, late)


def told() -> QuerySet[Feedback]:
    """What anybody may know of, the newest first: all, but for what somebody made of data and is not shown.

    Of a piece without an answer the public knows kind, unit, register and day (the journal tells them), not
    what the reader wrote: title, text, row and address.
    """
    hidden = Q(kind=Feedback.Kind.REUSE, outcome=Feedback.Outcome.DECLINED)
    return Feedback.objects.exclude(hidden).select_related("unit", "register__unit", "line", "answer_line")


def public() -> QuerySet[Feedback]:
    """What anybody may read: answered; what somebody made of data only where it is shown."""
    return told().filter(answered_at__isnull=False).order_by("-answered_at", "-pk")


def reuses(register: Register) -> QuerySet[Feedback]:
    """What was made of a register's data, as it is shown."""
    return public().filter(register=register, kind=Feedback.Kind.REUSE)


def waiting_for(person: Person, on: dt.date) -> list[Clock]:
    """What a person may answer now, the first due first."""
    open_ones = Feedback.objects.filter(answered_at=None).select_related("unit", "register__unit")
    if not allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT):
        if not allows(person.role, Verb.PUBLISH) or person.unit_id is None:
            return []
        open_ones = open_ones.filter(unit=person.unit_id)
    return sorted(
        (clocked(one, on) for one in open_ones), key=lambda one: (one.deadline.due_on, one.feedback.pk)
    )


def tallies(on: dt.date) -> list[Tally]:
    """Every unit that was written to, by the end of a day; the most overdue first."""
    gathered: dict[Unit | None, list[Clock]] = {}
    for one in _by_the_end_of(on, Feedback.objects.select_related("unit")):
        gathered.setdefault(one.unit, []).append(clocked(one, on))
    rows = [_tally(unit, clocks) for unit, clocks in gathered.items()]
    return sorted(rows, key=lambda row: (-row.overdue, -row.open, row.unit.name if row.unit else ""))


def tally_of(unit: Unit, on: dt.date) -> Tally:
    """What one unit was written, by the end of a day."""
    rows = Feedback.objects.filter(unit=unit).only("filed_at", "answered_at", "workdays").order_by("pk")
    return _tally(unit, [clocked(one, on) for one in _by_the_end_of(on, rows)])


def _by_the_end_of(day: dt.date, rows: QuerySet[Feedback]) -> Iterator[Feedback]:
    """What had come in, each as it stood at the end of the day."""
    until = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SHANGHAI)
    for one in rows.filter(filed_at__lt=until):
        if one.answered_at is not None and one.answered_at >= until:
            one.answered_at = None
        yield one


def row_is_off(feedback: Feedback) -> bool:
    """Whether the row that is spoken of was taken off by law: then nobody shows its key."""
    if not feedback.row or feedback.register_id is None:
        return False
    taken = Takedown.objects.filter(register=feedback.register_id).values_list("key", flat=True)
    return any(dict(key) == feedback.row for key in taken)


def _tally(unit: Unit | None, clocks: Iterable[Clock]) -> Tally:
    held = list(clocks)
    answered = [one for one in held if one.feedback.answered_at is not None]
    return Tally(
        unit,
        open=len(held) - len(answered),
        overdue=sum(one.late_by > 0 for one in held if one.feedback.answered_at is None),
        answered=len(answered),
        late=sum(one.late_by > 0 for one in answered),
    )
