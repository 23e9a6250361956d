"""Search over the plan, the units and what they published."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yangguang.portal import day
from yangguang.search.queries import search as find


@day.page
def search(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    query = request.GET.get("q", "").strip()
    groups = find(query, as_of=as_of)
    context = {"query": query, "groups": groups, "total": sum(group.total for group in groups)}
    return render(request, "portal/search.html", context)
