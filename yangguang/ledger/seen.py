"""Which verdicts a page read, told to its read-set; and what the same verdicts are now.

A page that shows one unit depends on that unit's verdicts, not on the whole ledger.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from yangguang import readset
from yangguang.directory.models import Unit
from yangguang.ledger.standing import Standing
from yangguang.plan.models import Obligation, PlanVersion, Task
from yangguang.rules.score import DUE

PREFIX = "verdicts"
IN_FORCE = 0
"""Stands for the version in force, whichever that is."""
Days = tuple[dt.date, dt.date]
"""The first and the last of some days."""


def note(
    version: PlanVersion,
    found: Iterable[Standing],
    *,
    unit: Unit | None = None,
    obligation: Obligation | None = None,
    task: Task | None = None,
    due: Days | None = None,
) -> None:
    """Tell what was read: all verdicts of a version, or those of one thing."""
    scope = "all"
    if unit is not None:
        scope = f"unit {unit.pk}"
    elif obligation is not None:
        scope = f"obligation {obligation.pk}"
    elif task is not None:
        scope = f"task {task.pk}"
    elif due is not None:
        scope = f"due {due[0]} {due[1]}"
        readset.note(f"{PREFIX} {version.pk} {scope}", lambda: _digest_around(found, due))
        return
    readset.note(f"{PREFIX} {version.pk} {scope}", lambda: digest(found))


def note_serving(found: Iterable[Standing], lines: Collection[int]) -> None:
    """Tell what these lines serve of the plan in force: a new version changes it only where the words differ."""
    name = f"{PREFIX} {IN_FORCE} lines {','.join(map(str, sorted(lines)))}"
    readset.note(name, lambda: _served(found))


def note_evidence(standing: Standing) -> None:
    """Tell that the lines of a standing were shown: other pages do not change when a line is added to them."""
    obligation = standing.obligation
    name = f"{PREFIX} {obligation.version_id} evidence {obligation.pk} {standing.unit.pk} {standing.key}"
    readset.note(name, lambda: _evidence([standing]))


def digest(standings: Iterable[Standing]) -> str:
    """Differs where a page could: in the verdicts and their order, in the units' names and their order."""
    found = list(standings)
    return readset.digest_of([_units(found), _rows(found)])


def _digest_around(standings: Iterable[Standing], days: Days) -> str:
    """Of what is not due on these days only the units, and whether something is due before and after."""
    found = list(standings)
    due = [(s.verdict.due_on, s) for s in found if s.verdict.due_on and s.verdict.state in DUE]
    within = [s for day, s in due if days[0] <= day <= days[1]]
    before, after = any(day < days[0] for day, _ in due), any(day > days[1] for day, _ in due)
    return readset.digest_of([_units(found), _rows(within), before, after])


def _units(standings: Iterable[Standing]) -> list[tuple[str, str, str]]:
    units = {(s.unit.position, s.unit.name, s.unit.slug, s.unit.kind) for s in standings}
    return [(name, slug, kind) for _position, name, slug, kind in sorted(units)]


def _rows(standings: Iterable[Standing]) -> list[tuple[object, ...]]:
    return [(s.obligation.pk, s.unit.pk, s.key, s.label, s.verdict) for s in standings]


def _served(standings: Iterable[Standing]) -> str:
    return readset.digest_of(
        [
            (s.obligation.get_absolute_url(), s.obligation.title, s.unit.slug, s.key, s.label, s.verdict)
            for s in standings
        ]
    )


def _evidence(standings: Iterable[Standing]) -> str:
    return readset.digest_of([s.lines for s in standings])


class Now:
    """The verdicts of one version as they stand, to be compared with what pages read."""

    def __init__(self, standings: Iterable[Standing]) -> None:
        self._by: dict[str, list[int]] = {}
        self._standings = list(standings)
        for place, standing in enumerate(self._standings):
            obligation = standing.obligation
            lines = {standing.verdict.met_by, *standing.lines} - {None}
            for scope in (
                f"unit {standing.unit.pk}",
                f"obligation {obligation.pk}",
                f"task {obligation.task_id}",
                f"evidence {obligation.pk} {standing.unit.pk} {standing.key}",
                *(f"line {line}" for line in lines),
            ):
                self._by.setdefault(scope, []).append(place)

    def digest(self, scope: str) -> str:
        """The digest of what a page read under this scope."""
        kind, _, of = scope.partition(" ")
        if kind == "all":
            return digest(self._standings)
        if kind == "due":
            first, last = map(dt.date.fromisoformat, of.split())
            return _digest_around(self._standings, (first, last))
        if kind == "evidence":
            return _evidence(self._standings[place] for place in self._by.get(scope, ()))
        if kind == "lines":
            places = sorted({place for line in of.split(",") for place in self._by.get(f"line {line}", ())})
            return _served(self._standings[place] for place in places)
        return digest(self._standings[place] for place in self._by.get(scope, ()))
