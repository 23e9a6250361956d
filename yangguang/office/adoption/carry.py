"""Amending a plan: tasks whose text did not change keep the obligations that people reviewed."""

import unicodedata
from typing import Any

from yangguang.office.adoption.proposal import Facts, Row
from yangguang.plan.models import Obligation, PlanVersion, Task


def reviewed_tasks(version: PlanVersion) -> dict[str, Task]:
    """The tasks of a version by their folded text; where two have the same text, neither."""
    tasks: dict[str, list[Task]] = {}
    rows = version.tasks.prefetch_related("units", "obligations__units")
    for task in rows:
        tasks.setdefault(folded(task.text), []).append(task)
    return {text: same[0] for text, same in tasks.items() if len(same) == 1}


def folded(text: str) -> str:
    """Without spaces, width and the printed number in front: renumbering a task does not change it."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.lstrip("0123456789.、()")


def carried(row: Row, old: Task) -> Facts:
    """What stands for the row: leads as now printed, the rest as it was reviewed."""
    same_code = row.code == old.code
    return {
        "leads": row.read["leads"],
        "cadence": old.cadence,
        "form": old.form,
        "obligations": [_obligation(one, old, same_code) for one in old.obligations.all()],
    }


def _obligation(one: Obligation, task: Task, same_code: bool) -> dict[str, Any]:
    units = [unit.name for unit in one.units.all()]
    leads = [unit.name for unit in task.units.all()]
    facts: dict[str, Any] = {
        "title": one.title,
        "phrase": one.phrase,
        "cadence": one.cadence,
        "form": one.form,
        "channels": one.channels,
        "rule": one.rule,
        "note": one.note,
    }
    if sorted(units) != sorted(leads):
        facts["units"] = units
    if same_code:
        facts["code"] = one.code
    return facts
