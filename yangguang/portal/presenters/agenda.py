"""What is due, day by day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.ledger.queries import Standing
from yangguang.portal.presenters import tally
from yangguang.portal.presenters.table import Duty, duty


@dataclass(frozen=True)
class Day:
    """A due day and what is due on it."""

    day: dt.date
    standings: list[Standing]
    is_past: bool
    is_today: bool


def _is_daily(standing: Standing) -> bool:
    return standing.obligation.cadence == "daily"


def days(standings: Iterable[Standing], as_of: dt.date) -> list[Day]:
    """Due days in order. Daily duties are left out: they would stand on every day (`daily` has them)."""
    by_day = tally.grouped(
        (s for s in standings if s.verdict.due_on and not _is_daily(s)), lambda s: s.verdict.due_on or as_of
    )
    return [Day(day, by_day[day], day < as_of, day == as_of) for day in sorted(by_day)]


def daily(standings: Iterable[Standing]) -> list[Duty]:
    """The daily duties, each counted over all its days."""
    groups = tally.grouped((s for s in standings if _is_daily(s)), lambda s: s.obligation)
    return [duty(obligation, own) for obligation, own in groups.items()]
