"""Which public lines serve a duty: read from the facts of the line, never from a tick.

A duty's rule lists alternatives, each a list of words. A publication serves the duty when all words of
one alternative stand in its title or its keywords, and its form is one of the accepted ones. Case and
width of characters do not matter. Nothing else is looked at, so that anybody can repeat it.
"""

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import add
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Publication(NamedTuple):
    """A `publish`, `revise` or `version` line. `on` is the day in Shanghai on which it went online.

    `counted` says how many of how many it holds ("10/11"), where a version of a register was counted.
    """

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
    counted: str = ""

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.keywords))


class Occasion(NamedTuple):
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


class Withdrawn(NamedTuple):
    """A `withdraw` line: from that day on the document serves nothing."""

    seq: int
    on: dt.date
    document: str


Fact = Publication | Occasion | Withdrawn


def from_body(body: Mapping[str, Any]) -> Fact | None:
    """The facts of a decoded journal line; None for acts that meet no duty (the adoption of a plan)."""
    act, seq = body["act"], int(body["seq"])
    if act not in {"publish", "revise", "version", "withdraw", "occasion"}:
        return None
    on = shanghai_day(body["at"])
    if act == "withdraw":
        return Withdrawn(seq, on, body["document"])
    keywords = tuple(body.get("keywords") or ())
    if act == "occasion":
        happened = dt.date.fromisoformat(body["happened_on"])
        return Occasion(seq, on, body["unit"], body["title"], keywords, happened)
    made_on = body.get("made_on")
    table = act == "version"
    return Publication(
        seq=seq,
        on=on,
        unit=body["unit"],
        # A version of a register stands for itself: it is no revision of the one before.
        document=f"data/{body['register']}/v/{body['version']}" if table else body["document"],
        edition=1 if table else int(body["edition"]),
        title=body["title"],
        keywords=keywords,
        form=body["form"],
        covers=body.get("covers") or "",
        made_on=dt.date.fromisoformat(made_on) if made_on else None,
        counted=f"{counted['count']}/{counted['wanted']}" if (counted := body.get("counted")) else "",
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
        kept = ([fold(word) for word in alternative if word] for alternative in self.words)
        return tuple(tuple(words) for words in kept if words)

    def accepts(self, form: str) -> bool:
        return not self.forms or form in self.forms


def matches(wanted: Wanted, publication: Publication) -> bool:
    """Whether the publication is one that the rule looks for (its unit is looked at elsewhere)."""
    return wanted.accepts(publication.form) and says(wanted, fold(publication.text))


def says(wanted: Wanted, text: str) -> bool:
    """Whether all words of one alternative stand in a folded text."""
    return any(all(word in text for word in alternative) for alternative in wanted.folded)


class WordIndex:
    """Finds the rules that a text satisfies, many rules at a time.

    The same answer as `says` on every rule in turn (a test compares them). Of each alternative one pair
    of characters is noted, one that few alternatives have; only those whose pair stands in the text are
    looked at.
    """

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        alternatives = [
            (position, alternative) for position, rule in enumerate(wanted) for alternative in rule.folded
        ]
        common = Counter(pair for _, alternative in alternatives for pair in _pairs_of(alternative))
        self._by_pair: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for position, alternative in alternatives:
            rarest = min(_pairs_of(alternative), key=lambda pair: (common[pair], pair))
            self._by_pair.setdefault(rarest, []).append((position, alternative))
        self._has_single = any(len(pair) == 1 for pair in self._by_pair)

    def find(self, text: str) -> set[int]:
        """The positions of the rules that the folded text satisfies."""
        found: set[int] = set()
        for pair in self._pairs(text) & self._by_pair.keys():
            for position, alternative in self._by_pair[pair]:
                for word in alternative:
                    if word not in text:
                        break
                else:
                    found.add(position)
        return found

    def _pairs(self, text: str) -> set[str]:
        pairs = set(map(add, text, text[1:]))
        return pairs.union(text) if self._has_single else pairs


def _pairs_of(alternative: Iterable[str]) -> set[str]:
    """All two characters that follow each other in a word; a word of one character is its own."""
    return {pair for word in alternative for pair in (map(add, word, word[1:]) if len(word) > 1 else (word,))}


class Match(NamedTuple):
    """One line serves one duty: what the ledger keeps, and all that a verdict needs of the line.

    `seat` is the unit (or group member) that the duty names, `publisher` who published or recorded.
    `key` is the period served, empty for event-driven duties; for these `day` (made or happened) and
    `text` (title, keywords) serve to pair publications with occasions. `document` is empty for an
    occasion. `until` is the day of withdrawal. `counted` ("10/11") is kept only where the duty promises a
    quantity.
    """

    # A tuple, because a rebuild makes them by the hundred thousand.
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
    counted: str = ""
