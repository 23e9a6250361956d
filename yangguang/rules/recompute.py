"""The public's own verdict: from a plan, the units, the calendar and the journal lines to every verdict.

The ledger calls the same functions; there is no second implementation. It only keeps the matches between
calls, so that one new line need not read all others again.
"""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yangguang.rules.duties import Duty
from yangguang.rules.events import pair
from yangguang.rules.holders import Register, Seating
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


class Row(NamedTuple):
    """One verdict: of a duty (by its code), a unit and a period.

    `evidence` is all that was ever matched and known on the day, withdrawn or not, in journal order.
    """

    # A tuple, because a large administration has millions of them.
    duty: str
    unit: str
    period: Period
    verdict: Verdict
    evidence: tuple[Evidence, ...]


class Book:
    """A plan's duties and who holds them, ready to match lines and to give verdicts. Never changes."""

    def __init__(self, duties: Iterable[Duty], register: Register) -> None:
        self.duties = tuple(duties)
        self.register = register
        self._desks: dict[str, _Desk] = {}
        self._near: dict[tuple[str, ...], _Duties] = {}

    def match(self, fact: Publication | Occasion, first_on: dt.date | None = None) -> list[Match]:
        """What one line serves.

        `first_on` is the day the document first went online, for a revision; it decides the period where
        the line names none, so that mending an old text does not meet a new period.
        """
        unit = self.register.named(fact.unit)
        desk = self._desks.get(unit)
        if desk is None:
            desk = self._desks[unit] = _Desk(self, unit)
        return desk.match(fact, first_on or fact.on)

    def near(self, lineage: frozenset[str]) -> "_Duties":
        """The duties that name one of these units; publishers with the same duties share them."""
        found = tuple(
            duty
            for duty in self.duties
            if duty.kind is not Kind.INTERNAL
            and not lineage.isdisjoint(self.register.seating(duty.units).seats)
        )
        codes = tuple(duty.code for duty in found)
        if codes not in self._near:
            self._near[codes] = _Duties(found, WordIndex(duty.wanted for duty in found))
        return self._near[codes]

    def rows(
        self,
        matches: Mapping[Cell, Sequence[Match]],
        as_of: dt.date,
        *,
        unit: str | None = None,
        duties: Container[str] | None = None,
    ) -> Iterator[Row]:
        """The verdicts of a day, duty by duty, period by period, unit by unit.

        `matches` holds each cell's matches in journal order; those after `as_of` are passed over. `unit`
        and `duties` (codes) narrow the answer.
        """
        for duty in self.duties:
            if duties is not None and duty.code not in duties:
                continue
            seating = self.register.seating(duty.units)
            if unit is not None:
                seating = seating.of(unit)
                if not seating.seats:
                    continue
            rows = event_rows if duty.kind is Kind.EVENT else period_rows
            found = rows(duty, seating, matches, as_of)
            yield from found if unit is None else (row for row in found if row.unit == unit)


class _Duties(NamedTuple):
    duties: tuple[Duty, ...]
    words: WordIndex


class _Desk:
    """What one publisher's lines can serve."""

    def __init__(self, book: Book, unit: str) -> None:
        self._unit = unit
        self._register = book.register
        self._lineage = book.register.lineage(unit)
        self._duties, self._words = book.near(self._lineage)

    def match(self, fact: Publication | Occasion, first_on: dt.date) -> list[Match]:
        found = []
        for position in sorted(self._words.find(fold(fact.text))):
            duty = self._duties[position]
            served = _served(duty, fact, first_on)
            if served is not None:
                counted = fact.counted if duty.measure and isinstance(fact, Publication) else ""
                found += [
                    Match(duty.code, seat, self._unit, fact.seq, fact.on, *served, counted=counted)
                    for seat in self._seats(duty)
                ]
        return found

    def _seats(self, duty: Duty) -> list[str]:
        seats = self._register.seating(duty.units).seats
        return sorted(unit for unit in self._lineage if unit in seats)


Served = tuple[str, str, dt.date | None, str]
"""The fields of a match after `on`: document, key, day, text."""


def _served(duty: Duty, fact: Publication | Occasion, first_on: dt.date) -> Served | None:
    """What a line with the right words serves of a duty; None where it serves nothing after all."""
    event = duty.kind is Kind.EVENT
    if isinstance(fact, Occasion):
        return ("", "", fact.happened_on, fact.text) if event else None
    if not duty.wanted.accepts(fact.form):
        return None
    if event:
        return fact.document, "", fact.made_on, fact.text
    period = period_served(duty, fact, first_on)
    return (fact.document, period.key, None, "") if period else None


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


def period_rows(
    duty: Duty, seating: Seating, matches: Mapping[Cell, Sequence[Match]], as_of: dt.date
) -> Iterator[Row]:
    """The verdicts of a duty with periods."""
    served: dict[str, dict[str, list[Match]]] = {key: {} for key in duty.periods}
    for seat in seating.seats:
        for match in matches.get((duty.code, seat), ()):
            if match.on <= as_of:
                served[match.key].setdefault(seat, []).append(match)
    for period in duty.periods.values():
        bare = judge(period, (), as_of, duty.calendar)
        found = served[period.key]
        for unit, seats in seating.holders(period.ends_on).items():
            if found.keys().isdisjoint(seats):
                yield Row(duty.code, unit, period, bare, ())
                continue
            own = (match for seat in seats for match in found.get(seat, ()))
            evidence = _evidence(seating.register.lineage(unit), own)
            yield Row(duty.code, unit, period, judge(period, evidence, as_of, duty.calendar), evidence)


def event_rows(
    duty: Duty, seating: Seating, matches: Mapping[Cell, Sequence[Match]], as_of: dt.date
) -> Iterator[Row]:
    """The verdicts of an event-driven duty: one for each event, or one that says that there was none."""
    quiet = dict(seating.holders(min(max(as_of, duty.issued_on), duty.closes_on)))
    for pool in seating.pools():
        known = {
            match.seq: match
            for seat in pool
            for match in matches.get((duty.code, seat), ())
            if match.on <= as_of
        }
        for event in pair(known[seq] for seq in sorted(known)):
            period = duty.event_period(event)
            if period is None:
                continue
            evidence = tuple(event.evidence)
            verdict = judge(period, evidence, as_of, duty.calendar)
            for unit, seats in seating.holders(period.opens_on).items():
                if set(seats) & set(pool) and event.unit in seating.register.lineage(unit):
                    quiet.pop(unit, None)
                    yield Row(duty.code, unit, period, verdict, evidence)
    bare = judge(duty.quiet_period, (), as_of, duty.calendar)
    for unit in quiet:
        yield Row(duty.code, unit, duty.quiet_period, bare, ())


def _evidence(lineage: frozenset[str], matches: Iterable[Match]) -> tuple[Evidence, ...]:
    """The matches that the unit or its lineage published, each line once, in journal order."""
    lines = {match.seq: match for match in matches if match.publisher in lineage}
    return tuple(Evidence(seq, lines[seq].on, lines[seq].until, lines[seq].counted) for seq in sorted(lines))


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
            yield match if until is None else match._replace(until=until)


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
