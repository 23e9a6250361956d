"""A Descriptor → the JSON that `read` takes back unchanged."""

from typing import Any

from yangguang.rules.tables.schema.table_schema import table_schema
from yangguang.rules.tables.schema.values import Chart, Descriptor, Measure


def write(descriptor: Descriptor) -> dict[str, Any]:
    """The descriptor as a JSON object, what is empty left out: read(write(one)) == one."""
    told: dict[str, Any] = {
        "name": descriptor.name,
        "title": descriptor.title,
        "description": descriptor.description,
        "kind": descriptor.kind.value,
        "unit": descriptor.unit,
        "obligations": list(descriptor.obligations),
        "publication": descriptor.publication,
        "cadence": descriptor.cadence,
        "topic": descriptor.topic,
        "keywords": list(descriptor.keywords),
        "intake": descriptor.intake.value,
        "period": descriptor.period,
        "measure": _measure(descriptor.measure),
        "chart": _chart(descriptor.chart),
        "source": descriptor.source,
        "unverified": descriptor.unverified,
        "schema": table_schema(descriptor, public=False),
    }
    return {key: value for key, value in told.items() if value not in ("", [], None, False)}


def _measure(measure: Measure | None) -> dict[str, Any] | None:
    if measure is None:
        return None
    return {"field": measure.field, "count": measure.count, "unit": measure.unit}


def _chart(chart: Chart | None) -> dict[str, Any] | None:
    if chart is None:
        return None
    return {
        "mark": chart.mark,
        "x": chart.x,
        "y": chart.y,
        "series": chart.series,
        "aggregate": chart.aggregate,
        "title": chart.title,
    }
