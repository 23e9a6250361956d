"""What was published lately, with what repeats taken together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.portal.presenters import tally
from yangguang.publishing.models import Edition

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Run:
    """The newest of publications that differ only in the numbers of their titles (days, months)."""

    edition: Edition
    others: int


def runs(editions: Iterable[Edition]) -> list[Run]:
    """Publications of one unit under one title, numbers aside, as one entry; the newest entry first."""
    groups = tally.grouped(editions, lambda e: (e.document.unit_id, _NUMBERS.sub("#", e.title)))
    return [Run(same[0], len(same) - 1) for same in groups.values()]
