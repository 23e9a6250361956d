"""What is owed, arranged for the first screen: overdue first, then by day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from yangguang.directory.models import Unit
from yangguang.ledger.queries import Standing
from yangguang.office.wording import weekday
from yangguang.rules.verdict import State
from yangguang.rules.verdict_words import SIGNS, told


@dataclass(frozen=True)
class Item:
    """One period to publish for, with the address of the form that has everything known filled in.

    Where a register serves the duty that is the upload of its data, else a new document.
    """

    standing: Standing
    sign: str
    words: str
    publish_url: str
    is_table: bool


@dataclass(frozen=True)
class Day:
    """What is due on one day."""

    due_on: dt.date
    weekday: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bucket:
    """A stretch of the list: overdue, today, this week, this month, later."""

    key: str
    title: str
    days: tuple[Day, ...]

    @property
    def count(self) -> int:
        return sum(len(day.items) for day in self.days)


@dataclass(frozen=True)
class UnitRow:
    """One line of the general office's table."""

    unit: Unit
    missing: int
    today: int
    week: int
    month: int
    late: int


Registers = Mapping[tuple[int, str], str]
"""The address name of the register that serves a duty, by key of the unit and code of the obligation."""


def buckets(standings: Iterable[Standing], today: dt.date, registers: Registers) -> list[Bucket]:
    """Overdue (oldest first), due today, this week, this month, and in the month after; empty ones too."""
    open_ones = [standing for standing in standings if bucket_of(standing, today)]
    return [
        Bucket(
            key,
            title,
            _days((standing for standing in open_ones if bucket_of(standing, today) == key), registers),
        )
        for key, title in (
            ("missing", "逾期未公开、公开不全"),
            ("today", "今天到期"),
            ("week", "本周到期"),
            ("month", "本月到期"),
            ("next", "下月到期"),
        )
    ]


def bucket_of(standing: Standing, today: dt.date) -> str:
    """Where a period stands in the list; empty when nothing is to be done now."""
    verdict = standing.verdict
    due = verdict.due_on
    if verdict.state in {State.MISSING, State.PARTIAL}:
        return "missing"
    # What is there in part before its due day is still to be completed.
    still_open = verdict.state == State.NOT_YET or (verdict.state == State.PROVISIONAL and not verdict.met_on)
    if not still_open or due is None or due < today:
        return ""
    if due == today:
        return "today"
    if due <= sunday_of(today):
        return "week"
    months_ahead = (due.year - today.year) * 12 + due.month - today.month
    return {0: "month", 1: "next"}.get(months_ahead, "")


def sunday_of(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=6 - day.weekday())


def by_unit(standings: Iterable[Standing], today: dt.date) -> list[UnitRow]:
    """The units with something overdue, soon due or late, the worst first."""
    gathered: dict[Unit, list[Standing]] = {}
    for standing in standings:
        gathered.setdefault(standing.unit, []).append(standing)
    rows = [_unit_row(unit, owed, today) for unit, owed in gathered.items()]
    told = [row for row in rows if row.missing + row.today + row.week + row.month + row.late]
    return sorted(told, key=lambda row: (-row.missing, -row.today, -row.late, row.unit.position))


def late_ones(standings: Iterable[Standing]) -> list[Item]:
    """What came out late, the newest first."""
    late = [standing for standing in standings if standing.verdict.state == State.LATE]
    late.sort(key=lambda each: each.verdict.met_on or each.ends_on, reverse=True)
    return [_item(standing, {}) for standing in late]


def _unit_row(unit: Unit, owed: list[Standing], today: dt.date) -> UnitRow:
    places = [bucket_of(standing, today) for standing in owed]
    return UnitRow(
        unit=unit,
        missing=places.count("missing"),
        today=places.count("today"),
        week=places.count("week"),
        month=places.count("month"),
        late=sum(standing.verdict.state == State.LATE for standing in owed),
    )


def _days(standings: Iterable[Standing], registers: Registers) -> tuple[Day, ...]:
    dated = [(standing.verdict.due_on, standing) for standing in standings if standing.verdict.due_on]
    dated.sort(key=lambda pair: (pair[0], pair[1].unit.position, pair[1].obligation.position))
    return tuple(
        Day(due_on, weekday(due_on), tuple(_item(standing, registers) for _, standing in same_day))
        for due_on, same_day in groupby(dated, key=lambda pair: pair[0])
    )


def _item(standing: Standing, registers: Registers) -> Item:
    register = registers.get((standing.unit.pk, standing.obligation.code))
    return Item(
        standing=standing,
        sign=SIGNS[standing.verdict.state],
        words=told(standing.verdict),
        publish_url=upload_address(register, standing.key) if register else _document_address(standing),
        is_table=register is not None,
    )


def upload_address(register: str, period: str = "", **more: object) -> str:
    """Where a file for a period is handed in. A period that is an event ("#12") is not one of a table."""
    asked = {"period": "" if period.startswith("#") else period, **more}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/office/registers/{register}/upload/{f'?{query}' if query else ''}"


def _document_address(standing: Standing) -> str:
    query = urlencode(
        {"obligation": standing.obligation.pk, "unit": standing.unit.slug, "period": standing.key}
    )
    return f"/office/files/add/?{query}"
