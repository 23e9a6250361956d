"""The plan and its obligations."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Router

from yangguang.api import lookup
from yangguang.api.schemas.plan import ObligationFilters, ObligationOut, ObligationPage, PlanOut, WhichPlan
from yangguang.api.schemas.shared import Error, Word
from yangguang.api.views.register import register
from yangguang.plan.models import Obligation, PlanVersion, Task

router = Router(tags=["方案"])


@router.get("/plan", response={200: PlanOut, 404: Error, 422: Error}, by_alias=True, summary="整个方案")
def plan(request: HttpRequest, which: Query[WhichPlan]) -> dict[str, Any]:
    """方案的领域、任务、公开事项和判定规则，以及单位名录。

    连同 /api/v1/journal.jsonl，任何人可以自己重算全部判定。
    """
    version = lookup.version(which)
    duties: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for one in _obligations(version):
        duties[one.task_id].append(_obligation(one))
    tasks = version.tasks.prefetch_related("units")
    shown = [(task.area_id, _task(task, duties[task.pk])) for task in tasks]
    source = version.plan
    return {
        "slug": source.slug,
        "title": source.title,
        "number": source.number,
        "issuer": source.issuer,
        "issued_on": source.issued_on,
        "year": source.year,
        "version": _version(version),
        "versions": [_version(other) for other in source.versions.all()],
        "source_name": version.source_name,
        "source_sha256": version.source_sha256,
        "notices": version.notices,
        "defaults": version.defaults,
        "areas": [
            {
                "number": area.number,
                "name": area.name,
                "tasks": [task for place, task in shown if place == area.pk],
            }
            for area in version.areas.all()
        ],
        "outside_table": [task for place, task in shown if place is None],
        "register": register(),
    }


@router.get("/obligations", response={200: ObligationPage, 404: Error, 422: Error}, summary="公开事项")
def obligations(request: HttpRequest, filters: Query[ObligationFilters]) -> dict[str, Any]:
    """从任务中分出的、可以单独核对的公开事项。"""
    version = lookup.version(filters)
    rows = _obligations(version)
    if (unit := lookup.unit(filters.unit)) is not None:
        rows = rows.filter(units=unit)
    if (area := lookup.area(version, filters.area)) is not None:
        rows = rows.filter(task__area=area)
    items, frame = lookup.page(request, rows, filters.limit, filters.offset)
    return {
        **frame,
        "plan": version.plan.slug,
        "version": version.number,
        "items": [_obligation(one) for one in items],
    }


@router.get(
    "/obligations/{code}", response={200: ObligationOut, 404: Error, 422: Error}, summary="一个公开事项"
)
def obligation(request: HttpRequest, code: Path[Word], which: Query[WhichPlan]) -> dict[str, Any]:
    """一个公开事项和它的判定规则。它的各期判定见 /api/v1/verdicts?obligation=编号。"""
    found = lookup.obligation(lookup.version(which), code, "code")
    return _obligation(found) if found else {}


def _obligations(version: PlanVersion) -> QuerySet[Obligation]:
    rows = version.obligations.select_related("version__plan", "task__area").prefetch_related("units")
    # Each row would decode the version's own long lists again.
    return rows.defer("version__notices", "version__defaults")


def _version(version: PlanVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "adopted_on": version.adopted_on,
        "journal_seq": version.line_id,
        "note": version.note,
    }


def _task(task: Task, obligations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": task.code,
        "number": task.printed_number or None,
        "text": task.text,
        "leads": [unit.name for unit in task.units.all()],
        "leads_printed": task.leads_printed,
        "lead_inherited": task.lead_inherited,
        "cadence": task.cadence,
        "cadences": task.cadences,
        "channels": task.channels,
        "form": task.form,
        "measures": task.measures,
        "source": task.source,
        "obligations": obligations,
        "url": task.get_absolute_url(),
    }


def _obligation(obligation: Obligation) -> dict[str, Any]:
    area = obligation.task.area
    return {
        "code": obligation.code,
        "position": obligation.position,
        "task": obligation.task.code,
        "area": area.number if area else None,
        "title": obligation.title,
        "phrase": obligation.phrase,
        "units": [unit.name for unit in obligation.units.all()],
        "form": obligation.form,
        "cadence": obligation.cadence,
        "channels": obligation.channels,
        "rule": obligation.rule,
        "note": obligation.note,
        "url": obligation.get_absolute_url(),
    }
