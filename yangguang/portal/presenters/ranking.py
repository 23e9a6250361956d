"""Units side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yangguang.directory.models import Unit
from yangguang.ledger.queries import Standing
from yangguang.portal.presenters import tally
from yangguang.portal.presenters.table import Duty, duty
from yangguang.rules.score import Score


@dataclass(frozen=True)
class Place:
    """A unit and its score. `rank` counts units with more points, plus one; None where nothing is judged."""

    unit: Unit
    score: Score
    rank: int | None


def tables(standings: Iterable[Standing]) -> list[tuple[str, list[Place]]]:
    """The units that owe something, ranked among those of their kind, in the order of the kinds."""
    scores = {unit: tally.counts(own) for unit, own in tally.grouped(standings, lambda s: s.unit).items()}
    groups = tally.grouped(scores, lambda unit: unit.kind)
    return [
        (kind.value, places({unit: scores[unit] for unit in groups[kind.value]}))
        for kind in Unit.Kind
        if kind.value in groups
    ]


def places(scores: Mapping[Unit, Score]) -> list[Place]:
    """Most points first; units of equal points share a rank and stand in the directory's order."""
    judged = [score.points for score in scores.values() if score.points is not None]
    found = [Place(unit, score, _rank(score.points, judged)) for unit, score in scores.items()]
    return sorted(
        found, key=lambda place: (place.rank or len(found) + 1, place.unit.position, place.unit.name)
    )


def _rank(points: float | None, judged: list[float]) -> int | None:
    return None if points is None else 1 + sum(other > points for other in judged)


def duties(standings: Iterable[Standing]) -> list[Duty]:
    """What a unit owes, duty by duty, in the order of the plan."""
    groups = tally.grouped(standings, lambda s: s.obligation)
    return [duty(obligation, own) for obligation, own in groups.items()]
