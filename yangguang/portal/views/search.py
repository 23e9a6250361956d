"""Search over the plan, the units and what they published: a page for people, JSON for machines."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from yangguang.portal import day
from yangguang.portal.presenters import finding
from yangguang.portal.presenters.finding import Asked
from yangguang.search import queries
from yangguang.search.folding import Segment
from yangguang.search.hits import Found, Group, Hit, Kind

LEADING = (Kind.PLAN, Kind.UNIT)
"""What stands before the documents: whoever types its name wants it."""


@day.page
def search(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    given = finding.asked(request.GET)
    found = _find(given, as_of)
    context = {
        "query": given.query,
        "given": given,
        "found": found,
        "leading": [group for group in found.others if group.kind in LEADING],
        "following": [group for group in found.others if group.kind not in LEADING],
        "facets": finding.facets(found, given),
        "chosen": bool(given.filters),
        "unfiltered": finding.link(Asked(given.query, {}, given.newest, 1)),
        "by_rank": finding.link(given, sort=""),
        "by_date": finding.link(given, sort="date"),
        "pages": finding.pages(found.documents.total, queries.DEEPEST, given),
        "meant": [(query, finding.link(Asked(query, {}, False, 1))) for query in found.suggestions],
    }
    return render(request, "portal/search/page.html", context)


@day.page
def as_json(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The same search for machines of any site; documented in docs/features/search.md."""
    given = finding.asked(request.GET)
    found = _find(given, as_of)
    answer = {
        "query": given.query,
        "filters": given.filters,
        "sort": "date" if given.newest else "rank",
        "as_of": as_of.isoformat(),
        "page": given.page,
        "pages": finding.pages(found.documents.total, queries.DEEPEST, given).count,
        "by_pinyin": found.by_pinyin,
        "one_by_one": found.one_by_one,
        "suggestions": found.suggestions,
        "notice": found.notice,
        "documents": _group(request, found.documents),
        "others": [{"kind": group.kind, **_group(request, group)} for group in found.others],
        "facets": {
            facet.name: [
                {"value": one.value, "label": one.label, "count": one.count} for one in facet.choices
            ]
            for facet in finding.facets(found, given)
        },
    }
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _find(given: Asked, as_of: dt.date) -> Found:
    return queries.search(
        given.query,
        as_of=as_of,
        filters=given.filters,
        newest=given.newest,
        offset=given.offset,
        limit=finding.PAGE,
    )


def _group(request: HttpRequest, group: Group) -> dict[str, Any]:
    return {"total": group.total, "hits": [_hit(request, hit) for hit in group.hits]}


def _hit(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    return {
        "title": hit.title,
        "url": request.build_absolute_uri(hit.url),
        "unit": hit.unit or None,
        "day": hit.day.isoformat() if hit.day else None,
        "number": "".join(piece.text for piece in hit.number),
        "status": hit.status.value,
        "excerpt": [_piece(piece) for piece in hit.excerpt],
    }


def _piece(piece: Segment) -> dict[str, Any]:
    return {"text": piece.text, "marked": piece.marked}
