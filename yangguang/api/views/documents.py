"""Documents as the public reads them on a day."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from yangguang.api import lookup
from yangguang.api.errors import not_found
from yangguang.api.schemas.documents import DocumentDetail, DocumentFilters, DocumentPage
from yangguang.api.schemas.shared import Error, Word
from yangguang.api.schemas.units import AsOf
from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.models import Document, Edition, Withdrawal
from yangguang.search.editions import editions_with, public_editions

router = Router(tags=["文件"])


@router.get("/documents", response={200: DocumentPage, 404: Error, 422: Error}, summary="文件")
def documents(request: HttpRequest, filters: Query[DocumentFilters]) -> dict[str, Any]:
    """截至某一天公众能看到的文件，最新的在前；撤回的也在，写明理由。"""
    as_of = lookup.day(filters.on)
    rows = editions_with(filters.q, as_of) if filters.q else public_editions(as_of)
    if (unit := lookup.unit(filters.unit)) is not None:
        rows = rows.filter(document__unit=unit)
    rows = rows.select_related("document__unit", "document__withdrawal").order_by("-online_at", "-pk")
    items, frame = lookup.page(request, rows, filters.limit, filters.offset)
    return {**frame, "as_of": as_of, "items": [_document(edition, as_of) for edition in items]}


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
