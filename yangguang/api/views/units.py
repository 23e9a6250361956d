"""Units and how they score."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Path, Query, Router

from yangguang.api import lookup
from yangguang.api.errors import not_found
from yangguang.api.schemas.shared import Error, Word
from yangguang.api.schemas.units import AsOf, AsOfPaged, UnitDetail, UnitPage
from yangguang.api.views.register import members, named, successions
from yangguang.directory.models import Membership, Succession, Unit
from yangguang.ledger import queries as ledger
from yangguang.rules.score import Score

router = Router(tags=["单位"])


@router.get("/units", response={200: UnitPage, 422: Error}, summary="单位和得分")
def units(request: HttpRequest, filters: Query[AsOfPaged]) -> dict[str, Any]:
    """全部单位，按名录排序；还没有方案时得分为空。"""
    as_of = lookup.day(filters.on)
    rows = Unit.objects.prefetch_related("aliases")
    items, frame = lookup.page(request, rows, filters.limit, filters.offset)
    scores = _scores(as_of)
    return {**frame, "as_of": as_of, "items": [_unit(unit, scores.get(unit.pk, Score())) for unit in items]}


@router.get("/units/{slug}", response={200: UnitDetail, 404: Error, 422: Error}, summary="一个单位")
def unit(request: HttpRequest, slug: Path[Word], filters: Query[AsOf]) -> dict[str, Any]:
    """一个单位的得分、逐月得分、所属集合和机构改革。"""
    found = Unit.objects.prefetch_related("aliases").filter(slug=slug).first()
    if found is None:
        raise not_found(f"没有网址名为“{slug}”的单位：全部单位见 /api/v1/units", "slug")
    as_of = lookup.day(filters.on)
    return {
        **_unit(found, _scores(as_of).get(found.pk, Score())),
        "as_of": as_of,
        "months": [{"month": month, "score": _score(score)} for month, score in _months(as_of, found)],
        "members": members(Membership.objects.filter(Q(group=found) | Q(member=found)).order_by("pk")),
        "successions": successions(
            Succession.objects.filter(Q(predecessor=found) | Q(successor=found)).order_by("on", "pk")
        ),
    }


def _scores(as_of: dt.date) -> dict[int, Score]:
    """Scores by the unit's key; none where no plan was adopted yet."""
    try:
        return {unit.pk: score for unit, score in ledger.scores_by_unit(as_of)}
    except ledger.NoPlan:
        return {}


def _months(as_of: dt.date, unit: Unit) -> list[tuple[str, Score]]:
    try:
        return ledger.scores_by_month(as_of, unit)
    except ledger.NoPlan:
        return []


def _unit(unit: Unit, score: Score) -> dict[str, Any]:
    return {**named(unit), "score": _score(score), "url": unit.get_absolute_url()}


def _score(score: Score) -> dict[str, Any]:
    counts = {field: getattr(score, field) for field in score.__dataclass_fields__}
    return {**counts, "points": score.points}
