"""What a version of a plan holds, and the digests of it that its journal line carries."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yangguang.directory.models import Unit
from yangguang.plan.models import Area, Obligation, Plan, PlanVersion, Task

# Numbers of rows in this database, which no page shows, and what is told in words instead.
UNTOLD = {"id", "version", "area", "task", "plan", "line"}


@dataclass(frozen=True)
class Content:
    """The rows of a version, saved or about to be, in the order of the print; with their units."""

    version: PlanVersion
    areas: Sequence[Area]
    tasks: Sequence[tuple[Task, Sequence[Unit]]]
    obligations: Sequence[tuple[Obligation, Sequence[Unit]]]

    def digests(self) -> dict[str, str]:
        """Hex SHA-256 of each part, by the part's name.

        A part is told as JSON: keys sorted, no spaces, characters as themselves, dates in ISO 8601, UTF-8.
        It holds every field of its rows by the field's name, and units by name, sorted.
        """
        parts = {
            "plan": {**_fields(self.version), "plan": _fields(self.version.plan)},
            "areas": [_fields(area) for area in self.areas],
            "tasks": [
                {**_fields(task), "area": task.area.number if task.area else None, "units": _names(units)}
                for task, units in self.tasks
            ],
            "obligations": [
                {**_fields(obligation), "task": obligation.task.code, "units": _names(units)}
                for obligation, units in self.obligations
            ],
        }
        return {name: _digest(part) for name, part in parts.items()}


def stored(version: PlanVersion) -> Content:
    """The content of a version as the database holds it."""
    tasks = version.tasks.select_related("area").prefetch_related("units")
    obligations = version.obligations.select_related("task").prefetch_related("units")
    return Content(
        version,
        list(version.areas.all()),
        [(task, list(task.units.all())) for task in tasks],
        [(obligation, list(obligation.units.all())) for obligation in obligations],
    )


def _fields(row: Plan | PlanVersion | Area | Task | Obligation) -> dict[str, object]:
    names = (field.name for field in row._meta.concrete_fields if field.name not in UNTOLD)
    return {name: getattr(row, name) for name in names}


def _names(units: Iterable[Unit]) -> list[str]:
    return sorted(unit.name for unit in units)


def _digest(part: object) -> str:
    text = json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
