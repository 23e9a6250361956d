"""Occasions for the duties that something has to bring about (及时), and what was published after them."""

import datetime as dt
from collections.abc import Iterable, Iterator

from yangguang.ledger.queries import Standing
from yangguang.rules.workdays import Calendar
from yangguang.sample.acts import Act, Publish, Record
from yangguang.sample.conduct import conduct_of, dice
from yangguang.sample.days import in_office_hours, workday_between
from yangguang.sample.periodic import title_of
from yangguang.sample.texts import body_of

OCCASIONS = 44
# Of the duties that every department or district has, only this share sees an occasion.
SHARED = 0.12


def acts_for(quiet: Iterable[Standing], calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    """Some forty occasions, drawn by lot over the event-driven duties, and their publications."""
    for number, owed in enumerate(_drawn(quiet), 1):
        yield from _one(owed, number, calendar, first, last)


def _drawn(quiet: Iterable[Standing]) -> list[Standing]:
    def place(owed: Standing) -> float:
        lot = dice("occasion", owed.obligation.code, owed.unit.name)
        shared = owed.unit.name not in {unit.name for unit in owed.obligation.units.all()}
        return lot.random() / (SHARED if shared else 1)

    return sorted(quiet, key=place)[:OCCASIONS]


def _one(owed: Standing, number: int, calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    lot, conduct = dice("event", owed.obligation.code, owed.unit.name), conduct_of(owed.unit.name)
    happened = workday_between(calendar, lot, first, last - dt.timedelta(days=3))
    if happened is None:
        return
    title = f"{title_of(owed)}（示例第{number}号）"
    recorded = calendar.add_workdays(happened, lot.randint(1, 3))
    if recorded <= last:
        yield Record(in_office_hours(lot, recorded), owed.unit, title, happened)
    chance, allowed = lot.random(), int(owed.obligation.rule["due"]["workdays"])
    if chance < conduct.missing:
        return
    late = chance < conduct.missing + conduct.late
    waited = lot.randint(allowed + 1, allowed + 8) if late else lot.randint(4, allowed)
    published = calendar.add_workdays(happened, waited)
    if published > last:
        return
    yield Publish(
        at=in_office_hours(lot, published),
        handle=f"{owed.obligation.code}|{owed.unit.slug}|event",
        unit=owed.unit,
        title=title,
        body=body_of(
            form=owed.obligation.form,
            unit=owed.unit.name,
            subject=owed.obligation.title,
            period="",
            lot=dice("body", owed.obligation.code, owed.unit.name),
        ),
        form=owed.obligation.form,
        number=f"示例〔2017〕{lot.randint(1, 300)}号" if owed.obligation.form == "document" else "",
        made_on=happened,
    )
