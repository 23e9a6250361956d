"""What was due, what happened, and what follows from it, as of any day."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models import QuerySet

from yangguang import readset
from yangguang.directory.models import Unit
from yangguang.journal.models import Head, Line
from yangguang.ledger import actions, seen
from yangguang.ledger.books import Shelf, obligations_print, shelf, units_print
from yangguang.ledger.models import Match
from yangguang.ledger.standing import Standing
from yangguang.plan.models import Area, Obligation, PlanVersion, Task
from yangguang.rules import matching
from yangguang.rules import score as scoring
from yangguang.rules.recompute import Row, by_cell
from yangguang.rules.score import Score
from yangguang.rules.verdict import State

T = TypeVar("T")


class NoPlan(LookupError):
    """No plan has been adopted, or none of that name. The text tells what to do."""


def current_version(plan_slug: str | None = None) -> PlanVersion:
    """The newest version of the newest plan, or of the named one. Raises NoPlan."""
    versions = PlanVersion.objects.select_related("plan").order_by("-plan__issued_on", "-plan_id", "-number")
    if plan_slug is not None:
        versions = versions.filter(plan__slug=plan_slug)
    version = versions.first()
    if version is None:
        which = f"没有名为 {plan_slug} 的分工方案" if plan_slug else "还没有通过任何分工方案"
        raise NoPlan(f"{which}：请政府办公厅在工作台上传并通过")
    return version


def standings(
    *,
    as_of: dt.date,
    version: PlanVersion | None = None,
    unit: Unit | None = None,
    obligation: Obligation | None = None,
    area: Area | None = None,
) -> list[Standing]:
    """The verdicts of a day: in the order of the plan, then of the periods, then of the units.

    Reads the newest lines first when the ledger is behind. Raises NoPlan without an adopted plan.
    """
    if version is None:
        version = obligation.version if obligation else area.version if area else current_version()
    found = _read(version, as_of, unit, obligation, area)
    if area is None and (unit is None or obligation is None):
        seen.note(version, found, unit=unit, obligation=obligation)
    else:
        seen.note(version, _read(version, as_of, None, None, None))
    return found


def around(*, first: dt.date, last: dt.date, as_of: dt.date, version: PlanVersion) -> list[Standing]:
    """All standings, for a page that shows those due in [first, last].

    Of the others it may show which units there are, and whether anything is due before and after.
    """
    found = _read(version, as_of, None, None, None)
    seen.note(version, found, due=(first, last))
    return found


def serving(lines: Collection[int], *, as_of: dt.date) -> list[Standing]:
    """The standings that one of the journal lines meets, or was matched to. Raises NoPlan."""
    wanted = frozenset(lines)
    found: list[Standing] = []
    try:
        with readset.aside():
            version = current_version()
        found += (
            standing
            for standing in _read(version, as_of, None, None, None)
            if standing.verdict.met_by in wanted or wanted.intersection(standing.lines)
        )
    finally:
        seen.note_serving(found, wanted)
    return found


def of_task(task: Task, *, as_of: dt.date) -> list[Standing]:
    """The standings of a task's obligations."""
    everything = _read(task.version, as_of, None, None, None)
    found = [standing for standing in everything if standing.obligation.task_id == task.pk]
    seen.note(task.version, found, task=task)
    return found


def _read(
    version: PlanVersion, as_of: dt.date, unit: Unit | None, obligation: Obligation | None, area: Area | None
) -> list[Standing]:
    with readset.aside():
        actions.catch_up()
        return list(_standings(_Facts.now(version), as_of, unit, obligation, area))


@dataclass(frozen=True)
class _Facts:
    """All that verdicts depend on besides the day: equal means that nothing has changed."""

    version: PlanVersion
    journal: str
    units: str
    obligations: tuple[str | int | None, ...]

    @classmethod
    def now(cls, version: PlanVersion) -> "_Facts":
        digest = Head.objects.values_list("digest", flat=True).first() or ""
        return cls(version, digest, units_print(), obligations_print(version))


@lru_cache(maxsize=32)
def _standings(
    facts: _Facts, as_of: dt.date, unit: Unit | None, obligation: Obligation | None, area: Area | None
) -> tuple[Standing, ...]:
    found = shelf(facts.version)
    return tuple(
        Standing(
            obligation=found.obligations[row.duty],
            unit=found.units[row.unit],
            key=row.period.key,
            label=row.period.label,
            opens_on=row.period.opens_on,
            ends_on=row.period.ends_on,
            verdict=row.verdict,
            lines=tuple(item.seq for item in row.evidence),
        )
        for row in rows(facts.version, as_of, unit=unit, obligation=obligation, area=area)
    )


def due_between(*, first: dt.date, last: dt.date, as_of: dt.date, unit: Unit | None = None) -> list[Standing]:
    """The standings whose due day lies in [first, last], by due day."""
    due = [
        (standing.verdict.due_on, standing)
        for standing in standings(as_of=as_of, unit=unit)
        if standing.verdict.due_on is not None and first <= standing.verdict.due_on <= last
    ]
    return [standing for _, standing in sorted(due, key=lambda pair: pair[0])]


def evidence(standing: Standing) -> list[Line]:
    """The journal lines that matched, newest last."""
    seen.note_evidence(standing)
    return list(Line.objects.filter(seq__in=standing.lines).order_by("seq"))


def score(standings: Iterable[Standing]) -> Score:
    """How many of which state, and the points."""
    return scoring.score(standing.verdict.state for standing in standings)


def scores_by_unit(as_of: dt.date) -> list[tuple[Unit, Score]]:
    """The score of every unit that owes something, in the directory's order."""
    found = shelf(current_version())
    scores = _scores(as_of, lambda row: row.unit)
    return sorted(
        ((found.units[name], score) for name, score in scores.items()),
        key=lambda pair: (pair[0].position, pair[0].name),
    )


def scores_by_area(as_of: dt.date) -> list[tuple[Area, Score]]:
    """The score of every area of the current plan. Duties outside the table belong to none."""
    found = shelf(current_version())
    area_of = {code: row.task.area for code, row in found.obligations.items()}
    scores = _scores(as_of, lambda row: area_of[row.duty])
    return sorted(
        ((area, score) for area, score in scores.items() if area is not None), key=lambda pair: pair[0].number
    )


def scores_by_month(as_of: dt.date, unit: Unit | None = None) -> list[tuple[str, Score]]:
    """The score of the duties due in each month ("2017-08"), in order. What has no due day is left out."""
    scores = _scores(
        as_of, lambda row: f"{row.period.due_on:%Y-%m}" if row.period.due_on else None, unit=unit
    )
    return sorted((month, score) for month, score in scores.items() if month is not None)


def rows(
    version: PlanVersion,
    as_of: dt.date,
    *,
    unit: Unit | None = None,
    obligation: Obligation | None = None,
    area: Area | None = None,
) -> Iterator[Row]:
    """The verdicts as plain values, one at a time: for counts over plans too large to hold."""
    actions.catch_up()
    found = shelf(version)
    stored = Match.objects.filter(version=version)
    codes: set[str] | None = None
    if unit is not None:
        near = found.book.register.lineage(unit.name)
        stored = stored.filter(seat__in=[found.units[name] for name in near if name in found.units])
    if area is not None:
        codes = {code for code, row in found.obligations.items() if row.task.area_id == area.pk}
    if obligation is not None:
        codes = {obligation.code} if codes is None else codes & {obligation.code}
    if codes is not None:
        stored = stored.filter(obligation__in=[found.obligations[code] for code in codes])
    cells = by_cell(read_matches(found, stored.filter(on__lte=as_of)))
    yield from found.book.rows(cells, as_of, unit=unit.name if unit else None, duties=codes)


def read_matches(found: Shelf, stored: QuerySet[Match]) -> Iterator[matching.Match]:
    """Stored matches as values, in journal order."""
    codes, names = found.codes, found.names
    columns = ("seq", "on", "document", "key", "day", "text", "until", "counted")
    for duty, seat, publisher, *kept in (
        stored.order_by("seq", "pk")
        .values_list("obligation", "seat", "publisher", *columns)
        .iterator(chunk_size=5000)
    ):
        yield matching.Match(codes[duty], names[seat], names[publisher], *kept)


def _scores(as_of: dt.date, group: Callable[[Row], T], unit: Unit | None = None) -> dict[T, Score]:
    counts: dict[T, Counter[State]] = {}
    for row in rows(current_version(), as_of, unit=unit):
        counts.setdefault(group(row), Counter())[row.verdict.state] += 1
    return {key: scoring.of_counts(states) for key, states in counts.items()}
