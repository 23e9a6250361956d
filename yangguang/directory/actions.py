"""Enter units into the directory."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from yangguang.directory import units_file
from yangguang.directory.models import Membership, Succession, Unit, UnitAlias
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
