"""Event-driven duties (及时): pair what happened with what was published about it.

In the order of the journal:

1. An occasion opens an event on the day it happened, unless a publication already made tells of the same
   matter: same day, and at least half of the occasion's two-character words stand in the publication.
2. A publication goes to the event that its document already serves; else to the best open event; else it
   opens an event of its own on the day it was made (成文日期). Without that day the event cannot be judged.
3. An event is open while no publication of it stands. It can take a publication made (or, where no such
   day is given, published) on its day or later; an event that a publication opened takes, after a
   withdrawal, only one made on the same day. Best is the event that shares most two-character words with
   the publication, then the one that happened first, then the one recorded first.
"""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from yangguang.rules.matching import Match, fold
from yangguang.rules.verdict import Evidence


@dataclass(slots=True)
class Event:
    """Something that happened, or was made, and must be made public. `day` None: not known.

    `unit` told of it; `seq` is the journal line that first did.
    """

    seq: int
    unit: str
    day: dt.date | None
    text: str
    by_occasion: bool
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0]

    def open_on(self, day: dt.date) -> bool:
        return not any(item.stands(day) for item in self.evidence)


def pair(matches: Iterable[Match]) -> list[Event]:
    """The events of one duty and one seat, in the order in which they became known.

    `matches` are those of that duty and seat, in journal order.
    """
    events: list[Event] = []
    served: dict[str, Event] = {}
    for match in matches:
        if not match.document:
            if not any(_same_matter(match, event) for event in events):
                events.append(Event(match.seq, match.publisher, match.day, match.text, by_occasion=True))
            continue
        event = served.get(match.document) or _best_open(events, match)
        if event is None:
            event = Event(match.seq, match.publisher, match.day, match.text, by_occasion=False)
            events.append(event)
        served[match.document] = event
        event.evidence.append(Evidence(match.seq, match.on, match.until, match.counted))
    return events


def _best_open(events: list[Event], match: Match) -> Event | None:
    made = match.day or match.on
    candidates = [
        event
        for event in events
        if event.day is not None
        and (event.day <= made if event.by_occasion else event.day == match.day)
        and event.open_on(match.on)
    ]
    words = word_pairs(match.text)
    return max(
        candidates,
        key=lambda event: (len(word_pairs(event.text) & words), -_ordinal(event.day), -event.seq),
        default=None,
    )


def _same_matter(occasion: Match, event: Event) -> bool:
    if event.by_occasion or event.day != occasion.day:
        return False
    told = word_pairs(occasion.text.partition("\n")[0])
    return 2 * len(told & word_pairs(event.text)) >= len(told)


def word_pairs(text: str) -> set[str]:
    """The two-character words of a text, whatever width and case; none across a space or line end."""
    pairs = (first + second for first, second in itertools.pairwise(fold(text)))
    return {pair for pair in pairs if not any(character.isspace() for character in pair)}


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0
