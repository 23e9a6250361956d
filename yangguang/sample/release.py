"""The release plan of the sample year: three batches, what each unit puts online in them, one dropped."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Membership, Unit
from yangguang.registers.actions import release
from yangguang.registers.models import Batch, Register
from yangguang.registers.queries.shipped import descriptors
from yangguang.rules.tables.schema import Descriptor, read
from yangguang.sample.conduct import dice
from yangguang.sample.registers import Place, datasets

DISTRICTS, DEPARTMENTS = "各区", "各部门"
OVERDUE, TO_COME = 7, 24
"""How many tables of the plan that are not online yet: past their day, and still before it."""


def fill(*, first: dt.date, last: dt.date) -> list[Batch]:
    """Plan the year's registers in two batches that are over and what is still to come in a third.

    What is planned and not there are tables of the six hundred (`sample.datasets`); none of them is public
    in an ordinary year. Registers must have been established already.
    """
    now = dt.datetime.combine(first, dt.time(9, 30), SHANGHAI)
    year = last.year
    days = (dt.date(year, 8, 31), dt.date(year, 10, 31), dt.date(year, 12, 31))
    made = [
        release.open_batch(by=None, now=now, title=f"{year}年第{word}批（示例）", due_on=day, is_sample=True)
        for word, day in zip("一二三", days, strict=True)
    ]
    for register in Register.objects.filter(is_sample=True).select_related("unit").order_by("slug"):
        batch = made[dice("release", register.slug).randrange(2)]
        release.plan(
            by=None, now=now, batch=batch, unit=register.unit, title=register.title, slug=register.slug
        )
    coming = list(_spread(OVERDUE + TO_COME + 1))
    for number, (described, unit) in enumerate(coming):
        batch = made[1] if number < OVERDUE else made[2]
        planned = release.plan(
            by=None, now=now, batch=batch, unit=unit, title=described.title, slug=described.name
        )
    if coming:
        later = now + dt.timedelta(days=60)
        reason = "这项业务已经划给上级部门，本单位不再保有这份数据（示例）"
        release.drop(by=None, now=later, planned=planned, reason=reason)
    return made


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
