"""The reading as the JSON object of `yangguang plan read --json` (a public contract: the keys stay)."""

from __future__ import annotations

from typing import Any

from yangguang.rules.plan_table.drafts import HEADER, NOTE
from yangguang.rules.plan_table.values import PlanReading, Task


def to_json(reading: PlanReading) -> dict[str, Any]:
    """Plain dicts and lists, ready for json.dumps; dates as YYYY-MM-DD.

    Lines of the head and notes of the source follow the assumptions in `notices`, so that every line of
    the source can be found in the object.
    """
    return {
        "title": reading.title,
        "number": reading.number,
        "issuer": reading.issuer,
        "issued_on": reading.issued_on.isoformat() if reading.issued_on else None,
        "areas": [
            {"number": area.number, "name": area.name, "tasks": [_task(task) for task in area.tasks]}
            for area in reading.areas
        ],
        "outside_table": [_task(task) for task in reading.outside_table],
        "notices": [
            {"kind": notice.kind, "text": notice.text, "source": notice.source.as_dict()}
            for notice in reading.notices
        ]
        + [
            {"kind": line.role, "text": line.text.strip(), "source": line.place.as_dict()}
            for line in reading.placed
            if line.role in (HEADER, NOTE)
        ],
        "unplaced": [{"text": line.text, "source": line.place.as_dict()} for line in reading.unplaced],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "number": task.number,
        "text": task.text,
        "leads": list(task.leads),
        "leads_printed": task.leads_printed,
        "lead_inherited": task.lead_inherited,
        "cadence": task.cadence,
        "cadences": [{"cadence": mention.cadence, "phrase": mention.phrase} for mention in task.cadences],
        "channels": list(task.channels),
        "form": task.form,
        "measures": [
            {"phrase": measure.phrase, "value": measure.value, "unit": measure.unit}
            for measure in task.measures
        ],
        "source": task.source.as_dict(),
    }
