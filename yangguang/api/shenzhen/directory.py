"""`/gkmlpt/api/all/<category>?page=&sid=` → `{"articles", "total", …}`: the provincial disclosure-directory platform.

Seen in public client code: the address, a hundred articles a page from page 1 (page 0 is taken for it), the
keys `articles` and `total`, the keys of an article, moments as seconds since 1970, `created_at` as text.
Not verified: the inside of `attachment` and `relation`, and what numbers categories have; here 0 is
everything and n is the n-th topic. `sid` numbers the platform's sites; here it is a unit's address name.
"""

import datetime as dt
import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from yangguang.api.errors import Problem, not_found, response_of
from yangguang.directory import clock
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.publishing.models import Edition
from yangguang.publishing.queries.status import end_of, statuses
from yangguang.publishing.topics import topics
from yangguang.rules.legal_status import Status
from yangguang.search.editions import public_editions

A_PAGE = 100
OVERVIEW = 120
"""Characters of the text that stand in for a summary that nobody wrote."""


def articles(request: HttpRequest, category: int) -> HttpResponse:
    """A page of the public documents of today, the newest first; withdrawn ones are left out."""
    today = clock.today()
    try:
        found = _found(request, category, today)
        page = _page(request)
    except Problem as problem:
        return response_of(problem)
    ordered = found.select_related("document", "unit").order_by("-online_at", "-pk")
    shown = list(ordered[(page - 1) * A_PAGE : page * A_PAGE])
    standing = statuses(shown, today)
    told = {
        "articles": [_article(one, standing[one.document_id].status) for one in shown],
        "total": found.count(),
        "page": page,
        "page_size": A_PAGE,
        "classify": {"id": category, "name": topics()[category - 1] if category else "全部"},
    }
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8")


def _found(request: HttpRequest, category: int, today: dt.date) -> QuerySet[Edition]:
    standing = Q(document__withdrawal=None) | Q(document__withdrawal__withdrawn_at__gte=end_of(today))
    found = public_editions(today).filter(standing)
    if category > len(topics()):
        raise not_found(f"没有第 {category} 类：0 是全部，1 到 {len(topics())} 是主题分类", "category")
    if category:
        found = found.filter(topic=topics()[category - 1])
    if sid := request.GET.get("sid", ""):
        unit = Unit.objects.filter(slug=sid[:80].replace("\0", "")).first()
        if unit is None:
            raise not_found("没有这个 sid：这里填单位的网址名，见 /api/v1/units；不写是全部单位", "sid")
        found = found.filter(unit=unit)
    return found


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page") or "1"
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Problem(422, "invalid_parameter", "参数 page：请填从 1 开始的整数", "page")
    return max(int(text), 1)


def _article(edition: Edition, status: Status) -> dict[str, Any]:
    address = f"{settings.PUBLIC_ADDRESS}{edition.document.get_absolute_url()}"
    online = edition.online_at.astimezone(SHANGHAI)
    numbers = {name: number for number, name in enumerate(topics(), 1)}
    return {
        "id": edition.document_id,
        "title": edition.title,
        "document_number": edition.document_number,
        "identifier": edition.document.index_no,
        "publisher": edition.unit.name,
        "keywords": " ".join(edition.keywords),
        "date": _seconds(edition.made_on) if edition.made_on else int(online.timestamp()),
        "created_at": online.strftime("%Y-%m-%d %H:%M:%S"),
        "create_time": int(online.timestamp()),
        "first_publish_time": int(online.timestamp()),
        "display_publish_time": int(online.timestamp()),
        "abstract": edition.summary or edition.body[:OVERVIEW],
        "classify_main": numbers.get(edition.topic, 0),
        "classify_main_name": edition.topic,
        "classify_genre_name": edition.get_form_display(),
        "classify_theme_name": edition.topic,
        "url": address,
        "post_url": address,
        "is_expired": int(status is Status.EXPIRED),
        "is_abolished": int(status is Status.ABOLISHED),
        "attachment": [
            {"name": file.name, "url": f"{address}v/{edition.number}/files/{quote(file.name)}"}
            for file in edition.files
        ],
        "relation": [],
    }


def _seconds(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), SHANGHAI).timestamp())
