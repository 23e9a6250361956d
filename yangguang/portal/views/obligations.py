"""A duty: its sentence, its periods, and why each verdict is what it is."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from yangguang.ledger import books
from yangguang.ledger import queries as ledger
from yangguang.plan.models import Obligation
from yangguang.portal import day, queries
from yangguang.portal.presenters import periods, rule, segments, tally
from yangguang.portal.views.plan import adopted
from yangguang.registers.queries import public as registers


@day.page
def obligation(request: HttpRequest, as_of: dt.date, plan: str, code: str) -> HttpResponse:
    version = adopted(plan)
    found = (
        Obligation.objects.filter(version=version, code=code)
        .select_related("task__area", "version__plan")
        .prefetch_related(*queries.units_of("", "task__"))
        .first()
    )
    if found is None:
        raise Http404(
            _("没有编号为 %(code)s 的公开事项：请在分工方案里找。") % {"code": f"{plan}-{code}"[:60]}
        )
    standings = [
        s
        for s in ledger.standings(as_of=as_of, version=version, obligation=found)
        if s.obligation.pk == found.pk
    ]
    period, unit = request.GET.get("period", ""), request.GET.get("unit", "")
    chosen = periods.choose(standings, period, unit)
    if chosen is None and (period or unit):
        raise Http404(_("这一事项没有这一期：请在时间带上选一期。"))
    lanes = periods.lanes(standings, chosen)
    lines = ledger.evidence(chosen) if chosen else []
    editions, versions = queries.document_titles(lines), registers.by_line(lines)
    context = {
        "version": version,
        "obligation": found,
        "task": found.task,
        "sentence": segments.mark(found.task.text, found.phrase),
        "phrase_stands_alone": not segments.holds(found.task.text, found.phrase),
        "score": tally.counts(standings),
        "lanes": lanes,
        "are_tiles": periods.are_tiles(lanes),
        "quiet": periods.quiet(standings),
        "events": periods.events(standings, chosen),
        "sheets": periods.sheets(lanes[0]) if periods.is_daily(standings) and len(lanes) == 1 else [],
        "chosen": chosen,
        "evidence": [(line, editions.get(line.seq), versions.get(line.seq)) for line in lines],
        "rule_in_words": rule.in_words(books.duty(found, tuple(unit.name for unit in found.units.all()))),
    }
    template = "portal/obligations/_period.html" if request.htmx else "portal/obligations/page.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
