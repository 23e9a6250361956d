"""The public's own verdict: from a plan, the units, the calendar and the journal lines to every verdict.

The ledger calls the same functions; there is no second implementation. It only keeps the matches between
calls, so that one new line need not read all others again.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yangguang.rules.duties import Duty
from yangguang.rules.events import pair
from yangguang.rules.holders import Register, Seat
from yangguang.rules.matching import (
    Fact,
    Match,
    Occasion,
    Publication,
    Withdrawn,
    WordIndex,
    fold,
    from_body,
)
from yangguang.rules.periods import ONE_DAY, Kind, Period, span_on
from yangguang.rules.verdict import Evidence, Verdict, judge

Cell = tuple[str, str]
"""A duty's code and a seat's unit: matches of other cells never touch its verdicts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One verdict: of a duty (by its code), a unit and a period. `evidence` is all that was ever matched
    and known on the day, withdrawn or not, in journal order."""

    duty: str
    unit: str
    period: Period
    verdict: Verdict
    evidence: tuple[Evidence, ...]


class Book:
    """A plan's duties and who holds them, ready to match lines and to give verdicts. Changes never."""

    def __init__(self, duties: Iterable[Duty], register: Register) -> None:
        self.duties = tuple(duties)
        self.register = register
        self._desks: dict[str, _Desk] = {}

    @cached_property
    def seats(self) -> dict[str, tuple[Seat, ...]]:
        """The seats of each duty by its code, each once."""
        return {
            duty.code: tuple(dict.fromkeys(seat for unit in duty.units for seat in self.register.seats(unit)))
            for duty in self.duties
        }

    def match(self, fact: Publication | Occasion, first_on: dt.date | None = None) -> Iterator[Match]:
        """What one line serves.

        `first_on` is the day the document first went online, for a revision; it decides the period where
        the line names none, so that mending an old text does not meet a new period.
        """
        unit = self.register.named(fact.unit)
        desk = self._desks.get(unit)
        if desk is None:
            desk = self._desks[unit] = self._desk(unit)
        return desk.match(fact, unit, first_on or fact.on)

    def rows(
        self,
        matches: Mapping[Cell, Sequence[Match]],
        as_of: dt.date,
        wanted: Callable[[Duty], bool] = lambda duty: True,
    ) -> Iterator[Row]:
        """The verdicts of a day, duty by duty, period by period, unit by unit.

        `matches` holds each cell's matches in journal order; later ones than `as_of` are passed over.
        `wanted` picks the duties.
        """
        for duty in self.duties:
            if wanted(duty):
                kind = _event_rows if duty.kind is Kind.EVENT else _period_rows
                yield from kind(self, duty, matches, as_of)

    def _desk(self, unit: str) -> "_Desk":
        lineage = self.register.lineage(unit)
        seats = [
            (duty, seat) for duty in self.duties for seat in self.seats[duty.code] if seat.unit in lineage
        ]
        return _Desk(seats)


class _Desk:
    """The duties that one publisher's lines can serve."""

    def __init__(self, seats: list[tuple[Duty, Seat]]) -> None:
        self._seats = seats
        self._index = WordIndex(duty.wanted for duty, _ in seats)

    def match(self, fact: Publication | Occasion, unit: str, first_on: dt.date) -> Iterator[Match]:
        for position in sorted(self._index.find(fold(fact.text))):
            duty, seat = self._seats[position]
            if duty.kind is Kind.INTERNAL:
                continue
            if duty.kind is Kind.EVENT:
                if isinstance(fact, Occasion):
                    yield Match(
                        duty.code, seat.unit, unit, fact.seq, fact.on, "", "", fact.happened_on, fact.text
                    )
                elif duty.wanted.accepts(fact.form):
                    yield Match(
                        duty.code,
                        seat.unit,
                        unit,
                        fact.seq,
                        fact.on,
                        fact.document,
                        "",
                        fact.made_on,
                        fact.text,
                    )
            elif isinstance(fact, Publication) and duty.wanted.accepts(fact.form):
                period = period_served(duty, fact, first_on)
                if period is not None:
                    yield Match(duty.code, seat.unit, unit, fact.seq, fact.on, fact.document, period.key)


def period_served(duty: Duty, publication: Publication, first_on: dt.date) -> Period | None:
    """The period that a matching publication serves.

    The one it names (所属期); 2017 names the second half of 2017 too, because 全年 reports close the
    year. Where it names none: the newest period that had ended before the document first went online.
    A duty to be met once has one period, and takes any. A period that has not begun cannot be served.
    """
    if duty.kind is Kind.ONCE:
        period = next(iter(duty.periods.values()), None)
    elif publication.covers:
        covers = publication.covers
        if duty.kind is Kind.HALF_YEARLY and len(covers) == len("2017"):
            covers += "H2"
        period = duty.periods.get(covers)
    else:
        running = span_on(duty.kind, first_on)
        period = duty.periods.get(span_on(duty.kind, running.opens_on - ONE_DAY).key)
    return period if period is not None and period.opens_on <= publication.on else None


def _period_rows(
    book: Book, duty: Duty, matches: Mapping[Cell, Sequence[Match]], as_of: dt.date
) -> Iterator[Row]:
    found: dict[tuple[str, str], list[Match]] = {}
    for seat in book.seats[duty.code]:
        for match in matches.get((duty.code, seat.unit), ()):
            if match.on <= as_of:
                found.setdefault((seat.unit, match.key), []).append(match)
    for period in duty.periods.values():
        bare = judge(period, (), as_of, duty.calendar)
        for unit, seats in _holders(book, duty, period.ends_on).items():
            own = [match for seat in seats for match in found.get((seat, period.key), ())]
            if not own:
                yield Row(duty.code, unit, period, bare, ())
                continue
            evidence = _evidence(book, unit, own)
            yield Row(duty.code, unit, period, judge(period, evidence, as_of, duty.calendar), evidence)


def _event_rows(
    book: Book, duty: Duty, matches: Mapping[Cell, Sequence[Match]], as_of: dt.date
) -> Iterator[Row]:
    quiet = _holders(book, duty, min(max(as_of, duty.issued_on), duty.closes_on))
    for seat in book.seats[duty.code]:
        known = [match for match in matches.get((duty.code, seat.unit), ()) if match.on <= as_of]
        for event in pair(known):
            period = duty.event_period(event)
            if period is None:
                continue
            evidence = tuple(event.evidence)
            for unit in book.register.holders(seat, period.opens_on):
                quiet.pop(unit, None)
                yield Row(duty.code, unit, period, judge(period, evidence, as_of, duty.calendar), evidence)
    period = duty.quiet_period
    bare = judge(period, (), as_of, duty.calendar)
    for unit in quiet:
        yield Row(duty.code, unit, period, bare, ())


def _holders(book: Book, duty: Duty, day: dt.date) -> dict[str, list[str]]:
    """The units that owe on a day, each with the seats it holds."""
    holders: dict[str, list[str]] = {}
    for seat in book.seats[duty.code]:
        for unit in book.register.holders(seat, day):
            holders.setdefault(unit, []).append(seat.unit)
    return holders


def _evidence(book: Book, unit: str, matches: Iterable[Match]) -> tuple[Evidence, ...]:
    """The matches published by the unit or its lineage, each line once, in journal order."""
    lineage = book.register.lineage(unit)
    lines = {match.seq: match for match in matches if match.publisher in lineage}
    return tuple(Evidence(seq, lines[seq].on, lines[seq].until) for seq in sorted(lines))


def match_all(
    book: Book,
    facts: Iterable[Fact],
    ended: Mapping[str, dt.date],
    earlier: Callable[[str], dt.date | None] = lambda document: None,
) -> Iterator[Match]:
    """The matches of a run of lines, in their order.

    `ended` gives the day of withdrawal of documents; `earlier` the day a document first went online when
    that line is not in the run.
    """
    first: dict[str, dt.date] = {}
    for fact in facts:
        if isinstance(fact, Withdrawn):
            continue
        if isinstance(fact, Occasion):
            yield from book.match(fact)
            continue
        if fact.edition == 1:
            first[fact.document] = fact.on
        first_on = first.get(fact.document) or earlier(fact.document)
        until = ended.get(fact.document)
        for match in book.match(fact, first_on):
            yield match if until is None else dataclasses.replace(match, until=until)


def withdrawals(facts: Iterable[Fact]) -> dict[str, dt.date]:
    """The day of withdrawal of each document that was withdrawn."""
    return {fact.document: fact.on for fact in facts if isinstance(fact, Withdrawn)}


def by_cell(matches: Iterable[Match]) -> dict[Cell, list[Match]]:
    """Matches sorted into their cells, their order kept."""
    cells: dict[Cell, list[Match]] = {}
    for match in matches:
        cells.setdefault((match.duty, match.seat), []).append(match)
    return cells


def recompute(
    duties: Iterable[Duty], register: Register, bodies: Iterable[Mapping[str, Any]], as_of: dt.date
) -> list[Row]:
    """Every verdict of a plan as of a day, from public facts alone.

    `bodies` are the decoded bodies of the journal's lines, in order; check the chain first.
    """
    book = Book(duties, register)
    facts = [fact for fact in map(from_body, bodies) if fact is not None]
    return list(book.rows(by_cell(match_all(book, facts, withdrawals(facts))), as_of))
