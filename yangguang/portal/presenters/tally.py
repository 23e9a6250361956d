"""Counting standings, and picking the one to speak of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from yangguang.ledger.queries import Standing, score
from yangguang.rules.score import DUE, Score
from yangguang.rules.verdict import State

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)

KNOWN = frozenset({State.ON_TIME, State.LATE, State.PARTIAL, State.MISSING})


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Items by a key, in the order given."""
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)


def counts(standings: Iterable[Standing]) -> Score:
    return score(standings)


def due(standings: Iterable[Standing]) -> list[Standing]:
    """Those that are or will be judged, and have a due day."""
    return [s for s in standings if s.verdict.state in DUE and s.verdict.due_on is not None]


def latest(standings: Iterable[Standing]) -> Standing | None:
    """The newest period that has an outcome; else one whose outcome is provisional; else None."""
    known = [s for s in standings if s.verdict.state in KNOWN]
    waiting = [s for s in standings if s.verdict.state is State.PROVISIONAL]
    return max(known or waiting, key=lambda s: (s.ends_on, s.opens_on), default=None)


def next_due(standings: Iterable[Standing]) -> dt.date | None:
    """The next day on which something is due and not yet there."""
    waiting = (s.verdict.due_on for s in standings if s.verdict.state is State.NOT_YET)
    return min((day for day in waiting if day), default=None)


def overdue(standings: Iterable[Standing]) -> list[Standing]:
    """What is missing now, the longest overdue first."""
    missing = [s for s in standings if s.verdict.state is State.MISSING]
    return sorted(missing, key=lambda s: (s.verdict.due_on or dt.date.max, s.obligation.position))


def coming(standings: Iterable[Standing]) -> list[Standing]:
    """What is due and not yet there, the nearest first."""
    waiting = [s for s in standings if s.verdict.state is State.NOT_YET and s.verdict.due_on]
    return sorted(waiting, key=lambda s: (s.verdict.due_on or dt.date.max, s.obligation.position))


def late(standings: Iterable[Standing]) -> list[Standing]:
    """What was published late, the newest first."""
    found = [s for s in standings if s.verdict.state is State.LATE]
    return sorted(found, key=lambda s: (s.verdict.due_on or dt.date.min, s.obligation.position), reverse=True)
