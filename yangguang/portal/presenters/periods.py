"""The periods of a duty as a strip of cells, one for each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from yangguang.directory.models import Unit
from yangguang.ledger.queries import Standing
from yangguang.portal.presenters import months, tally
from yangguang.portal.presenters.months import Month
from yangguang.rules.verdict import State


@dataclass(frozen=True)
class Cell:
    """One period. `short` is what fits under a cell: 8月, 三季度, 21."""

    standing: Standing
    short: str
    is_chosen: bool


@dataclass(frozen=True)
class Lane:
    """The periods of one unit."""

    unit: Unit
    cells: list[Cell]

    @property
    def only(self) -> Cell:
        return self.cells[0]


@dataclass(frozen=True)
class Sheet:
    """One month of a daily duty; `blanks` empty places stand before its first day, weeks from Monday."""

    month: Month
    blanks: range
    cells: list[Cell] = field(default_factory=list)


def short(standing: Standing) -> str:
    """The period's name without the year where it has one, for a narrow cell."""
    key, label = standing.key, standing.label
    if len(key) == len("2017-08-14"):
        return str(int(key[-2:]))
    bare = label.removeprefix(f"{key[:4]}年")
    return bare.removeprefix("第").strip() or label


def lanes(standings: Sequence[Standing], chosen: Standing | None) -> list[Lane]:
    """A lane for each unit, periods in time order. Events are no lanes: `events` lists them."""
    by_unit = tally.grouped((s for s in standings if not is_event(s)), lambda s: s.unit)
    return [
        Lane(
            unit, [Cell(s, short(s), s is chosen) for s in sorted(own, key=lambda s: (s.opens_on, s.ends_on))]
        )
        for unit, own in by_unit.items()
    ]


def sheets(lane: Lane) -> list[Sheet]:
    """A lane of days as calendar months."""
    found: list[Sheet] = []
    for cell in lane.cells:
        month = months.of(cell.standing.opens_on)
        if not found or found[-1].month != month:
            found.append(Sheet(month, range(cell.standing.opens_on.weekday())))
        found[-1].cells.append(cell)
    return found


def is_event(standing: Standing) -> bool:
    """Of an event-driven duty: an event, or the place that stands for none."""
    return bool(standing.obligation.rule.get("kind") == "event") or standing.key.startswith("#")


def quiet(standings: Sequence[Standing]) -> list[Unit]:
    """The units of an event-driven duty for which nothing has happened."""
    return [s.unit for s in standings if is_event(s) and not s.key.startswith("#")]


def are_tiles(found: Sequence[Lane]) -> bool:
    """Several units with one period each: drawn as tiles that carry the unit's name."""
    return len(found) > 1 and all(len(lane.cells) == 1 for lane in found)


def events(standings: Sequence[Standing], chosen: Standing | None) -> list[Cell]:
    """The events of an event-driven duty, the newest first. A list, not a strip: each has its own title."""
    found = [Cell(s, s.label, s is chosen) for s in standings if s.key.startswith("#")]
    return sorted(found, key=lambda cell: (cell.standing.opens_on, cell.standing.key), reverse=True)


def is_daily(standings: Sequence[Standing]) -> bool:
    """Whether the periods are days: they are then drawn as calendar months."""
    return bool(standings) and all(s.opens_on == s.ends_on and not s.key.startswith("#") for s in standings)


def choose(standings: Sequence[Standing], key: str, unit: str) -> Standing | None:
    """The period asked for; without a wish the one that a visitor wants to know about first.

    That is the longest missing one, else the newest with an outcome, else the next due. None where there
    are no periods, or none with that key (and unit).
    """
    own = [s for s in standings if not unit or s.unit.slug == unit]
    if key:
        return next((s for s in own if s.key == key), None)
    missing = [s for s in own if s.verdict.state is State.MISSING]
    newest_missing = max(missing, key=lambda s: s.verdict.due_on or dt.date.min, default=None)
    own = [s for s in own if not is_event(s) or s.key.startswith("#")] or own
    return newest_missing or tally.latest(own) or next(iter(tally.coming(own)), None) or next(iter(own), None)
