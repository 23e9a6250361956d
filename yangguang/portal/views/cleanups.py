"""Results of cleaning up (清理结果), and which units marked in time what they abolished (任务 5.8)."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yangguang.portal import day
from yangguang.publishing.queries import cleanups as queries


@day.page
def cleanups(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """Every list, the units with their tallies, and what is late."""
    tallies, late = queries.overview(as_of)
    context = {"cleanups": queries.known_by(as_of), "tallies": tallies, "late": late}
    return render(request, "portal/cleanups/list.html", context)


@day.page
def cleanup(request: HttpRequest, as_of: dt.date, pk: int) -> HttpResponse:
    """One list, line by line."""
    found = queries.known_by(as_of).filter(pk=pk).first()
    if found is None:
        raise Http404(_("没有这份清理结果：请从清理结果的列表里找。"))
    markings = queries.markings(as_of, found)
    context = {
        "cleanup": found,
        "markings": markings,
        "tallies": queries.by_unit(markings),
        "is_missing_here": sum(one.row.document is None for one in markings),
    }
    return render(request, "portal/cleanups/page.html", context)
