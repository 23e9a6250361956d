"""The plan as printed, with what became of each duty."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from yangguang.directory.models import Unit
from yangguang.ledger.queries import Standing
from yangguang.plan.models import Area, Obligation, Task
from yangguang.portal.presenters import tally
from yangguang.portal.queries import Printed
from yangguang.rules.score import Score
from yangguang.rules.verdict import State


@dataclass(frozen=True)
class Duty:
    """One duty of a row: its newest outcome, all outcomes so far, and when it is due next.

    Where several units owe it, `latest` is None and `outcomes` counts the newest outcome of each.
    """

    obligation: Obligation
    latest: Standing | None
    outcomes: Score | None
    so_far: Score
    next_due: dt.date | None

    @property
    def is_internal(self) -> bool:
        return self.obligation.form == "internal" or bool(self.so_far.internal)

    @property
    def is_event(self) -> bool:
        return self.obligation.rule.get("kind") == "event"

    @property
    def is_quiet(self) -> bool:
        """Event-driven, and nothing has happened yet."""
        return self.is_event and not self.so_far.judged and not self.so_far.not_yet

    @property
    def missing_before(self) -> int:
        """Missing periods beside the newest outcome."""
        shown = self.latest is not None and self.latest.verdict.state is State.MISSING
        return 0 if self.outcomes else self.so_far.missing - shown


@dataclass(frozen=True)
class Row:
    """One task with its units and duties."""

    task: Task
    units: list[Unit]
    duties: list[Duty]


@dataclass(frozen=True)
class Section:
    """An area and its rows; the duties outside the table stand in a section without an area."""

    area: Area | None
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Filter:
    """What a visitor asked to see; empty strings ask for everything."""

    unit: str = ""
    area: str = ""
    cadence: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.unit or self.area or self.cadence or self.state)


def duty(obligation: Obligation, standings: Collection[Standing]) -> Duty:
    """What became of one duty."""
    by_unit = tally.grouped(standings, lambda s: s.unit.pk)
    shared = len(by_unit) > 1
    newest = [tally.latest(own) for own in by_unit.values()]
    outcomes = tally.counts(s for s in newest if s) if shared else None
    return Duty(
        obligation=obligation,
        latest=None if shared else next(iter(newest), None),
        outcomes=outcomes,
        so_far=tally.counts(standings),
        next_due=tally.next_due(standings),
    )


def sections(tasks: Iterable[Printed], standings: Iterable[Standing], wanted: Filter) -> list[Section]:
    """The plan's areas with the rows that the filter lets through, in the order of the print."""
    by_obligation = tally.grouped(standings, lambda s: s.obligation.pk)
    found: list[Section] = []
    for printed in tasks:
        task = printed.task
        if not _is_of(task, wanted):
            continue
        kept = [o for o in printed.obligations if _has(by_obligation.get(o.pk, []), o, wanted)]
        if not kept and (wanted.unit or wanted.cadence or wanted.state) and not _named(printed, wanted):
            continue
        if not found or found[-1].area != task.area:
            found.append(Section(task.area))
        found[-1].rows.append(
            Row(
                task,
                printed.units,
                [duty(o, _of_unit(by_obligation.get(o.pk, []), wanted)) for o in kept],
            )
        )
    return found


def _is_of(task: Task, wanted: Filter) -> bool:
    number = str(task.area.number) if task.area else "0"
    return not wanted.area or number == wanted.area


def _named(printed: Printed, wanted: Filter) -> bool:
    """A task that names the unit belongs to it even where no duty was cut from the task."""
    if wanted.state or wanted.cadence or not wanted.unit:
        return False
    return not printed.obligations and any(unit.slug == wanted.unit for unit in printed.units)


def _of_unit(standings: Iterable[Standing], wanted: Filter) -> list[Standing]:
    return [s for s in standings if not wanted.unit or s.unit.slug == wanted.unit]


def _has(standings: Collection[Standing], obligation: Obligation, wanted: Filter) -> bool:
    if wanted.cadence and obligation.cadence != wanted.cadence:
        return False
    own = _of_unit(standings, wanted)
    if wanted.unit and not own and all(unit.slug != wanted.unit for unit in obligation.units.all()):
        return False
    return not wanted.state or any(s.verdict.state.value == wanted.state for s in own)


def totals(shown: Iterable[Section]) -> tuple[int, int]:
    """How many tasks and duties a table shows."""
    rows = [row for section in shown for row in section.rows]
    return len(rows), sum(len(row.duties) for row in rows)
