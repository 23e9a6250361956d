"""Who marked in time what a cleaning-up abolished (任务 5.8): derived from acts and requests, never ticked."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from yangguang import readset
from yangguang.directory.calendars import shipped_calendar
from yangguang.directory.models import Unit
from yangguang.publishing.models import Cleanup, CleanupRow, StatusAct
from yangguang.publishing.queries.status import day_of, end_of
from yangguang.rules import marking
from yangguang.rules.cleanup_list import KEEP
from yangguang.rules.legal_status import ENDS, Kind
from yangguang.rules.marking import State

SHOWN = 200
"""Late markings on the first page."""


@dataclass(frozen=True)
class Marking:
    """One line of a list and how its duty stands. `asks`: the document stands on the portal under another
    unit, so that this one had to ask the portal's manager; then `duty` is measured by the day of asking."""

    row: CleanupRow
    duty: marking.Duty | None
    asks: bool
    asked_on: dt.date | None
    marked_on: dt.date | None

    @property
    def state(self) -> State:
        return self.duty.state if self.duty else State.NONE


@dataclass(frozen=True)
class UnitTally:
    """How many of a unit's duties stand how."""

    unit: str
    slug: str
    on_time: int
    late: int
    missing: int
    not_yet: int

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.missing + self.not_yet


@dataclass(frozen=True)
class LateMarking:
    """What is shown of a line whose duty is missing or late: values only, named as those of `Marking`."""

    title: str
    index_no: str
    unit: str
    duty: marking.Duty | None
    asks: bool
    asked_on: dt.date | None
    marked_on: dt.date | None

    @property
    def state(self) -> State:
        return self.duty.state if self.duty else State.NONE


def known_by(day: dt.date) -> QuerySet[Cleanup]:
    """The lists that the public knew of by the end of a day."""
    return Cleanup.objects.filter(line__at__lt=end_of(day)).select_related("unit", "notice", "line")


def markings(today: dt.date, cleanup: Cleanup | None = None, unit: Unit | None = None) -> list[Marking]:
    """Every line of the lists known by today, or of one list, or of one answering unit, in list order."""
    rows = CleanupRow.objects.filter(cleanup__in=[cleanup] if cleanup else known_by(today))
    if unit is not None:
        rows = rows.filter(unit=unit)
    found = list(
        rows.select_related("cleanup__unit", "unit", "document__unit", "request", "act__line").order_by(
            "-cleanup__decided_on", "-cleanup", "position"
        )
    )
    marked = _marked(found, today)
    return [_marking(row, marked, today) for row in found]


def by_unit(found: Iterable[Marking]) -> list[UnitTally]:
    """The units that had something to mark, the worst first."""
    counts: dict[Unit, Counter[State]] = defaultdict(Counter)
    for one in found:
        if one.duty:
            counts[one.row.unit][one.state] += 1
    worst = sorted(
        counts.items(),
        key=lambda one: (-one[1][State.MISSING], -one[1][State.LATE], one[0].position, one[0].name),
    )
    states = (State.ON_TIME, State.LATE, State.MISSING, State.NOT_YET)
    return [UnitTally(unit.name, unit.slug, *(count[state] for state in states)) for unit, count in worst]


@readset.told
def overview(today: dt.date) -> tuple[list[UnitTally], list[LateMarking]]:
    """The tallies over all lists, and what is missing or late, the missing first."""
    found = markings(today)
    late = [one for one in found if one.state in (State.MISSING, State.LATE)]
    late.sort(key=lambda one: (one.state != State.MISSING, one.row.unit.position))
    return by_unit(found), [
        LateMarking(
            one.row.title,
            one.row.document.index_no if one.row.document else "",
            one.row.unit.name,
            one.duty,
            one.asks,
            one.asked_on,
            one.marked_on,
        )
        for one in late[:SHOWN]
    ]


def requests_waiting() -> QuerySet[CleanupRow]:
    """What units asked the portal's manager to mark and is not marked yet, the oldest first."""
    waiting = CleanupRow.objects.filter(request__isnull=False, act__isnull=True)
    return waiting.select_related("request", "unit", "document__unit", "cleanup").order_by(
        "request__asked_at"
    )


def _marking(row: CleanupRow, marked: dict[tuple[int, bool], dt.date], today: dt.date) -> Marking:
    if row.document is None or row.verb == KEEP:
        return Marking(row, None, False, None, None)
    amended = row.verb == Kind.AMEND
    marked_on = marked.get((row.document.pk, amended))
    request = getattr(row, "request", None)
    asked_on = day_of(request.asked_at) if request and day_of(request.asked_at) <= today else None
    asks = row.document.unit_id != row.unit_id
    # Where the manager marked without being asked, the duty is met too.
    met = min((day for day in (asked_on, marked_on) if day), default=None) if asks else marked_on
    duty = marking.duty(shipped_calendar(), decided_on=row.cleanup.decided_on, met_on=met, today=today)
    return Marking(row, duty, asks, asked_on, marked_on)


def _marked(rows: list[CleanupRow], today: dt.date) -> dict[tuple[int, bool], dt.date]:
    """The first day on which each document was marked, by document and by whether as amended."""
    documents = {row.document_id for row in rows if row.document_id}
    acts = StatusAct.objects.filter(document__in=documents, line__at__lt=end_of(today))
    first: dict[tuple[int, bool], dt.date] = {}
    for document, act, at in acts.order_by("line").values_list("document", "act", "line__at"):
        if act == Kind.AMEND or Kind(act) in ENDS:
            first.setdefault((document, act == Kind.AMEND), day_of(at))
    return first
