"""What the public reads of registers: versions of a day, rows taken off, files still to be made."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from yangguang.journal.models import Line
from yangguang.registers.models import Register, Takedown, Version
from yangguang.warehouse.tables.files import FORMATS
from yangguang.warehouse.tables.rows import WORTH_IT
from yangguang.warehouse.tables.stored import Stored

OF_ONE = ("descriptor", "facts", "checks")
"""Of a version: what is long, and told only of one."""


def register(slug: str) -> Register | None:
    """A register with at least one public version."""
    public = Version.objects.filter(register=OuterRef("pk"))
    found = Register.objects.select_related("unit").defer("descriptor")
    return found.filter(Exists(public), slug=slug).first()


def versions_of(register: Register) -> list[Version]:
    """All versions in order, as lists show them; `register` is the one given. Of one alone: `whole`."""
    found = list(register.versions.defer(*OF_ONE).order_by("number"))
    for version in found:
        version.register = register
    return found


def whole(version: Version) -> Version:
    """A version of `versions_of` with its columns, its journal line, what was counted of it, and its files."""
    found = Version.objects.select_related("line", "row_counts").prefetch_related("files").get(pk=version.pk)
    found.register = version.register
    return found


def standing(versions: Iterable[Version], until: dt.datetime) -> Version | None:
    """The newest version that was online before a moment."""
    online = [version for version in versions if version.online_at < until]
    return online[-1] if online else None


def taken_off(register: Register) -> QuerySet[Takedown]:
    """The rows that the law took off the register, the newest first."""
    return register.takedowns.select_related("line")


def by_line(lines: Iterable[Line]) -> dict[int, Version]:
    """The versions that journal lines put online, by line number."""
    found = Version.objects.filter(line__in=list(lines)).select_related("register__unit", "line")
    return {version.line_id: version for version in found}


def without_files() -> QuerySet[Version]:
    """Versions of which a file is still to be made, the newest first."""
    found = Version.objects.annotate(made=Count(F("files"))).filter(made__lt=len(FORMATS))
    return found.select_related("register").order_by("-online_at", "-pk")


def uncounted() -> QuerySet[Version]:
    """Versions whose rows are still to be counted for their quality, the newest first."""
    found = Version.objects.exclude(row_counts__served=F("served"))
    return found.select_related("register").order_by("-online_at", "-pk")


def large() -> list[Stored]:
    """The newest version of every register whose rows are found by a side index."""
    newest = Version.objects.filter(register=OuterRef("register")).order_by("-number").values("pk")[:1]
    found = Version.objects.filter(pk=Subquery(newest), rows__gte=WORTH_IT).order_by("-online_at", "-pk")
    return [Stored.public(version.served, version.described) for version in found]
