"""Enterprises by 统一社会信用代码: permits, penalties, inspections, lists, gathered from all registers."""

import datetime as dt
import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yangguang.portal import day
from yangguang.portal.presenters.data import enterprise as presenter
from yangguang.portal.views.data import finding

LONGEST = 80
_CODE = re.compile(r"[0-9A-Z]{18}")


@day.page
@finding.answering
def enterprises(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """Look up by code or by name. A whole code leads straight to its page."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    code = query.upper().replace(" ", "")
    if _CODE.fullmatch(code) and presenter.parts(code):
        return redirect("portal:enterprise", uscc=code)
    context = {
        "query": query,
        "looks_like_code": bool(_CODE.fullmatch(code)),
        "found": presenter.like(query) if query else [],
        "sources": len(presenter.sources()),
    }
    return render(request, "portal/data/enterprises.html", context)


@day.page
@finding.answering
def enterprise(request: HttpRequest, as_of: dt.date, uscc: str) -> HttpResponse:
    """All that the registers say of one enterprise."""
    parts = presenter.parts(uscc)
    if not parts:
        raise Http404(
            _("公开的数据里没有统一社会信用代码为 %(code)s 的企业：请核对 18 位代码，或者按名称查找。")
            % {"code": uscc[:40]}
        )
    context = {
        "code": uscc,
        "name": presenter.name_of(uscc),
        "parts": parts,
        "count": sum(part.count for part in parts),
        "is_sample": any(part.dataset.is_sample for part in parts),
    }
    return render(request, "portal/data/enterprise.html", context)
