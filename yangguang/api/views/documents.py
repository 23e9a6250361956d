"""Documents as the public reads them on a day."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from yangguang.api import lookup
from yangguang.api.errors import Problem, not_found
from yangguang.api.schemas.documents import DocumentDetail, DocumentFilters, DocumentPage
from yangguang.api.schemas.shared import Error, Word
from yangguang.api.schemas.units import AsOf
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.publishing.models import Document, Edition, Withdrawal
from yangguang.search import queries as search
from yangguang.search.editions import public_editions

router = Router(tags=["文件"])

BESIDE = ("document__unit", "document__withdrawal")


@router.get("/documents", response={200: DocumentPage, 404: Error, 422: Error, 503: Error}, summary="文件")
def documents(request: HttpRequest, filters: Query[DocumentFilters]) -> dict[str, Any]:
    """截至某一天公众能看到的文件，最新的在前；撤回的也在，写明理由。

    有 q 时与 /search.json 找到的文件和顺序相同：最相符的在前，联合发文算各单位的，撤回的不在其中。
    """
    as_of, unit = lookup.day(filters.on), lookup.unit(filters.unit)
    if filters.q:
        items, frame = _found(request, filters, as_of, unit)
    else:
        rows = public_editions(as_of)
        if unit is not None:
            rows = rows.filter(document__unit=unit)
        rows = rows.select_related(*BESIDE).order_by("-online_at", "-pk")
        items, frame = lookup.page(request, rows, filters.limit, filters.offset)
    return {**frame, "as_of": as_of, "items": [_document(edition, as_of) for edition in items]}


def _found(
    request: HttpRequest, filters: DocumentFilters, as_of: dt.date, unit: Unit | None
) -> tuple[list[Edition], dict[str, Any]]:
    """One page of what the search index finds, and the frame of its answer."""
    within = {} if unit is None else {"unit": unit.slug}
    found = search.listed(
        filters.q or "", as_of=as_of, filters=within, offset=filters.offset, limit=filters.limit
    )
    if found is None:
        raise Problem(503, "search_not_ready", "全文索引正在准备：请过几分钟再试，或先不带 q 取文件列表", "q")
    # What was withdrawn a moment ago is left out.
    rows = Edition.objects.filter(line_id__in=found.seqs, document__withdrawal__isnull=True)
    by_line = {edition.line_id: edition for edition in rows.select_related(*BESIDE)}
    items = [by_line[seq] for seq in found.seqs if seq in by_line]
    return items, lookup.frame(request, found.total, filters.limit, filters.offset)


@router.get(
    "/documents/{index_no}", response={200: DocumentDetail, 404: Error, 422: Error}, summary="一个文件"
)
def document(request: HttpRequest, index_no: Path[Word], filters: Query[AsOf]) -> dict[str, Any]:
    """一个文件截至某一天的正文和全部版次。"""
    as_of = lookup.day(filters.on)
    found = Document.objects.filter(index_no=index_no).first()
    editions = [] if found is None else [one for one in found.editions.all() if _day(one.online_at) <= as_of]
    if not editions:
        raise not_found(f"截至 {as_of} 没有索引号为“{index_no}”的公开文件：请核对索引号和日期", "index_no")
    newest = editions[-1]
    return {
        **_document(newest, as_of),
        "as_of": as_of,
        "body": newest.body,
        "editions": [_edition(one) for one in editions],
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "title": edition.title,
        "document_number": edition.document_number,
        "form": edition.form,
        "keywords": edition.keywords,
        "covers": edition.covers,
        "made_on": edition.made_on,
        "online_at": edition.online_at.astimezone(SHANGHAI),
        "note": edition.note,
        "sha256": edition.sha256,
        "journal_seq": edition.line_id,
    }


def _document(edition: Edition, as_of: dt.date) -> dict[str, Any]:
    document = edition.document
    withdrawal: Withdrawal | None = getattr(document, "withdrawal", None)
    if withdrawal is not None and _day(withdrawal.withdrawn_at) > as_of:
        withdrawal = None
    return {
        **_edition(edition),
        "index_no": document.index_no,
        "unit": {"name": document.unit.name, "slug": document.unit.slug},
        "withdrawn_on": _day(withdrawal.withdrawn_at) if withdrawal else None,
        "withdrawn_reason": withdrawal.reason if withdrawal else "",
        "sample": document.is_sample,
        "url": document.get_absolute_url(),
    }


def _day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(SHANGHAI).date()
