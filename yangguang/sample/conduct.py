"""How punctual the sample's units are. Drawn by lot from their names: no judgement on a real unit."""

import hashlib
import random
from dataclasses import dataclass, replace

SEED = "示例四"


@dataclass(frozen=True)
class Conduct:
    """Shares between 0 and 1: of duties met late, of duties not met, of yearly duties met by late autumn."""

    name: str
    late: float
    missing: float
    done_early: float


PUNCTUAL = Conduct("守时", late=0.04, missing=0.00, done_early=0.85)
ORDINARY = Conduct("一般", late=0.15, missing=0.08, done_early=0.65)
SLOW = Conduct("迟缓", late=0.30, missing=0.30, done_early=0.40)
# What is published every day comes out of a system, and fails seldom.
DAILY = 0.25
LOT = (PUNCTUAL,) * 7 + (ORDINARY,) * 9 + (SLOW,) * 4


def dice(*place: object) -> random.Random:
    """Random numbers that depend on the place alone, so that the sample is the same on every machine."""
    digest = hashlib.sha256("|".join(map(str, (SEED, *place))).encode()).digest()
    return random.Random(digest)  # noqa: S311 a sample, not a secret


def conduct_of(unit: str, kind: str = "") -> Conduct:
    """The unit's conduct with duties of that kind (`rules.periods.Kind`)."""
    conduct = dice("conduct", unit).choice(LOT)
    if kind != "daily":
        return conduct
    return replace(conduct, late=conduct.late * DAILY, missing=conduct.missing * DAILY)
