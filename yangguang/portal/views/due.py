"""What is due in a month, on the page and in the visitor's own calendar."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from yangguang.directory.models import Unit
from yangguang.ledger import queries as ledger
from yangguang.portal import calendar_feed, day, queries, words
from yangguang.portal.presenters import agenda, months, tally
from yangguang.portal.presenters.months import Month
from yangguang.portal.views.plan import adopted
from yangguang.rules.score import DUE


@day.page
def due(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    version = adopted()
    month = _month(request.GET.get("month", ""), as_of)
    unit = _unit(request.GET.get("unit", ""))
    state = request.GET.get("state", "")
    everything = ledger.around(first=month.first, last=month.last, as_of=as_of, version=version)
    standings = [s for s in everything if unit is None or s.unit.pk == unit.pk]
    before, after = months.neighbours(everything, month)
    in_month = months.due_in(standings, month)
    shown = [s for s in in_month if not state or s.verdict.state.value == state]
    context = {
        "version": version,
        "month": month,
        "month_before": before,
        "month_after": after,
        "unit": unit,
        "state": state,
        "states": [state for state in words.STATES if state in DUE],
        "units": queries.units_in(everything),
        "score": tally.counts(in_month),
        "days": agenda.days(shown, as_of),
        "daily": agenda.daily(shown),
        "feed": calendar_feed.address(settings.PUBLIC_ADDRESS, unit.slug if unit else ""),
    }
    template = "portal/due/_month.html" if request.htmx else "portal/due/page.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@day.page
def feed(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The due days as iCalendar (RFC 5545), of one unit or of all."""
    version = adopted()
    unit = _unit(request.GET.get("unit", ""))
    standings = tally.due(ledger.standings(as_of=as_of, version=version, unit=unit))
    name = unit.name if unit else _("全部单位")
    text = calendar_feed.calendar(
        standings,
        name=_("阳光：%(unit)s的公开期限") % {"unit": name},
        site=settings.PUBLIC_ADDRESS,
        as_of=as_of,
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="due.ics"'
    return response


def _month(written: str, as_of: dt.date) -> Month:
    if not written:
        return months.of(as_of)
    try:
        return months.parse(written)
    except ValueError:
        raise BadRequest(
            _("月份“%(written)s”认不出来：请按 YYYY-MM 写，例如 2017-11。") % {"written": written[:20]}
        ) from None


def _unit(slug: str) -> Unit | None:
    if not slug:
        return None
    found = queries.unit(slug)
    if found is None:
        raise Http404(_("没有网址名为 %(slug)s 的单位：请在单位列表里找。") % {"slug": slug[:60]})
    return found
