"""What stands beside the rows when it is asked for: `_facet=` and `_extra=` (Datasette 1.0)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings

from yangguang.api.datasette.answers import Address
from yangguang.catalog import licence
from yangguang.catalog.tables import Table
from yangguang.rules.tables.grammar_datasette import Asked
from yangguang.rules.tables.query import to_sql
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.streaming import plain


def asked_for(
    address: Address, found: Table, asked: Asked, key: Sequence[str], total: int | None
) -> dict[str, Any]:
    """The extras of the question; one that there is not is left out, as there. `total`: how many rows it finds."""
    made: dict[str, Callable[[], Any]] = {
        "count": lambda: total,
        "columns": lambda: list(asked.query.columns),
        "all_columns": lambda: [field.name for field in found.fields],
        "primary_keys": lambda: list(key),
        "database": lambda: found.dataset.slug,
        "table": lambda: found.dataset.slug,
        "suggested_facets": lambda: [_suggested(address, field) for field in _worth_counting(found, asked)],
        "metadata": lambda: _metadata(found),
        "query": lambda: _query(found, asked),
    }
    told = {name: make() for name, make in made.items() if name in asked.extras}
    if asked.facets or "facet_results" in asked.extras:
        results = {name: _facet(address, found, asked, name) for name in asked.facets}
        told["facet_results"] = {"results": results, "timed_out": []}
    return told


def _facet(address: Address, found: Table, asked: Asked, name: str) -> dict[str, Any]:
    counted = reading.facets(found.stored, asked.query, name, asked.facet_size)
    results = []
    for value, count in counted.values:
        shown = plain(value)
        argument = (f"{name}__isnull", "1") if value is None else (name, _text(shown))
        chosen = argument in address.arguments
        results.append(
            {
                "value": shown,
                "label": shown,
                "count": count,
                "toggle_url": _toggled(address, *argument, chosen=chosen),
                "selected": chosen,
            }
        )
    return {
        "name": name,
        "type": "column",
        "hideable": True,
        "toggle_url": _toggled(address, "_facet", name, chosen=True),
        "results": results,
        "truncated": counted.more,
    }


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _worth_counting(found: Table, asked: Asked) -> list[Field]:
    """Columns of given words and of yes or no: their few values are known before anything is counted."""
    worded = [field for field in found.fields if field.enum or field.type is Type.BOOLEAN]
    return [field for field in worded if field.name not in asked.facets]


def _suggested(address: Address, field: Field) -> dict[str, str]:
    return {"name": field.name, "toggle_url": _toggled(address, "_facet", field.name, chosen=False)}


def _toggled(address: Address, name: str, value: str, *, chosen: bool) -> str:
    """This address with the argument, or without it where it is chosen, from the first page on."""
    given = [pair for pair in address.arguments if pair[0] != "_next"]
    return address.with_arguments(
        [pair for pair in given if pair != (name, value)] if chosen else [*given, (name, value)]
    )


def _metadata(found: Table) -> dict[str, Any]:
    dataset, site = found.dataset, settings.PUBLIC_ADDRESS
    return {
        "title": dataset.title,
        "description": found.descriptor.description,
        "license": licence.TITLE,
        "license_url": f"{site}/data/terms/",
        "source": dataset.unit.name,
        "source_url": f"{site}{dataset.address}v/{found.number}/",
        "version": found.number,
        "sample": dataset.is_sample,
        "columns": {field.name: field.description or field.title for field in found.fields},
        "units": {field.name: field.unit for field in found.fields if field.unit},
    }


def _query(found: Table, asked: Asked) -> dict[str, Any]:
    sql, values = to_sql(asked.query, found.fields, f'"{found.dataset.slug}"')
    return {"sql": sql, "params": [plain(value) for value in values]}
