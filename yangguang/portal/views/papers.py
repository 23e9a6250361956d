"""Documents on paper: `.pdf` and `.docx` of the newest edition, and of each one."""

import datetime as dt
import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from yangguang.portal import day, queries
from yangguang.portal.views import problems
from yangguang.publishing.formats import typesetting
from yangguang.publishing.models import Edition
from yangguang.publishing.queries import erasure, status
from yangguang.rules.legal_status import Status

WRITERS = {"pdf": typesetting.pdf_of, "docx": typesetting.docx_of}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@day.page
def paper(request: HttpRequest, as_of: dt.date, index_no: str, ending: str, number: int = 0) -> HttpResponse:
    """An edition's file, made when it is first asked for; number 0 is the newest of that day, or of `?at=DAY`."""
    found = queries.document(index_no)
    editions = queries.editions_of(found) if found else []
    standing = [edition for edition in editions if edition.online_at < status.end_of(as_of)]
    asked = day.parse(request.GET["at"]) if request.GET.get("at") else as_of
    by_then = [edition for edition in editions if edition.online_at < status.end_of(asked)]
    shown = by_then[-1] if number == 0 and by_then else None
    if 1 <= number <= len(editions):
        shown = editions[number - 1]
    if shown is None:
        raise Http404(_("没有这份文件，或者它没有这一版：请从文件页面下载。"))
    if shown.concerns and erasure.carried_out(shown.document):
        return problems.erased(request)
    newest = standing[-1] if standing else shown
    content = WRITERS[ending](typesetting.paper_of(shown, _mark(newest, as_of)))
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponse):
        return unchanged
    response = HttpResponse(content, content_type=MEDIA_TYPES[ending])
    kind = "inline" if ending == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{_file_name(shown)}.{ending}"'
    response.headers["ETag"] = etag
    return response


def _file_name(edition: Edition) -> str:
    """The index number, in signs that every system takes."""
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "-"
        for sign in edition.document.index_no
    )
    return f"{plain}-v{edition.number}"


def _mark(newest: Edition, as_of: dt.date) -> str | None:
    """What a reader of the paper must know: that the document is no longer in force, since when and why."""
    legal = status.status_of(newest, as_of)
    if legal.is_in_force:
        return None
    since = legal.standing.since
    when = f"已于{since.year}年{since.month}月{since.day}日" if since else "已"
    reason = legal.act.reason if legal.act else ""
    if legal.status is Status.WITHDRAWN:
        reason = newest.document.withdrawal.reason
    return f"本文件{when}{legal.word}" + (f"：{reason}" if reason else "")
