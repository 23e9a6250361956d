"""Units: how they stand, and one of them."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yangguang.ledger import queries as ledger
from yangguang.portal import day, queries
from yangguang.portal.presenters import months, ranking, recent, tally
from yangguang.portal.presenters.data import quality
from yangguang.portal.views.plan import adopted
from yangguang.registers.queries import feedback

NEXT, PUBLISHED = 10, 10


@day.page
def units(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    version = adopted()
    standings = ledger.standings(as_of=as_of, version=version)
    context = {"version": version, "tables": ranking.tables(standings)}
    return render(request, "portal/units/list.html", context)


@day.page
def unit(request: HttpRequest, as_of: dt.date, slug: str) -> HttpResponse:
    found = queries.unit(slug)
    if found is None:
        raise Http404(_("没有网址名为 %(slug)s 的单位：请在单位列表里找。") % {"slug": slug[:60]})
    version = adopted()
    standings = ledger.standings(as_of=as_of, version=version, unit=found)
    score = tally.counts(standings)
    coming = tally.coming(standings)
    data = list(queries.newest_versions(as_of, found))
    editions = queries.newest_editions(as_of, PUBLISHED, found)
    context = {
        "version": version,
        "unit": found,
        "members": found.members.defer("position").order_by("position", "name"),
        "became": found.successions.filter(on__lte=as_of)
        .select_related("successor")
        .defer("successor__position")
        .order_by("on"),
        "was": found.successions_from.filter(on__lte=as_of)
        .select_related("predecessor")
        .defer("predecessor__position")
        .order_by("on"),
        "score": score,
        "columns": months.strip(standings, as_of),
        "overdue": tally.overdue(standings),
        "late": tally.late(standings),
        "coming": coming[:NEXT],
        "coming_count": len(coming),
        "duties": ranking.duties(standings),
        "feedback": feedback.tally_of(found, as_of),
        "quality": quality.of_unit(data, queries.periods_of(as_of, data), as_of) if data else None,
        "published": recent.together(editions, data[:PUBLISHED], found)[:PUBLISHED],
    }
    return render(request, "portal/units/unit.html", context)
