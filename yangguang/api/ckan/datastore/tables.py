"""Which table a resource id means, as of which day."""

from collections.abc import Sequence
from typing import Any

from yangguang.api.ckan.problems import ActionProblem, not_found
from yangguang.catalog import names
from yangguang.catalog import tables as catalogue
from yangguang.catalog.dataset import TABLE, Dataset
from yangguang.catalog.shelf import shelf
from yangguang.catalog.tables import NoMoment, NoVersion, Table
from yangguang.rules.tables.schema import Field, Type

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


def table_id(dataset: Dataset) -> str:
    return names.resource_id(dataset.slug, TABLE)


def tables() -> dict[str, Dataset]:
    """Every table by its resource id and by its alias, the dataset's name."""
    return shelf().by_table


def table(resource_id: str, as_of: str = "") -> Table:
    """The newest version of a resource, or that of a number or day. Raises Not Found Error."""
    dataset = tables().get(resource_id)
    if dataset is None:
        raise not_found(f'Resource "{resource_id}" was not found.')
    try:
        return catalogue.table(dataset, as_of)
    except NoMoment as problem:
        told = ["not a version number or a day (YYYY-MM-DD)"]
        raise ActionProblem("Validation Error", 409, as_of=told) from problem
    except NoVersion as problem:
        raise not_found(f'Resource "{table_id(dataset)}" had no version then.') from problem


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
