"""The plan as its table, and a task."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.ledger import queries as ledger
from yangguang.plan.models import Plan, PlanVersion
from yangguang.portal import day, queries, words
from yangguang.portal.presenters import months, table
from yangguang.portal.presenters.table import Filter


def adopted(slug: str | None = None) -> PlanVersion:
    """The plan in force, or the named one. Raises Http404 with a sentence where there is none."""
    try:
        return ledger.current_version(slug)
    except ledger.NoPlan:
        if slug:
            raise Http404(_("没有名为 %(slug)s 的分工方案：请从首页找。") % {"slug": slug[:60]}) from None
        raise Http404(_("还没有通过任何分工方案：政府办公厅在工作台通过方案之后，这里就会列出。")) from None


@day.page
def plan(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The plan in force; an earlier one by its slug (`?plan=`)."""
    slug = request.GET.get("plan", "")
    version = adopted(slug or None)
    standings = ledger.standings(as_of=as_of, version=version)
    wanted = Filter(**{name: request.GET.get(name, "") for name in ("unit", "area", "cadence", "state")})
    tasks = queries.tasks(version, units_of_duties=bool(wanted.unit))
    sections = table.sections(tasks, standings, wanted)
    shown_tasks, shown_duties = table.totals(sections)
    context = {
        "version": version,
        "plan": version.plan,
        "slug": slug,
        "others": Plan.objects.exclude(pk=version.plan_id),
        "versions": version.plan.versions.order_by("-number"),
        "sections": sections,
        "wanted": wanted,
        "shown_tasks": shown_tasks,
        "shown_duties": shown_duties,
        "columns": months.strip(standings, as_of),
        "areas": version.areas.all(),
        "units": queries.units_in(standings),
        "cadences": words.CADENCES,
        "states": words.STATES,
    }
    template = "portal/plan/_table.html" if request.htmx else "portal/plan/table.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version of a plan as it was adopted, also after a newer one took its place: no verdicts, only the text."""
    newest = adopted(slug)
    found = newest.plan.versions.filter(number=number).first()
    if found is None:
        raise Http404(
            _("这份方案没有第 %(number)s 版：最新的是第 %(newest)s 版。")
            % {"number": number, "newest": newest.number}
        )
    context = {
        "version": found,
        "plan": newest.plan,
        "newest": newest,
        "sections": table.sections(queries.tasks(found), [], Filter()),
    }
    return render(request, "portal/plan/version.html", context)


@day.page
def task(request: HttpRequest, as_of: dt.date, code: str) -> HttpResponse:
    """A task of the plan in force, or of the one that `?plan=` names."""
    slug = request.GET.get("plan", "")
    version = adopted(slug or None)
    codes = queries.task_codes(version)
    if code not in codes:
        raise Http404(_("方案里没有编号为 %(code)s 的任务：请在分工方案里找。") % {"code": code[:20]})
    at = codes.index(code)
    [found] = queries.tasks(version, code=code)
    own = ledger.of_task(found.task, as_of=as_of)
    context = {
        "version": version,
        "slug": slug,
        "task": found.task,
        "units": found.units,
        "duties": [table.duty(o, [s for s in own if s.obligation.pk == o.pk]) for o in found.obligations],
        "before": codes[at - 1] if at else None,
        "after": codes[at + 1] if at + 1 < len(codes) else None,
    }
    return render(request, "portal/plan/task.html", context)
