"""Which verdicts a page read, told to its read-set; and what the same verdicts are now.

A page that shows one unit depends on that unit's verdicts, not on the whole ledger.
"""

from collections.abc import Collection, Iterable

from yangguang import readset
from yangguang.directory.models import Unit
from yangguang.ledger.standing import Standing
from yangguang.plan.models import Obligation, PlanVersion, Task

PREFIX = "verdicts"


def note(
    version: PlanVersion,
    found: Iterable[Standing],
    *,
    unit: Unit | None = None,
    obligation: Obligation | None = None,
    task: Task | None = None,
    lines: Collection[int] | None = None,
) -> None:
    """Tell what was read: all verdicts of a version, or those of one thing."""
    scope = "all"
    if unit is not None:
        scope = f"unit {unit.pk}"
    elif obligation is not None:
        scope = f"obligation {obligation.pk}"
    elif task is not None:
        scope = f"task {task.pk}"
    elif lines is not None:
        scope = f"lines {','.join(map(str, sorted(lines)))}"
    readset.note(f"{PREFIX} {version.pk} {scope}", lambda: digest(found))


def note_evidence(standing: Standing) -> None:
    """Tell that the lines of a standing were shown: other pages do not change when a line is added to them."""
    obligation = standing.obligation
    name = f"{PREFIX} {obligation.version_id} evidence {obligation.pk} {standing.unit.pk} {standing.key}"
    readset.note(name, lambda: _evidence([standing]))


def digest(standings: Iterable[Standing]) -> str:
    """Differs where a page could: in the verdicts and their order, in the units' names and their order."""
    found = list(standings)
    units = sorted({(s.unit.position, s.unit.name, s.unit.slug, s.unit.kind) for s in found})
    rows = [(s.obligation.pk, s.unit.pk, s.key, s.label, s.verdict) for s in found]
    return readset.digest_of([[unit[1:] for unit in units], rows])


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
        if kind == "evidence":
            return _evidence(self._standings[place] for place in self._by.get(scope, ()))
        if kind == "lines":
            places = sorted({place for line in of.split(",") for place in self._by.get(f"line {line}", ())})
            return digest(self._standings[place] for place in places)
        return digest(self._standings[place] for place in self._by.get(scope, ()))
