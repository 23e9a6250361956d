"""How many of which verdict, and the points that follow."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.rules.verdict import State

HALF_CREDIT = 0.5
DUE = frozenset(State) - {State.UNJUDGED, State.INTERNAL}
"""The states of periods that are or will be judged: what “due” counts."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of verdicts.

    `points` runs from 0 to 100: 100 × (on time + half of late and partial) ÷ (on time + late + partial +
    missing), to one decimal. What is not yet due, provisional, not judged or internal neither helps nor harms. None when
    nothing has been judged.
    """

    on_time: int = 0
    late: int = 0
    partial: int = 0
    missing: int = 0
    not_yet: int = 0
    provisional: int = 0
    unjudged: int = 0
    internal: int = 0

    @property
    def judged(self) -> int:
        return self.on_time + self.late + self.partial + self.missing

    @property
    def half(self) -> int:
        """Those that earn half: late, or in part."""
        return self.late + self.partial

    @property
    def points(self) -> float | None:
        if not self.judged:
            return None
        return round(100 * (self.on_time + HALF_CREDIT * self.half) / self.judged, 1)


def score(states: Iterable[State]) -> Score:
    """Count the states of verdicts."""
    return of_counts(Counter(states))


def of_counts(counts: Counter[State]) -> Score:
    """The score of counts already made; the fields are named as the states are."""
    return Score(**{state.value: count for state, count in counts.items()})
