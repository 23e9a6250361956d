"""Interpretation (解读): the share of documents that have it, by unit, and what was promised and is late."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yangguang.directory.models import Unit
from yangguang.portal import day
from yangguang.publishing.queries import interpretation as queries


@day.page
def interpretation(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    late, shares = queries.overview(as_of)
    tallest = max((len(share.standings) for share in shares), default=0)
    context = {"late": late, "shares": shares, "tallest": tallest}
    return render(request, "portal/interpretation/list.html", context)


@day.page
def unit(request: HttpRequest, as_of: dt.date, slug: str) -> HttpResponse:
    found = Unit.objects.filter(slug=slug).first()
    if found is None:
        raise Http404(_("没有网址名为 %(slug)s 的单位：请在单位列表里找。") % {"slug": slug[:60]})
    context = {"unit": found, "found": queries.explained(as_of, found)}
    return render(request, "portal/interpretation/unit.html", context)
