"""Which table a resource id means, as of which day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yangguang.api.ckan.problems import ActionProblem, not_found
from yangguang.catalog import names
from yangguang.catalog.dataset import TABLE, Dataset
from yangguang.catalog.shelf import shelf
from yangguang.directory.clock import SHANGHAI
from yangguang.registers.models import Version
from yangguang.rules.tables.schema import Descriptor, Field, Type
from yangguang.warehouse.tables.stored import Stored

TYPES = {
    Type.STRING: "text",
    Type.INTEGER: "int8",
    Type.NUMBER: "numeric",
    Type.BOOLEAN: "bool",
    Type.DATE: "date",
    Type.DATETIME: "timestamp",
    Type.YEARMONTH: "text",
    Type.YEAR: "int4",
}
METADATA = "_table_metadata"


@dataclass(frozen=True)
class Table:
    """A version that can be asked, under the resource id by which it was asked for."""

    id: str
    dataset: Dataset
    number: int
    descriptor: Descriptor
    served: str
    rows: int

    @property
    def fields(self) -> Sequence[Field]:
        return self.descriptor.public_fields

    @property
    def stored(self) -> Stored:
        return Stored.public(self.served, self.descriptor)


def table_id(dataset: Dataset) -> str:
    return names.resource_id(dataset.slug, TABLE)


def tables() -> dict[str, Dataset]:
    """Every table by its resource id and by its alias, the dataset's name."""
    found = {}
    for dataset in shelf().datasets.values():
        found[table_id(dataset)] = found[dataset.slug] = dataset
    return found


def table(resource_id: str, as_of: str = "") -> Table:
    """The newest version of a resource, or that of a number or day. Raises Not Found Error."""
    dataset = tables().get(resource_id)
    if dataset is None:
        raise not_found(f'Resource "{resource_id}" was not found.')
    id_ = table_id(dataset)
    if not as_of:
        return Table(id_, dataset, dataset.number, dataset.descriptor, dataset.served, dataset.rows)
    version = _as_of(dataset, as_of)
    return Table(id_, dataset, version.number, version.described, version.served, version.rows)


def described(fields: Sequence[Field]) -> list[dict[str, Any]]:
    """The columns with their types and what they mean."""
    return [
        {
            "id": field.name,
            "type": TYPES[field.type],
            "info": {"label": field.title, "notes": field.description, "type_override": ""},
        }
        for field in fields
    ]


def _as_of(dataset: Dataset, as_of: str) -> Version:
    versions = Version.objects.filter(register__slug=dataset.slug).order_by("-number")
    if as_of.isdecimal() and len(as_of) < 8:
        found = versions.filter(number=int(as_of)).first()
    else:
        try:
            day = dt.date.fromisoformat(as_of)
        except ValueError as problem:
            told = ["not a version number or a day (YYYY-MM-DD)"]
            raise ActionProblem("Validation Error", 409, as_of=told) from problem
        night = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SHANGHAI)
        found = versions.filter(online_at__lt=night).first()
    if found is None:
        raise not_found(f'Resource "{table_id(dataset)}" had no version then.')
    return found
