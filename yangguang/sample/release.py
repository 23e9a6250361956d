"""The release plan of the sample year: three batches, what each unit puts online in them, one put off, one dropped."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Membership, Unit
from yangguang.registers.actions import release
from yangguang.registers.actions.registers import address
from yangguang.registers.models import Batch, Planned
from yangguang.registers.queries.shipped import descriptors
from yangguang.rules.tables.schema import Descriptor, read
from yangguang.rules.workdays import Calendar
from yangguang.sample.acts import Act, DropPlanned, MovePlanned, PlanRelease, PublishTable, ToPlan
from yangguang.sample.conduct import dice
from yangguang.sample.days import in_office_hours, workday_between
from yangguang.sample.registers import Place, datasets

DISTRICTS, DEPARTMENTS = "各区", "各部门"
OVERDUE, TO_COME = 7, 24
"""How many tables of the plan that are not online yet: past their day, and still before it."""


def acts_for(acts: Sequence[Act], calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    """The plan is made on the first working day; one table is put off and one dropped later on.

    The year's registers (of `acts`) come in two batches that are over, what is still to come in a third. What
    is planned and not there are tables of the six hundred (`sample.datasets`); none of them is public in an
    ordinary year.
    """
    year, lot = last.year, dice("release", "plan")
    days = (dt.date(year, 8, 31), dt.date(year, 10, 31), dt.date(year, 12, 31))
    names = [f"{year}年第{word}批（示例）" for word in "一二三"]
    entries = [*_of_the_year(acts)]
    coming = [ToPlan(1, unit, one.title, one.name) for one, unit in _spread(OVERDUE + TO_COME + 2)]
    entries += coming[:OVERDUE]
    entries += [replace(one, batch=2) for one in coming[OVERDUE:-1]]
    entries += coming[-1:]
    made = workday_between(calendar, lot, first, first + dt.timedelta(days=10))
    if made is None or not coming:
        return
    at = dt.datetime.combine(made, dt.time(9), SHANGHAI)
    yield PlanRelease(at, tuple(zip(names, days, strict=True)), tuple(entries))
    if day := workday_between(calendar, lot, made + dt.timedelta(days=60), last):
        put_off = "系统升级，字段标准还没有定下来（示例）"
        yield MovePlanned(in_office_hours(lot, day), coming[-1].register, names[2], put_off)
        gone = "这项业务已经划给上级部门，本单位不再保有这份数据（示例）"
        yield DropPlanned(in_office_hours(lot, day), coming[-2].register, gone)


def do(act: PlanRelease | MovePlanned | DropPlanned) -> None:
    """Make the plan, or change it."""
    if isinstance(act, PlanRelease):
        batches = [
            release.open_batch(by=None, now=act.at, title=title, due_on=day, is_sample=True)
            for title, day in act.batches
        ]
        for one in act.entries:
            release.plan(
                by=None,
                now=act.at,
                batch=batches[one.batch],
                unit=one.unit,
                title=one.title,
                slug=one.register,
            )
        return
    planned = Planned.objects.get(slug=act.register, dropped_at=None)
    if isinstance(act, MovePlanned):
        batch = Batch.objects.get(title=act.batch)
        release.move(by=None, now=act.at, planned=planned, batch=batch, reason=act.reason)
    else:
        release.drop(by=None, now=act.at, planned=planned, reason=act.reason)


def _of_the_year(acts: Sequence[Act]) -> list[ToPlan]:
    """Every register that gets a version in the year, by its address."""
    shipped = _shipped(str(settings.PLANS))
    found = {}
    for act in acts:
        if isinstance(act, PublishTable):
            described = shipped[act.register]
            slug = address(described, act.unit)
            found[slug] = ToPlan(dice("release", slug).randrange(2), act.unit, described.title, slug)
    return [found[slug] for slug in sorted(found)]


def places() -> list[tuple[Place, Unit]]:
    """The districts and departments that the plan's groups name, in the order of the directory."""
    members = Membership.objects.filter(group__name__in=(DISTRICTS, DEPARTMENTS)).select_related("group")
    districts = {one.member_id for one in members if one.group.name == DISTRICTS}
    units = Unit.objects.filter(pk__in=[one.member_id for one in members]).order_by("position", "name")
    return [(Place(unit.slug, unit.name, unit.pk in districts), unit) for unit in units]


def six_hundred() -> list[tuple[Descriptor, Unit]]:
    """Every table of the six hundred with the unit that keeps it."""
    stand = places()
    units = {place.name: unit for place, unit in stand}
    made = datasets(_shipped(str(settings.PLANS)), [place for place, _ in stand])
    return [(one, units[one.unit]) for one in made]


def _spread(count: int) -> Iterator[tuple[Descriptor, Unit]]:
    """So many of the six hundred, from all over the list."""
    whole = six_hundred()
    step = max(len(whole) // count, 1)
    yield from whole[::step][:count]


@cache
def _shipped(plans: str) -> dict[str, Descriptor]:
    found: dict[str, Descriptor] = {}
    for folder in sorted(Path(plans).iterdir()):
        found |= {name: read(one) for name, one in descriptors(folder / "registers").items()}
    return found
