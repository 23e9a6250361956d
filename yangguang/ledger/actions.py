"""Keep the ledger in step with the journal. Only these verbs write to it, and only from journal lines.

There is no verb that sets a verdict: a duty is met by a public line, or not at all.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from yangguang.journal.models import Head, Line
from yangguang.ledger import storage
from yangguang.ledger.books import shelf, units_print
from yangguang.ledger.models import Mark, Match
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Edition
from yangguang.rules import matching
from yangguang.rules.matching import Fact, from_body
from yangguang.rules.recompute import match_all, withdrawals

Progress = Callable[[int, int], None]
"""Called with the lines read so far and the lines in all."""


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: journal lines read, matches written, seconds taken."""

    lines: int
    matches: int
    seconds: float


@transaction.atomic
def rebuild(*, progress: Progress | None = None) -> Rebuilt:
    """Drop all that the ledger holds and work it out again from the journal, for every plan version."""
    started = time.perf_counter()
    size, units, written = 0, units_print(), 0
    for version in PlanVersion.objects.order_by("pk"):
        mark = _locked_mark(version)
        size = _journal_size()
        written += _read_in(mark, size, units, progress)
    return Rebuilt(size, written, time.perf_counter() - started)


def catch_up() -> int:
    """Read the journal lines that the ledger has not seen, and keep what they match; returns their number.

    Does nothing but look when there are none. A version that the ledger does not know yet, or units that
    changed since, are read from the journal's first line.
    """
    size, units = _journal_size(), units_print()
    marks = {mark.version_id: mark for mark in Mark.objects.all()}
    behind = [
        version
        for version in PlanVersion.objects.order_by("pk")
        if (mark := marks.get(version.pk)) is None or (mark.size, mark.units) != (size, units)
    ]
    return max((_follow(version, units) for version in behind), default=0)


@transaction.atomic
def _follow(version: PlanVersion, units: str) -> int:
    """Bring one version from its mark to the journal's end; returns how many lines were read."""
    mark = _locked_mark(version)
    size = _journal_size()
    if mark.units != units:
        _read_in(mark, size, units, None)
        return size
    facts = list(_facts(Line.objects.filter(seq__gt=mark.size, seq__lte=size)))
    ended = withdrawals(facts)
    for document, day in ended.items():
        Match.objects.filter(version=version, document=document, until__isnull=True).update(until=day)
    found = shelf(version, units)
    storage.insert(found, match_all(found.book, facts, ended, _first_online))
    read = size - mark.size
    _move(mark, size, units)
    return read


def _read_in(mark: Mark, size: int, units: str, progress: Progress | None) -> int:
    """Match the whole journal anew for the mark's version; returns the number of matches."""
    Match.objects.filter(version=mark.version).delete()
    found = shelf(mark.version, units)
    ended = withdrawals(_facts(Line.objects.filter(act=Line.Act.WITHDRAW, seq__lte=size)))
    lines = Line.objects.exclude(act__in=[Line.Act.ADOPT, Line.Act.WITHDRAW]).filter(seq__lte=size)
    facts = _told(_facts(lines), size, progress)
    written = storage.insert(found, match_all(found.book, facts, ended))
    _move(mark, size, units)
    return written


def _locked_mark(version: PlanVersion) -> Mark:
    """The mark of a version, locked: another process that reads the same lines waits here.

    How long the journal is must be asked after this, or the mark could move back.
    """
    Mark.objects.get_or_create(version=version, defaults={"size": 0, "units": ""})
    return Mark.objects.select_for_update().get(version=version)


def _move(mark: Mark, size: int, units: str) -> None:
    mark.size, mark.units = size, units
    mark.save()


def _facts(lines: QuerySet[Line]) -> Iterator[Fact]:
    bodies = lines.order_by("seq").values_list("body", flat=True).iterator(chunk_size=5000)
    for body in bodies:
        fact = from_body(json.loads(body))
        if fact is not None:
            yield fact


def _told(facts: Iterator[Fact], size: int, progress: Progress | None) -> Iterator[Fact]:
    """The same facts, with a word to the caller every thousand lines and at the end."""
    if progress is None:
        yield from facts
        return
    for number, fact in enumerate(facts):
        if number % 1000 == 0:
            progress(fact.seq, size)
        yield fact
    progress(size, size)


def _first_online(document: str) -> dt.date | None:
    """The day a document first went online, by its first journal line."""
    body = (
        Edition.objects.filter(document__index_no=document, number=1)
        .values_list("line__body", flat=True)
        .first()
    )
    return matching.shanghai_day(json.loads(body)["at"]) if body else None


def _journal_size() -> int:
    return Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0
