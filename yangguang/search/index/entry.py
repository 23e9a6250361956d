"""One row of the index: what can be found, from which day until which, and how it counts."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import tantivy

from yangguang.search.cutting import Cut
from yangguang.search.index.schema import BESIDE, column

EVER = 99999999
"""The last day of an entry that has not ended."""
HEAVIEST = 6.0
"""No entry weighs more: so much tells how high a rank can be."""


def day_number(day: date) -> int:
    """2017-11-30 as 20171130: days in the order of their numbers."""
    return day.year * 10000 + day.month * 100 + day.day


def grains(day: int) -> tuple[int, int, int]:
    """The year, the month and the day of a day number: 2017, 201711, 20171130.

    With all three in the index, the days before another are a few years, months and days, not thousands of days.
    """
    return day // 10000, day // 100, day


class Entry(NamedTuple):
    """A text as it stood from the day `since` until the day `until` (numbers, see `day_number`), both included.

    `source` names where it comes from ("document"), `key` what it belongs to there: follow-ups replace all
    entries of a key. `seq` is the journal line by which the source shows it. `texts` is everything public
    about it, title first. `number` is its 文号 in the reduced form of `numbers.reduced`. `weight` multiplies
    its rank: 1 for the least, `HEAVIEST` at most.
    """

    source: str
    key: str
    seq: int
    since: int
    until: int
    texts: Sequence[str]
    units: Sequence[str] = ()
    topic: str = ""
    form: str = ""
    status: str = ""
    year: int = 0
    number: str = ""
    weight: float = 1.0

    @property
    def address(self) -> str:
        return f"{self.source}:{self.key}"


def as_document(entry: Entry, cut: Cut) -> tantivy.Document:
    """The entry as the index takes it, with its texts cut into terms."""
    row = tantivy.Document()
    row.add_text("entry", entry.address)
    row.add_text("source", entry.source)
    row.add_text("text", cut.text)
    row.add_text("title", cut.title)
    row.add_text("sounds", cut.spoken)
    for unit in entry.units:
        row.add_text("unit", unit)
        row.add_text(column(["unit"]), unit)
    for field in ("topic", "form", "status", "number"):
        if value := getattr(entry, field):
            row.add_text(field, value)
    row.add_text("year", str(entry.year))
    row.add_text(column(["topic", "form"]), f"{entry.topic}{BESIDE}{entry.form}")
    row.add_text(column(["status", "year"]), f"{entry.status}{BESIDE}{entry.year}")
    for grain in grains(entry.since):
        row.add_unsigned("since", grain)
    # What has not ended is left out of no day.
    for grain in grains(entry.until) if entry.until != EVER else ():
        row.add_unsigned("until", grain)
    row.add_unsigned("seq", entry.seq)
    # tantivy multiplies the score by log2(2 + weight).
    row.add_float("weight", 2.0 ** min(entry.weight, HEAVIEST) - 2.0)
    return row
