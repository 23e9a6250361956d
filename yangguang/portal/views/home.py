"""The first page, and how verdicts are made."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yangguang.ledger import queries as ledger
from yangguang.portal import day, queries
from yangguang.portal.presenters import areas, months, overdue, recent, tally

OVERDUE, PUBLISHED, LOOKED_AT = 7, 7, 60


@day.page
def home(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    try:
        version = ledger.current_version()
    except ledger.NoPlan:
        return render(request, "portal/no-plan.html")
    standings = ledger.standings(as_of=as_of, version=version)
    month = months.of(as_of)
    gaps = overdue.gaps(standings)
    context = {
        "version": version,
        "month": month,
        "score": tally.counts(months.due_in(standings, month)),
        "columns": months.strip(standings, as_of),
        "gaps": gaps[:OVERDUE],
        "missing": sum(len(gap.missing) for gap in gaps),
        "areas": areas.cards(version.areas.all(), queries.duties_of_tasks(version), standings),
        "published": recent.runs(_published(as_of))[:PUBLISHED],
    }
    return render(request, "portal/home.html", context)


def _published(as_of: dt.date) -> list[recent.Publication]:
    editions = queries.newest_editions(as_of, LOOKED_AT)
    return recent.together(editions, queries.newest_versions(as_of)[:LOOKED_AT])[:LOOKED_AT]


@day.page
def about(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    return render(request, "portal/about.html", {"public_address": settings.PUBLIC_ADDRESS})
