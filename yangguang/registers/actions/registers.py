"""Establish a register, and change what its table looks like."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from yangguang.directory import queries as directory
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.registers.models import Register
from yangguang.rules.clock.hours import shanghai_date
from yangguang.rules.tables.schema import Descriptor, compare, read

UNKNOWN = "单位名录里没有“{}”：请先登记单位，或者改写表结构里的 unit"


class Breaking(ValueError):
    """The new schema would break those who read the register. `reasons` says how, one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


@transaction.atomic
def establish(
    *,
    by: Person | None,
    now: dt.datetime,
    descriptor: Mapping[str, Any],
    unit: Unit | None = None,
    is_sample: bool = False,
) -> Register:
    """Make a register from its descriptor; nothing is public before its first version.

    `unit` stands in for the descriptor's where that is a group (各区): the register's address then ends
    with the unit's. Raises DescriptorProblem for a descriptor that is not one, Forbidden, and ValueError
    for an address that is taken or a unit that is not in the directory.
    """
    described = read(descriptor)
    kept_by = unit or directory.resolve(described.unit)
    if kept_by is None:
        raise ValueError(UNKNOWN.format(described.unit))
    require_may_keep(by, kept_by)
    slug = address(described, kept_by)
    if Register.objects.filter(slug=slug).exists():
        raise ValueError(f"清单 {slug} 已经建立：请打开它更新，或者换一个 name")
    return Register.objects.create(
        slug=slug, unit=kept_by, established_at=now, is_sample=is_sample, **_columns(described, descriptor)
    )


def address(described: Descriptor, unit: Unit) -> str:
    """The address of a unit's register of a descriptor."""
    return described.name if unit.name == described.unit else f"{described.name}-{unit.slug}"


@transaction.atomic
def establish_missing(
    *, by: Person | None, now: dt.datetime, descriptors: Iterable[Mapping[str, Any]], is_sample: bool = False
) -> list[Register]:
    """Make every register of the descriptors that there is not yet, for a group one for each member; all or none.

    Raises as `establish` does.
    """
    made = []
    for descriptor in descriptors:
        for unit in _keepers(read(descriptor), now):
            if not Register.objects.filter(unit=unit, descriptor__name=descriptor["name"]).exists():
                made.append(establish(by=by, now=now, descriptor=descriptor, unit=unit, is_sample=is_sample))
    return made


def _keepers(described: Descriptor, now: dt.datetime) -> list[Unit]:
    named = directory.resolve(described.unit)
    if named is None:
        raise ValueError(UNKNOWN.format(described.unit))
    is_group = named.kind == Unit.Kind.GROUP
    return directory.expand(named, shanghai_date(now)) if is_group else [named]


@transaction.atomic
def change_schema(
    *,
    by: Person | None,
    register: Register,
    descriptor: Mapping[str, Any],
    accepting: bool = False,
) -> Register:
    """Give a register another schema, for its next version on.

    What readers rely on (a column, its type, the key) is not changed by mistake: raises Breaking, unless
    `accepting` says that this is known. Versions that are public keep theirs.
    """
    require_may_keep(by, register.unit)
    described = read(descriptor)
    breaks = compare(register.described, described)
    if breaks and not accepting and register.versions.exists():
        raise Breaking([each.words for each in breaks])
    for name, value in _columns(described, descriptor).items():
        setattr(register, name, value)
    register.save()
    return Register.objects.get(pk=register.pk)


def require_may_keep(by: Person | None, unit: Unit) -> None:
    """Raise Forbidden unless the person may publish for the unit. Nobody (the sample, a command) may."""
    if by is None:
        return
    own = by.unit_id == unit.pk and allows(by.role, Verb.PUBLISH)
    if not by.is_active or not (own or allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT)):
        raise Forbidden(f"您不能办理{unit.name}的清单：请由该单位的编辑或者政府办公厅办理")


def _columns(described: Descriptor, descriptor: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": described.title,
        "kind": described.kind.value,
        "topic": described.topic,
        "cadence": described.cadence,
        "descriptor": dict(descriptor),
    }
