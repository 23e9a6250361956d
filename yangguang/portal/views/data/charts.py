"""A version's chart: its numbers for the table, its drawing for the eye."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yangguang.registers.models import Version
from yangguang.rules.tables.chart import NARROW, WIDE, title_of_y
from yangguang.rules.tables.chart import specification as specified
from yangguang.rules.tables.schema import Descriptor
from yangguang.warehouse.tables import points
from yangguang.warehouse.tables.drawing import digest, drawn
from yangguang.warehouse.tables.stored import Stored

__all__ = ["Numbers", "digest", "drawn", "numbers", "specification"]

MOST_LINES = 400


@dataclass(frozen=True)
class Numbers:
    """The chart's numbers as a table: heading of the first column, headings of the others, lines.

    `period` is the one period that the chart is of, empty where it is of all; `more`: some are left out.
    """

    title: str
    measure: str
    first: str
    columns: Sequence[str]
    lines: Sequence[tuple[str, Sequence[float | None]]]
    period: str
    more: bool


def specification(version: Version, *, narrow: bool = False) -> dict[str, Any] | None:
    """What is drawn; None where the register has no chart or there is nothing to draw."""
    found = _points(_stored(version), version.described)
    if not found.points:
        return None
    return specified(version.described, found.points, width=NARROW if narrow else WIDE)


def numbers(version: Version) -> Numbers | None:
    """The numbers that the chart shows; None where there is no chart."""
    described = version.described
    found = _points(_stored(version), described)
    chart = described.chart
    if chart is None or not found.points:
        return None
    series = list(dict.fromkeys(point.series for point in found.points))
    cells = {(point.x, point.series): point.y for point in found.points}
    places = list(dict.fromkeys(point.x for point in found.points))
    return Numbers(
        chart.title or version.register.title,
        title_of_y(described),
        described.field(chart.x).title,
        [one or title_of_y(described) for one in series],
        [(place, [cells.get((place, one)) for one in series]) for place in places[:MOST_LINES]],
        found.period,
        found.more or len(places) > MOST_LINES,
    )


# A stored version is named by the hash of its bytes: its points never change, and take the engine 7 ms.
@lru_cache(maxsize=64)
def _points(stored: Stored, descriptor: Descriptor) -> points.Points:
    return points.points(stored, descriptor)


def _stored(version: Version) -> Stored:
    return Stored.public(version.served, version.described)
