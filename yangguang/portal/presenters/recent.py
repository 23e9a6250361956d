"""What was published lately, documents and data alike, with what repeats taken together."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from yangguang.directory.models import Unit
from yangguang.portal.presenters import tally
from yangguang.publishing.models import Document, Edition
from yangguang.registers.models import Version

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Publication:
    """An edition of a document, or a version of a register, as a line of a list shows it."""

    at: dt.datetime
    title: str
    unit: Unit
    form: str
    number: int
    is_data: bool
    is_sample: bool
    shown_by: Document | Version

    @property
    def url(self) -> str:
        return self.shown_by.get_absolute_url()


@dataclass(frozen=True)
class Run:
    """The newest of publications that differ only in the numbers of their titles (days, months)."""

    newest: Publication
    others: int


def together(
    editions: Iterable[Edition], versions: Iterable[Version], unit: Unit | None = None
) -> list[Publication]:
    """Both in one list, the newest first. `unit` is the one of all versions, where it was not read with them."""
    found = [_of_edition(edition) for edition in editions]
    found += [_of_version(version, unit or version.register.unit) for version in versions]
    return sorted(found, key=lambda one: one.at, reverse=True)


def runs(publications: Iterable[Publication]) -> list[Run]:
    """Publications of one unit under one title, numbers aside, as one entry; the newest entry first."""
    groups = tally.grouped(publications, lambda one: (one.unit.pk, _NUMBERS.sub("#", one.title)))
    return [Run(same[0], len(same) - 1) for same in groups.values()]


def _of_edition(edition: Edition) -> Publication:
    document = edition.document
    return Publication(
        at=edition.online_at,
        title=edition.title,
        unit=document.unit,
        form=edition.form,
        number=edition.number,
        is_data=False,
        is_sample=document.is_sample,
        shown_by=document,
    )


def _of_version(version: Version, unit: Unit) -> Publication:
    register = version.register
    return Publication(
        at=version.online_at,
        title=version.title,
        unit=unit,
        form=register.kind,
        number=version.number,
        is_data=True,
        is_sample=register.is_sample,
        shown_by=version,
    )
