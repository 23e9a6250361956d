"""Enter units and people into the directory, and keep them right."""

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from yangguang.directory import units_file
from yangguang.directory.models import Membership, Person, Succession, Unit, UnitAlias
from yangguang.directory.permissions import Forbidden, Role, Verb, allows
from yangguang.directory.units_file import UnitsFile


@transaction.atomic
def load(*, units: Path, aliases: Mapping[str, str] | None = None) -> int:
    """Enter the units, groups, reorganisations and aliases that a plan lists; returns how many units.

    `aliases` maps another name to the canonical one; those of units that are not listed are left out.
    Loading twice changes nothing. Raises UnitsFileProblem.
    """
    listed = units_file.read(units)
    entered = _enter_units(listed)
    _enter_members(listed, entered)
    for entry in listed.successions:
        Succession.objects.update_or_create(
            predecessor=entered[entry.predecessor],
            successor=entered[entry.successor],
            defaults={"on": entry.on, "source": entry.source, "verified": entry.verified},
        )
    for alias, name in (aliases or {}).items():
        if name in entered and alias not in entered:
            UnitAlias.objects.update_or_create(name=alias, defaults={"unit": entered[name]})
    return len(entered)


def _enter_units(listed: UnitsFile) -> dict[str, Unit]:
    return {
        unit.name: Unit.objects.update_or_create(
            slug=unit.slug, defaults={"name": unit.name, "kind": unit.kind, "position": position}
        )[0]
        for position, unit in enumerate(listed.units, 1)
    }


def _enter_members(listed: UnitsFile, entered: Mapping[str, Unit]) -> None:
    for group in listed.units:
        for member in group.members:
            Membership.objects.get_or_create(group=entered[group.name], member=entered[member])


@transaction.atomic
def enter_unlisted(*, name: str) -> Unit:
    """Enter a unit that a plan names and nobody listed. Its kind is open to correction in the desk."""
    last = Unit.objects.order_by("-position").values_list("position", flat=True).first() or 0
    return Unit.objects.create(name=name, slug=slugify(name, allow_unicode=True), position=last + 1)


@transaction.atomic
def open_first_desks(*, unit: Unit) -> dict[str, str]:
    """Give a new installation its first people: `office`, and `editor`, `reviewer` and `signer` of a unit.

    Returns their passwords by user name, made at random; they are stored nowhere else than hashed.
    Raises ValueError where there are people already.
    """
    if Person.objects.exists():
        raise ValueError("已有工作人员账号：请由政府办公厅在工作台里添加")
    passwords = {name: secrets.token_urlsafe(12) for name in ("office", "editor", "reviewer", "signer")}
    Person.objects.create_user("office", password=passwords["office"], role=Role.GENERAL_OFFICE)
    for name, role in (("editor", Role.EDITOR), ("reviewer", Role.REVIEWER), ("signer", Role.SIGNER)):
        Person.objects.create_user(name, password=passwords[name], role=role, unit=unit)
    return passwords


@transaction.atomic
def describe_unit(*, by: Person, unit: Unit, kind: str, position: int, aliases: Iterable[str]) -> Unit:
    """Set a unit's kind, place in lists and other names. Its name never changes: journal lines bear it.

    Raises ValueError for an alias that names another unit, Forbidden for who may not keep the directory.
    """
    _require_keeper(by)
    wanted = [alias for alias in dict.fromkeys(alias.strip() for alias in aliases) if alias]
    for alias in wanted:
        other = Unit.objects.exclude(pk=unit.pk).filter(Q(name=alias) | Q(aliases__name=alias)).first()
        if other:
            raise ValueError(f"“{alias}”已经是{other.name}的名称或别名：请先在那里删去")
    unit.kind, unit.position = kind, position
    unit.full_clean()
    unit.save()
    unit.aliases.exclude(name__in=wanted).delete()
    for alias in wanted:
        UnitAlias.objects.get_or_create(name=alias, defaults={"unit": unit})
    return unit


@transaction.atomic
def enrol(
    *, by: Person, username: str, full_name: str, role: str, unit: Unit | None, password: str
) -> Person:
    """Give somebody a desk. Raises ValidationError for an editor without a unit or a name that is taken."""
    _require_keeper(by)
    person = Person(username=username, last_name=full_name, role=role, unit=unit)
    person.set_password(password)
    person.full_clean()
    person.save()
    return person


@transaction.atomic
def reassign(
    *, by: Person, person: Person, full_name: str, role: str, unit: Unit | None, is_active: bool
) -> Person:
    """Change somebody's name, role, unit, or close their desk. Nobody closes or demotes their own."""
    _require_keeper(by)
    if person == by and (not is_active or role != by.role):
        raise ValueError("不能停用自己的账号，也不能改自己的角色：请由另一位政府办公厅人员办理")
    person.last_name, person.role, person.unit, person.is_active = full_name, role, unit, is_active
    person.full_clean()
    person.save()
    return person


def give_password(*, by: Person, person: Person, password: str) -> None:
    """Replace a forgotten password. Open sessions of the person end with it."""
    _require_keeper(by)
    person.set_password(password)
    person.save()


def _require_keeper(by: Person) -> None:
    if not allows(by.role, Verb.KEEP_DIRECTORY):
        raise Forbidden("您不能修改单位和人员：请由政府办公厅办理")
