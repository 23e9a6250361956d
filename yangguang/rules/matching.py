"""Which public lines serve a duty: read from the facts of the line, never from a tick.

A duty's rule lists alternatives, each a list of words. A publication serves the duty when all words of
one alternative stand in its title or its keywords, and its form is one of the accepted ones. Case and
width of characters do not matter. Nothing else is looked at, so that anybody can repeat it.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Publication:
    """A `publish` or `revise` line. `on` is the day in Shanghai on which it went online."""

    seq: int
    on: dt.date
    unit: str
    document: str
    edition: int
    title: str
    keywords: tuple[str, ...]
    form: str
    covers: str
    made_on: dt.date | None

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.keywords))


@dataclass(frozen=True, slots=True)
class Occasion:
    """An `occasion` line: what happened must be made public. `on` is the day it was recorded."""

    seq: int
    on: dt.date
    unit: str
    title: str
    keywords: tuple[str, ...]
    happened_on: dt.date

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.keywords))


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A `withdraw` line: from that day on the document serves nothing."""

    seq: int
    on: dt.date
    document: str


Fact = Publication | Occasion | Withdrawn


def from_body(body: Mapping[str, Any]) -> Fact | None:
    """The facts of a decoded journal line; None for acts that meet no duty (the adoption of a plan)."""
    act, seq = body["act"], int(body["seq"])
    if act not in {"publish", "revise", "withdraw", "occasion"}:
        return None
    on = shanghai_day(body["at"])
    if act == "withdraw":
        return Withdrawn(seq, on, body["document"])
    keywords = tuple(body.get("keywords") or ())
    if act == "occasion":
        happened = dt.date.fromisoformat(body["happened_on"])
        return Occasion(seq, on, body["unit"], body["title"], keywords, happened)
    made_on = body.get("made_on")
    return Publication(
        seq=seq,
        on=on,
        unit=body["unit"],
        document=body["document"],
        edition=int(body["edition"]),
        title=body["title"],
        keywords=keywords,
        form=body["form"],
        covers=body.get("covers") or "",
        made_on=dt.date.fromisoformat(made_on) if made_on else None,
    )


def shanghai_day(at: str) -> dt.date:
    """The day in Shanghai of a moment as the journal writes it (ISO 8601 with an offset)."""
    if at.endswith("+08:00"):
        return dt.date.fromisoformat(at[:10])
    return dt.datetime.fromisoformat(at).astimezone(SHANGHAI).date()


def fold(text: str) -> str:
    """Half width and lower case, so that ＰＰＰ, PPP and ppp are one word."""
    return unicodedata.normalize("NFKC", text).casefold()


@dataclass(frozen=True)
class Wanted:
    """What a duty's rule looks for. No forms means: any form. No words means: nothing can match."""

    words: tuple[tuple[str, ...], ...]
    forms: frozenset[str]

    @cached_property
    def folded(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(fold(word) for word in alternative) for alternative in self.words if alternative)

    def accepts(self, form: str) -> bool:
        return not self.forms or form in self.forms


def matches(wanted: Wanted, publication: Publication) -> bool:
    """Whether the publication is one that the rule looks for (its unit is looked at elsewhere)."""
    return wanted.accepts(publication.form) and says(wanted, fold(publication.text))


def says(wanted: Wanted, text: str) -> bool:
    """Whether all words of one alternative stand in a folded text."""
    return any(all(word in text for word in alternative) for alternative in wanted.folded)


class WordIndex:
    """Finds the rules that a text satisfies by looking up each distinct word once.

    The same answer as `says` on every rule in turn (a test compares them), for many rules at a time.
    """

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        self._by_word: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for position, rule in enumerate(wanted):
            for alternative in rule.folded:
                # The longest word of an alternative is its rarest: the others are looked up after it.
                first, *rest = sorted(alternative, key=len, reverse=True)
                self._by_word.setdefault(first, []).append((position, tuple(rest)))

    def find(self, text: str) -> set[int]:
        """The positions of the rules that the folded text satisfies."""
        found: set[int] = set()
        for word, entries in self._by_word.items():
            if word in text:
                found.update(position for position, rest in entries if all(other in text for other in rest))
        return found


@dataclass(frozen=True, slots=True)
class Match:
    """One line serves one duty: what the ledger keeps, and all that a verdict needs of the line.

    `seat` is the unit (or group member) that the duty names, `publisher` who published or recorded.
    `key` is the period served, empty for event-driven duties; for these `day` (made or happened) and
    `text` (title, keywords) serve to pair publications with occasions. `document` is empty for an
    occasion. `until` is the day of withdrawal.
    """

    duty: str
    seat: str
    publisher: str
    seq: int
    on: dt.date
    document: str
    key: str = ""
    day: dt.date | None = None
    text: str = ""
    until: dt.date | None = None
