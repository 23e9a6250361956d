"""Versions of the registers that no duty's publication fills: so that none of the plan's is empty.

A duty to be met once in the year is met by the data that serve it; other verdicts stay as they were planned.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from yangguang.directory.models import Unit
from yangguang.plan.models import PlanVersion
from yangguang.rules.periods import Kind, Span, span_on
from yangguang.rules.tables.schema import Descriptor, Intake
from yangguang.rules.workdays import Calendar
from yangguang.sample.acts import Act, Publish, PublishTable
from yangguang.sample.conduct import dice
from yangguang.sample.days import in_office_hours, workday_between
from yangguang.sample.registers import MOVING, periods_of

A_WEEK = dt.timedelta(days=6)
FROM_TIME_TO_TIME = frozenset(("once", "event", "internal"))
"""Kinds of duties (`rules.periods.Kind`) that owe nothing for a period."""


def tables_of(
    described: Descriptor,
    acts: Iterable[Act],
    version: PlanVersion,
    calendar: Calendar,
    first: dt.date,
    last: dt.date,
) -> Iterator[PublishTable]:
    """The versions of one register: beside the first document that serves its duty, else on a day by lot.

    Further ones follow for each later period, or with the newest rows of what is added to. A register whose
    duty recurs holds the year before instead: the periods that the unit let pass stay missing. Nothing follows
    a register kept on events, so that an occasion without an answer stays without one.
    """
    lot = dice("table", described.name)
    published = [act for act in acts if isinstance(act, Publish)]
    beside = next((act for act in published if _serves(act, described)), None)
    day = beside.at.date() if beside else workday_between(calendar, lot, first, last - dt.timedelta(days=40))
    unit = beside.unit if beside else _unit_of(described, lot.random())
    if unit is None or day is None:
        return
    at = beside.at if beside else in_office_hours(lot, day)
    served = version.obligations.filter(code__in=described.obligations)
    kinds = {row.rule.get("kind") for row in served}
    if kinds - FROM_TIME_TO_TIME:
        span = periods_of(described, first.year - 1)[-1]
        yield PublishTable(at, described.name, unit, (span.key,), span.key)
        return
    year = periods_of(described, first.year)
    over = [span for span in year if span.ends_on < day] or year[:1]
    yield _table(described, unit, at, over[-1])
    if described.intake is not Intake.REPLACE and "event" not in kinds:
        for span in year[len(over) :]:
            online = calendar.add_workdays(span.ends_on, lot.randint(2, 9))
            if described.name in MOVING and span.opens_on <= last < online:
                online = workday_between(calendar, lot, last - A_WEEK, last) or online
            if online <= last:
                yield _table(described, unit, in_office_hours(lot, online), span)


def key_of(described: Descriptor, day: dt.date) -> str:
    """The period of sample rows that a day falls in."""
    found = [span for span in periods_of(described, day.year) if span.opens_on <= day <= span.ends_on]
    return found[0].key if found else span_on(Kind.MONTHLY, day).key


def _serves(act: Publish, described: Descriptor) -> bool:
    if act.handle.partition("|")[0] not in described.obligations:
        return False
    return described.unit == act.unit.name or act.unit in _members(described)


def _members(described: Descriptor) -> list[Unit]:
    """The units of the group that keeps the register, each for itself; none where a single unit keeps it."""
    return list(Unit.objects.filter(groups__name=described.unit))


def _unit_of(described: Descriptor, chance: float) -> Unit | None:
    single = Unit.objects.filter(name=described.unit).exclude(kind=Unit.Kind.GROUP).first()
    members = _members(described)
    return single or (members[int(chance * len(members))] if members else None)


def _table(described: Descriptor, unit: Unit, at: dt.datetime, span: Span) -> PublishTable:
    if described.intake is Intake.PERIOD:
        return PublishTable(at, described.name, unit, (span.key,), covers=span.key)
    return PublishTable(at, described.name, unit, (span.key,), made_on=at.date())
