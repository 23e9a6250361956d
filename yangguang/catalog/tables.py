"""The table of a dataset: its newest version, or the one that stood on a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.catalog import names
from yangguang.catalog.dataset import TABLE, Dataset
from yangguang.directory.clock import SHANGHAI
from yangguang.registers.models import Version
from yangguang.rules.tables.schema import Descriptor, Field
from yangguang.warehouse.tables.stored import Stored


class NoVersion(LookupError):
    """The dataset had no version then."""


class NoMoment(ValueError):
    """Neither the number of a version nor a day."""


@dataclass(frozen=True)
class Table:
    """A version that can be asked."""

    dataset: Dataset
    number: int
    descriptor: Descriptor
    served: str
    rows: int

    @property
    def id(self) -> str:
        """The resource id by which clients of CKAN ask for it; the same for all versions."""
        return names.resource_id(self.dataset.slug, TABLE)

    @property
    def fields(self) -> Sequence[Field]:
        return self.descriptor.public_fields

    @property
    def stored(self) -> Stored:
        return Stored.public(self.served, self.descriptor)


def table(dataset: Dataset, as_of: str = "") -> Table:
    """The newest version, or `as_of` a number or a day (YYYY-MM-DD). Raises NoMoment, NoVersion."""
    if not as_of:
        return Table(dataset, dataset.number, dataset.descriptor, dataset.served, dataset.rows)
    version = _standing(dataset, as_of)
    return Table(dataset, version.number, version.described, version.served, version.rows)


def _standing(dataset: Dataset, as_of: str) -> Version:
    versions = Version.objects.filter(register__slug=dataset.slug).order_by("-number")
    if as_of.isascii() and as_of.isdecimal() and len(as_of) < 8:
        found = versions.filter(number=int(as_of)).first()
    else:
        try:
            day = dt.date.fromisoformat(as_of)
            night = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SHANGHAI)
        except (ValueError, OverflowError) as problem:
            raise NoMoment(f"“{as_of[:40]}”不是版次，也不是 YYYY-MM-DD 的日期") from problem
        found = versions.filter(online_at__lt=night).first()
    if found is None:
        raise NoVersion(f"数据集 {dataset.slug} 在 {as_of} 没有这一版：它现在有 {dataset.number} 版")
    return found
