"""Registers of the sample year: where a duty has one, a version of it goes online instead of a document."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yangguang.directory.models import Unit
from yangguang.plan.models import PlanVersion
from yangguang.registers.actions import registers, versions
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Register
from yangguang.registers.queries.shipped import descriptors
from yangguang.rules.periods import span_of
from yangguang.rules.tables.schema import Descriptor, Intake, read
from yangguang.rules.workdays import Calendar
from yangguang.sample import unasked
from yangguang.sample.acts import Act, Publish, PublishTable, Revise, Withdraw
from yangguang.sample.legal import NOTICE
from yangguang.sample.registers import MOVING, periods_of, rows_of
from yangguang.sample.unasked import key_of
from yangguang.warehouse.tables.writing import Value

DAILY_TABLES = 21
"""For how many days before the sample's last one a daily register is kept as a table."""


def instead(
    acts: Sequence[Act], version: PlanVersion, calendar: Calendar, first: dt.date, last: dt.date
) -> list[Act]:
    """The same acts, with versions of registers beside the documents, or in their place.

    In their place where a table alone is published: every day, on an event, or where things are counted.
    Registers that are empty then are filled (`unasked`).
    """
    serving = _serving(version)
    replaced: list[Act] = []
    gone: dict[str, PublishTable] = {}
    for act in acts:
        described = _register_of(act, serving) if isinstance(act, Publish) else None
        if isinstance(act, Publish) and described is not None and not _long_ago(act, described, last):
            table = _table(act, described)
            if _alone(act, described):
                gone[act.handle] = table
            else:
                replaced.append(act)
            replaced.append(table)
        elif not isinstance(act, (Revise, Withdraw)) or act.handle not in gone:
            replaced.append(act)
        elif isinstance(act, Revise) and not act.handle.endswith("|event"):
            replaced.append(replace(gone[act.handle], at=act.at, made_on=None, note=act.note))
    filled = {act.register for act in replaced if isinstance(act, PublishTable)}
    for described in (read(one) for one in _of_plan(version).values()):
        if described.name not in filled:
            replaced += unasked.tables_of(described, acts, version, calendar, first, last)
    return _with_the_year_before(replaced)


def do(act: PublishTable) -> None:
    """Publish the version, and establish its register where there is none yet."""
    descriptor = _shipped(str(settings.PLANS))[act.register]
    register = Register.objects.filter(unit=act.unit, descriptor__name=act.register).first()
    if register is None:
        register = registers.establish(
            by=None, now=act.at, descriptor=descriptor, unit=act.unit, is_sample=True
        )
    described = register.described
    rows = [row for period in act.periods for row in rows_of(described, period, act.unit.name, act.at.date())]
    staged = stage(register, [_values(described, row) for row in rows], period=act.covers)
    versions.publish(
        by=None,
        now=act.at,
        register=register,
        staged=staged,
        period=act.covers,
        made_on=act.made_on,
        note=act.note,
    )


def _values(described: Descriptor, row: Mapping[str, Value]) -> list[Value]:
    return [row.get(field.name) for field in described.fields]


@cache
def _shipped(plans: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for folder in sorted(Path(plans).iterdir()):
        found |= descriptors(folder / "registers")
    return found


def _of_plan(version: PlanVersion) -> dict[str, dict[str, Any]]:
    return descriptors(settings.PLANS / version.plan.slug / "registers")


def _serving(version: PlanVersion) -> dict[str, Descriptor]:
    """The register that serves a duty, by the duty's code; the first where there are several."""
    found: dict[str, Descriptor] = {}
    for one in _of_plan(version).values():
        described = read(one)
        for code in described.obligations:
            found.setdefault(code, described)
    return found


def _register_of(act: Publish, serving: dict[str, Descriptor]) -> Descriptor | None:
    described = serving.get(act.handle.partition("|")[0])
    # The notice of repealed documents is a document too: the sample's cleaning-up begins with it.
    if described is None or act.handle.startswith(NOTICE):
        return None
    group = Unit.objects.filter(name=described.unit, kind=Unit.Kind.GROUP).exists()
    return described if group or described.unit == act.unit.name else None


def _long_ago(act: Publish, described: Descriptor, last: dt.date) -> bool:
    """What comes daily came as a text until lately: hundreds of versions would only cost a first start time."""
    return described.cadence == "daily" and (last - act.at.date()).days > DAILY_TABLES


def _alone(act: Publish, described: Descriptor) -> bool:
    on_event = act.handle.endswith("|event")
    return on_event or described.measure is not None or described.cadence == "daily"


def _table(act: Publish, described: Descriptor) -> PublishTable:
    """The version in the place of the document, at its moment."""
    made = act.made_on or act.at.date()
    key = act.covers or key_of(described, made)
    return PublishTable(
        at=act.at,
        register=described.name,
        unit=act.unit,
        periods=(key,),
        covers=key if described.intake is Intake.PERIOD else act.covers,
        made_on=act.made_on,
    )


def _with_the_year_before(acts: list[Act]) -> list[Act]:
    """The first version of a register brings the year's earlier periods along, so that there is a series.

    Every version of one whose cases move on does: they stand in it as far as they have come.
    """
    seen: set[tuple[str, int]] = set()
    shipped = {name: read(one) for name, one in _shipped(str(settings.PLANS)).items()}
    done: list[Act] = []
    for act in sorted(acts, key=lambda one: one.at):
        if isinstance(act, PublishTable) and (
            act.register in MOVING or (act.register, act.unit.pk) not in seen
        ):
            seen.add((act.register, act.unit.pk))
            done.append(_first(act, shipped[act.register]))
        else:
            done.append(act)
    return done


def _first(act: PublishTable, described: Descriptor) -> PublishTable:
    own = span_of(act.periods[0])
    earlier = [span.key for span in periods_of(described, own.opens_on.year) if span.ends_on < own.opens_on]
    if described.cadence == "daily":
        earlier = earlier[-30:]
    return PublishTable(
        act.at, act.register, act.unit, (*earlier, *act.periods), act.covers, act.made_on, act.note
    )
