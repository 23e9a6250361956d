"""From the words in an address to the records that they mean, or a problem that says what to do."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from yangguang.api.errors import not_found
from yangguang.api.schemas.plan import WhichPlan
from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.directory.queries import resolve
from yangguang.ledger.queries import NoPlan, current_version
from yangguang.plan.models import Area, Obligation, PlanVersion


def day(on: dt.date | None) -> dt.date:
    return on if on is not None else clock.today()


def version(which: WhichPlan) -> PlanVersion:
    """The version that is asked for: the newest of the newest plan where nothing is said."""
    try:
        newest = current_version(which.plan)
    except NoPlan as problem:
        raise not_found(str(problem), "plan") from problem
    if which.version is None or which.version == newest.number:
        return newest
    found = newest.plan.versions.select_related("plan").filter(number=which.version).first()
    if found is None:
        raise not_found(
            f"方案 {newest.plan.slug} 没有第 {which.version} 版：最新是第 {newest.number} 版", "version"
        )
    return found


def unit(named: str | None) -> Unit | None:
    """A unit by its slug, name or alias; None when none is asked for."""
    if named is None:
        return None
    found = Unit.objects.filter(slug=named).first() or resolve(named)
    if found is None:
        raise not_found(f"没有叫“{named}”的单位：全部单位见 /api/v1/units", "unit")
    return found


def area(within: PlanVersion, number: int | None) -> Area | None:
    if number is None:
        return None
    found = within.areas.filter(number=number).first()
    if found is None:
        last = within.areas.count()
        raise not_found(f"方案没有第 {number} 个领域：共 {last} 个，见 /api/v1/plan", "area")
    return found


def obligation(within: PlanVersion, code: str | None, where: str = "obligation") -> Obligation | None:
    if code is None:
        return None
    rows = within.obligations.select_related("version__plan", "task__area").prefetch_related("units")
    found = rows.filter(code=code).first()
    if found is None:
        raise not_found(f"没有编号为“{code}”的公开事项：全部事项见 /api/v1/obligations", where)
    return found


def page(
    request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], limit: int, offset: int
) -> tuple[list[Any], dict[str, Any]]:
    """One page of the rows, and the frame of its answer (`schemas.shared.Page`)."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return list(rows[offset : offset + limit]), frame(request, total, limit, offset)


def frame(request: HttpRequest, total: int, limit: int, offset: int) -> dict[str, Any]:
    """What stands around one page of `total` rows (`schemas.shared.Page`)."""
    following = None
    if offset + limit < total:
        following = address(request, limit=limit, offset=offset + limit)
    return {"total": total, "limit": limit, "offset": offset, "next": following}


def address(request: HttpRequest, **changed: int) -> str:
    """This address with other parameters."""
    return f"{request.path}?{urlencode({**request.GET.dict(), **changed})}"
