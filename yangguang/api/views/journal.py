"""The public journal: page by page, or whole."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import quote_etag
from ninja import Query, Router

from yangguang.api import lookup
from yangguang.api.schemas.journal import After, JournalFilters, JournalPage
from yangguang.api.schemas.shared import Error
from yangguang.journal import queries as journal
from yangguang.journal.models import Head, Line
from yangguang.rules.chain import GENESIS

router = Router(tags=["日志"])

LINE_EXAMPLE = '{"seq":1,"body":"{\\"act\\":\\"adopt\\",…}","previous":"000…","digest":"3f2a…"}\n'


@router.get("/journal", response={200: JournalPage, 422: Error}, summary="公开日志（分页）")
def page(request: HttpRequest, filters: Query[JournalFilters]) -> dict[str, Any]:
    """每一次通过方案、发布、修改、撤回、登记事由等各一行，只增不改，哈希相连。从第一行起，旧的在前。"""
    rows = Line.objects.filter(seq__gt=filters.after).order_by("seq")
    if filters.act:
        rows = rows.filter(act=filters.act)
    found = list(rows[: filters.limit + 1])
    shown = found[: filters.limit]
    more = len(found) > filters.limit
    size, head = _head()
    return {
        "size": size,
        "head": head,
        "next": lookup.address(request, after=shown[-1].seq, limit=filters.limit) if more else None,
        "items": [_line(line) for line in shown],
    }


@router.get(
    "/journal.jsonl",
    response={422: Error},
    summary="公开日志（整本下载）",
    openapi_extra={
        "responses": {
            200: {
                "description": "每行一个 JSON 对象：seq、body（规范文本）、previous、digest",
                "content": {"application/jsonl": {"schema": {"type": "string"}, "example": LINE_EXAMPLE}},
            }
        }
    },
)
def whole(request: HttpRequest, filters: Query[After]) -> StreamingHttpResponse:
    """整本日志，一行一个 JSON 对象。body 是规范文本，digest = SHA-256（previous + 换行 + body）。

    用 `yangguang ledger recompute` 可以凭它和 /api/v1/plan 重算全部判定。
    """
    headers = {
        "ETag": quote_etag(f"{_head()[1]}-{filters.after}"),
        "Content-Disposition": 'inline; filename="journal.jsonl"',
    }
    return StreamingHttpResponse(_lines(filters.after), content_type="application/jsonl", headers=headers)


def _head() -> tuple[int, str]:
    return Head.objects.filter(pk=1).values_list("size", "digest").first() or (0, GENESIS)


def _lines(after: int) -> Iterator[str]:
    for link in journal.links(after=after):
        line = {"seq": link.seq, "body": link.body, "previous": link.previous, "digest": link.digest}
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _line(line: Line) -> dict[str, Any]:
    return {
        "seq": line.seq,
        "act": line.act,
        "body": line.body,
        "facts": json.loads(line.body),
        "previous": line.previous,
        "digest": line.digest,
    }
