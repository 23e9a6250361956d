"""The areas of a plan as cards."""

from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.ledger.queries import Standing
from yangguang.plan.models import Area, Task
from yangguang.portal.presenters import tally
from yangguang.rules.score import Score


@dataclass(frozen=True)
class Card:
    """An area, how many tasks and duties it holds, and how they stand."""

    area: Area
    tasks: int
    duties: int
    score: Score


def cards(areas: Iterable[Area], tasks: Iterable[Task], standings: Iterable[Standing]) -> list[Card]:
    """One card for each area, in the order of the print."""
    by_area = tally.grouped(tasks, lambda task: task.area_id)
    area_of = {task.pk: task.area_id for own in by_area.values() for task in own}
    scored = tally.grouped(standings, lambda s: area_of.get(s.obligation.task_id))
    return [
        Card(
            area=area,
            tasks=len(by_area.get(area.pk, [])),
            duties=sum(len(task.obligations.all()) for task in by_area.get(area.pk, [])),
            score=tally.counts(scored.get(area.pk, [])),
        )
        for area in areas
    ]
