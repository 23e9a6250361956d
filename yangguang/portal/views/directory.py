"""`/documents/`: the directory of what is public (目录), with its filters."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yangguang.directory.models import Unit
from yangguang.portal import day, queries, words
from yangguang.publishing.models import Form
from yangguang.publishing.queries import directory
from yangguang.publishing.queries.directory import Wanted
from yangguang.publishing.queries.status import statuses
from yangguang.publishing.topics import topics
from yangguang.rules.legal_status import Status

PAGE = 20


@day.page
def documents(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """Fields of 条例 Art. 12 (索引、名称、内容概述、生成日期) with 文号 and 发布机构; `?before=`/`?after=` page."""
    asked = request.GET
    unit = Unit.objects.filter(slug=asked.get("unit", "")).first() if asked.get("unit") else None
    chosen = {name: asked.get(name, "") for name in ("unit", "topic", "form", "status", "year")}
    nobody = bool(chosen["unit"]) and unit is None
    wanted = Wanted(
        unit=unit,
        topic=chosen["topic"],
        form=chosen["form"] if chosen["form"] in Form.values else "",
        status=Status(chosen["status"]) if chosen["status"] in list(Status) else None,
        year=_whole(chosen["year"], high=9999),
    )
    page = directory.page(
        wanted, as_of, PAGE, before=_whole(asked.get("before", "")), after=_whole(asked.get("after", ""))
    )
    standing = statuses(page.editions, as_of)
    rows = [] if nobody else [(edition, standing[edition.document_id]) for edition in page.editions]
    context = {
        "page": page,
        "rows": rows,
        "first": page.editions[0] if page.editions else None,
        "last": page.editions[-1] if page.editions else None,
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "units": queries.publishing_units(),
        "topics": topics(),
        "forms": {code: word for code, word in words.FORMS.items() if code != "internal"},
        "statuses": words.STATUSES,
        "years": directory.years(as_of),
    }
    return render(request, "portal/documents/list.html", context)


def _whole(written: str, high: int = 2**62) -> int | None:
    return int(written) if written.isdecimal() and len(written) < 20 and 0 < int(written) <= high else None
