"""A plan as read: areas with tasks, what was assumed, and where every line of the source went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yangguang.rules.cadence import CadenceMention, Measure
from yangguang.rules.plan_table.drafts import Notice
from yangguang.rules.plan_table.source import Place


@dataclass(frozen=True)
class Task:
    """One task. `id` is area.number ("2.7"); `number` the printed one, or None; `leads` canonical names."""

    id: str
    number: int | None
    text: str
    leads: tuple[str, ...]
    leads_printed: str
    lead_inherited: bool
    cadence: str
    cadences: tuple[CadenceMention, ...]
    channels: tuple[str, ...]
    form: str
    measures: tuple[Measure, ...]
    source: Place


@dataclass(frozen=True)
class Area:
    """A heading of the plan and its tasks; the name stands without its numeral."""

    number: int
    name: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Placed:
    """One non-blank source line and its role: header, area, task, unit, note or unplaced."""

    place: Place
    role: str
    text: str


@dataclass(frozen=True)
class PlanReading:
    """Everything that was read. `placed` holds every non-blank source line exactly once, in order."""

    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    areas: tuple[Area, ...]
    outside_table: tuple[Task, ...]
    notices: tuple[Notice, ...]
    placed: tuple[Placed, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for area in self.areas for task in area.tasks)

    @property
    def unplaced(self) -> tuple[Placed, ...]:
        return tuple(line for line in self.placed if line.role == "unplaced")
