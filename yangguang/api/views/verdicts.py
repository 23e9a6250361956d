"""Periods and verdicts, as of any day."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from yangguang.api import lookup
from yangguang.api.schemas.shared import Error
from yangguang.api.schemas.verdicts import PeriodPage, VerdictFilters, VerdictPage
from yangguang.ledger.queries import Standing, standings
from yangguang.rules.verdict_words import NAMES

router = Router(tags=["判定"])


@router.get("/periods", response={200: PeriodPage, 404: Error, 422: Error}, summary="各期")
def periods(request: HttpRequest, filters: Query[VerdictFilters]) -> dict[str, Any]:
    """每个公开事项、每个责任单位的各期和期限。"""
    found, frame = _found(request, filters)
    return {**frame, "items": [_period(standing) for standing in found]}


@router.get("/verdicts", response={200: VerdictPage, 404: Error, 422: Error}, summary="各期的判定")
def verdicts(request: HttpRequest, filters: Query[VerdictFilters]) -> dict[str, Any]:
    """截至某一天，每一期是按时、迟还是未公开，凭哪一行日志，为什么。"""
    found, frame = _found(request, filters)
    return {**frame, "items": [_verdict(standing) for standing in found]}


def _found(request: HttpRequest, filters: VerdictFilters) -> tuple[list[Standing], dict[str, Any]]:
    """One page of the standings that pass the filters, and the frame of its answer."""
    version, as_of = lookup.version(filters), lookup.day(filters.on)
    rows = standings(
        as_of=as_of,
        version=version,
        unit=lookup.unit(filters.unit),
        obligation=lookup.obligation(version, filters.obligation),
        area=lookup.area(version, filters.area),
    )
    rows = [standing for standing in rows if _passes(standing, filters)]
    items, frame = lookup.page(request, rows, filters.limit, filters.offset)
    return items, {**frame, "as_of": as_of, "plan": version.plan.slug, "version": version.number}


def _passes(standing: Standing, filters: VerdictFilters) -> bool:
    verdict = standing.verdict
    if filters.state is not None and verdict.state is not filters.state:
        return False
    due = verdict.due_on
    return filters.month is None or (due is not None and f"{due:%Y-%m}" == filters.month)


def _period(standing: Standing) -> dict[str, Any]:
    return {
        "obligation": standing.obligation.code,
        "unit": standing.unit.name,
        "period": standing.key,
        "label": standing.label,
        "opens_on": standing.opens_on,
        "ends_on": standing.ends_on,
        "due_on": standing.verdict.due_on,
        "provisional": standing.verdict.provisional,
        "state": standing.verdict.state,
    }


def _verdict(standing: Standing) -> dict[str, Any]:
    verdict = standing.verdict
    return {
        "obligation": standing.obligation.code,
        "title": standing.obligation.title,
        "unit": standing.unit.name,
        "period": standing.key,
        "due_on": verdict.due_on,
        "state": verdict.state,
        "state_name": NAMES[verdict.state],
        "days_late": verdict.days_late,
        "provisional": verdict.provisional,
        "met_on": verdict.met_on,
        "met_by": verdict.met_by,
        "counted": verdict.counted,
        "reason": verdict.reason,
        "url": standing.obligation.get_absolute_url(),
    }
