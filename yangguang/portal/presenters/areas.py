"""The areas of a plan as cards."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.ledger.queries import Standing
from yangguang.plan.models import Area
from yangguang.portal.presenters import tally
from yangguang.rules.score import Score


@dataclass(frozen=True)
class Card:
    """An area, how many tasks and duties it holds, and how they stand."""

    area: Area
    tasks: int
    duties: int
    score: Score


def cards(
    areas: Iterable[Area], tasks: Iterable[tuple[int, int | None, int]], standings: Iterable[Standing]
) -> list[Card]:
    """One card for each area, in the order of the print; `tasks` as `queries.duties_of_tasks` gives them."""
    area_of, duties = {}, defaultdict[int | None, list[int]](list)
    for task, area, count in tasks:
        area_of[task] = area
        duties[area].append(count)
    scored = tally.grouped(standings, lambda s: area_of.get(s.obligation.task_id))
    return [
        Card(
            area=area,
            tasks=len(duties[area.pk]),
            duties=sum(duties[area.pk]),
            score=tally.counts(scored.get(area.pk, [])),
        )
        for area in areas
    ]
