"""What readers said about data: where each piece stands, its clock, its public answer. Nothing personal."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from yangguang.api import lookup
from yangguang.api.errors import not_found
from yangguang.api.schemas.feedback import FeedbackFilters, FeedbackOut, FeedbackPage, FeedbackState, KeptPage
from yangguang.api.schemas.shared import Error, Paged
from yangguang.directory import clock
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.registers.models import Feedback, Planned
from yangguang.registers.queries import feedback as queries
from yangguang.registers.queries import release
from yangguang.registers.queries.release import Entry

router = Router(tags=["数据反馈"])
LARGEST = 2**63 - 1


@router.get("/feedback", response={200: FeedbackPage, 404: Error, 422: Error}, summary="数据反馈")
def feedback(request: HttpRequest, filters: Query[FeedbackFilters]) -> dict[str, Any]:
    """公众申请开放数据、报告差错、展示应用，最新的在前；等答复的只有类别、单位和期限，答复以后才有内容。"""
    today = clock.today()
    rows = queries.told()
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind)
    if (unit := lookup.unit(filters.unit)) is not None:
        rows = rows.filter(unit=unit)
    if filters.dataset is not None:
        rows = rows.filter(register__slug=filters.dataset)
    if filters.state is not None:
        rows = rows.filter(answered_at__isnull=filters.state is not FeedbackState.ANSWERED)
    found: Any = rows
    if filters.state is FeedbackState.OVERDUE:
        found = [one for one in rows if queries.clocked(one, today).late_by]
    items, frame = lookup.page(request, found, filters.limit, filters.offset)
    promised = _promised(items, today)
    return {**frame, "items": [_piece(one, promised.get(one.pk), today) for one in items]}


@router.get("/feedback/by-unit", response={200: KeptPage, 404: Error, 422: Error}, summary="各单位答复得怎样")
def by_unit(request: HttpRequest, filters: Query[Paged]) -> dict[str, Any]:
    """到今天为止，各单位等答复、逾期、已答复、迟答各多少件；逾期多的在前。"""
    items, frame = lookup.page(request, queries.tallies(clock.today()), filters.limit, filters.offset)
    rows = [
        {
            "unit": _unit(one.unit),
            "open": one.open,
            "overdue": one.overdue,
            "answered": one.answered,
            "answered_late": one.late,
        }
        for one in items
    ]
    return {**frame, "items": rows}


@router.get("/feedback/{number}", response={200: FeedbackOut, 404: Error, 422: Error}, summary="一件数据反馈")
def one_piece(request: HttpRequest, number: Path[int]) -> dict[str, Any]:
    """一件的期限和答复。"""
    found = queries.told().filter(pk=number).first() if 0 < number <= LARGEST else None
    if found is None:
        raise not_found(f"没有第 {number} 号数据反馈：全部见 /api/v1/feedback", "number")
    today = clock.today()
    return _piece(found, _promised([found], today).get(found.pk), today)


def _piece(one: Feedback, promise: dict[str, Any] | None, today: dt.date) -> dict[str, Any]:
    """What the public may know: of a piece without an answer that it came in, for whom, and its day."""
    kept = queries.clocked(one, today)
    answered = one.answered_at is not None
    waiting = FeedbackState.OVERDUE if kept.late_by else FeedbackState.OPEN
    return {
        "number": one.pk,
        "kind": one.kind,
        "unit": _unit(one.unit),
        "dataset": one.register.slug if one.register else None,
        "state": FeedbackState.ANSWERED if answered else waiting,
        "filed_at": one.filed_at.astimezone(SHANGHAI),
        "workdays": one.workdays,
        "due_on": kept.deadline.due_on,
        "provisional": kept.deadline.provisional,
        "workdays_late": kept.late_by,
        "about": one.about if answered else None,
        "summary": one.summary or None,
        "outcome": one.outcome or None,
        "answer": one.answer or None,
        "answered_at": one.answered_at.astimezone(SHANGHAI) if one.answered_at else None,
        "link": (one.url or None) if one.outcome == Feedback.Outcome.ACCEPTED else None,
        "promise": promise,
        "journal": [seq for seq in (one.line_id, one.answer_line_id) if seq],
        "url": one.get_absolute_url() if answered else None,
        "sample": one.is_sample,
    }


def _promised(pieces: list[Feedback], today: dt.date) -> dict[int | None, dict[str, Any]]:
    """Of the requests that were agreed to, where the plan has them: the plan is read once for all."""
    agreed = {one.pk for one in pieces if one.kind == Feedback.Kind.REQUEST and one.outcome == "accepted"}
    if not agreed:
        return {}
    board = release.board(today)
    found = [(one, _promise(one, None)) for one in board.dropped]
    found += [(entry.planned, _promise(entry.planned, entry)) for entry in board.entries]
    return {one.request_id: told for one, told in found if one.request_id in agreed}


def _promise(planned: Planned, entry: Entry | None) -> dict[str, Any]:
    return {
        "batch": planned.batch.title,
        "due_on": planned.due_on,
        "progress": entry.progress if entry else None,
        "days_overdue": entry.late_by if entry else 0,
        "dataset": entry.register.slug if entry and entry.register else None,
        "url": f"/data/plan/#batch-{planned.batch_id}",
    }


def _unit(unit: Unit | None) -> dict[str, str] | None:
    return {"name": unit.name, "slug": unit.slug} if unit else None
