"""What a document is worth in law on a day: derived from the acts on it, its term and its withdrawal.

A document's legal status is not its editorial state: an abolished document stays readable (decision 0009).
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """有效、已修改、废止、失效、撤回: the vocabulary of directory platforms."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    ABOLISHED = "abolished"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def is_in_force(self) -> bool:
        return self in (Status.IN_FORCE, Status.AMENDED)


class Kind(StrEnum):
    """An act on a document. Replacing abolishes it and names its successor; restoring corrects a mistake."""

    ABOLISH = "abolish"
    EXPIRE = "expire"
    AMEND = "amend"
    REPLACE = "replace"
    RESTORE = "restore"


ENDS = {Kind.ABOLISH: Status.ABOLISHED, Kind.REPLACE: Status.ABOLISHED, Kind.EXPIRE: Status.EXPIRED}


class Act(NamedTuple):
    """One act: from which day it works, its kind, and the journal line that tells of it."""

    on: dt.date
    seq: int
    kind: Kind


class Standing(NamedTuple):
    """The status, since which day (None: from the first), and the line of the act that made it so."""

    status: Status
    since: dt.date | None = None
    seq: int | None = None


def status_on(
    day: dt.date,
    *,
    acts: Iterable[Act],
    expires_on: dt.date | None = None,
    withdrawn_on: dt.date | None = None,
) -> Standing:
    """The status on a day.

    `expires_on` is the last day of the term (有效期至): from the next day the document is expired without
    any act. Acts count from their day on, those of one day in the journal's order. A withdrawal counts
    before everything else, an act that ends the document before its term.
    """
    if withdrawn_on is not None and withdrawn_on <= day:
        return Standing(Status.WITHDRAWN, withdrawn_on)
    ended: Act | None = None
    amended: Act | None = None
    for act in sorted(act for act in acts if act.on <= day):
        if act.kind in ENDS:
            ended = act
        elif act.kind is Kind.AMEND:
            amended = act
        else:
            ended = None
    if ended is not None:
        return Standing(ENDS[ended.kind], ended.on, ended.seq)
    if expires_on is not None and expires_on < day:
        return Standing(Status.EXPIRED, expires_on + dt.timedelta(days=1))
    if amended is not None:
        return Standing(Status.AMENDED, amended.on, amended.seq)
    return Standing(Status.IN_FORCE)
