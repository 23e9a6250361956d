"""The public journal: its lines, and whether the chain holds."""

import datetime as dt

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yangguang.journal import queries as stored
from yangguang.journal.models import Head
from yangguang.portal import day, queries
from yangguang.portal.presenters import acts
from yangguang.portal.presenters.log import log

PAGE = 50


@day.page
def journal(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The newest lines, those around `?line=` or before `?before=`; `?check=1` walks the whole chain."""
    seq = _number(request.GET.get("line", ""))
    before = seq + PAGE // 2 if seq else _number(request.GET.get("before", ""))
    lines = queries.lines_before(before, PAGE)
    is_checked = "check" in request.GET
    head = Head.objects.filter(pk=1).first()
    context = {
        "head": head,
        "log": log(head, as_of),
        "rows": [acts.told(line) for line in lines],
        "asked": seq,
        "older": lines[-1].seq if lines and lines[-1].seq > 1 else None,
        "is_checked": is_checked,
        "problem": stored.problem() if is_checked else None,
    }
    return render(request, "portal/journal.html", context)


def _number(written: str) -> int | None:
    if not written:
        return None
    if not written.isdecimal() or not 1 <= int(written) <= 2**62:
        raise BadRequest(_("日志行号“%(written)s”认不出来：请写一个正整数。") % {"written": written[:20]})
    return int(written)
