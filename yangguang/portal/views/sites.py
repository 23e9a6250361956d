"""Sites and their columns: by host name, or under /sites/ on a machine without names."""

import datetime as dt

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.portal import day
from yangguang.sites.models import Column, Site
from yangguang.sites.queries import items
from yangguang.sites.queries import sites as stored

SHOWN = 6
DEEP = 8


@day.page
def sites(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    return render(request, "portal/sites/list.html", {"sites": stored.all_with_columns()})


@day.page
def site(request: HttpRequest, as_of: dt.date, slug: str) -> HttpResponse:
    """A site's first page: its columns, each with what is newest in it."""
    found = _site(slug)
    shown = [column for column in found.columns.all() if column.parent_id is None]
    for column in found.columns.all():
        column.site = found
    context = {
        "site": found,
        "blocks": [(column, items.newest(column, as_of, SHOWN)) for column in shown],
    }
    return render(request, "portal/sites/site.html", context)


@day.page
def column(request: HttpRequest, as_of: dt.date, slug: str, column: str) -> HttpResponse:
    """What a column holds, a page at a time."""
    found = _site(slug)
    shown = next((one for one in found.columns.all() if one.slug == column), None)
    if shown is None:
        raise Http404(_("“%(site)s”没有这个栏目：请从网站首页找。") % {"site": found.name})
    shown.site = found
    after, before = _cursor(request, "after"), _cursor(request, "before")
    context = {
        "site": found,
        "column_shown": shown,
        "above": _above(shown, found),
        "beneath": [one for one in found.columns.all() if one.parent_id == shown.pk],
        "page": items.page(shown, as_of, after=after, before=before),
    }
    return render(request, "portal/sites/column.html", context)


@require_safe
def style(request: HttpRequest, slug: str) -> HttpResponse:
    """The site's colours and letters as a style sheet. Each was checked when it was set."""
    found = Site.objects.filter(slug=slug).first() or _site(slug)
    letters = "var(--serif)" if found.letters == Site.Letters.SERIF else "var(--sans)"
    text = (
        f":root {{ --ink: {found.ink}; --gold: {found.accent}; --heads: {letters}; }}\n"
        f"@media screen and (prefers-color-scheme: light) {{ :root {{ --ground: {found.ground}; }} }}\n"
        "h1, h2, .brand .name { font-family: var(--heads); }\n"
    )
    headers = {"Cache-Control": "max-age=300"}
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers=headers)


def _site(slug: str) -> Site:
    found = stored.by_slug(slug)
    if found is None:
        raise Http404(_("没有网址名为 %(slug)s 的网站：请在站点列表里找。") % {"slug": slug[:60]})
    return found


def _above(shown: Column, found: Site) -> list[Column]:
    """The columns over this one, from the top."""
    by_key = {one.pk: one for one in found.columns.all()}
    trail: list[Column] = []
    key = shown.parent_id
    while key in by_key and len(trail) < DEEP:
        trail.insert(0, by_key[key])
        key = by_key[key].parent_id
    return trail


def _cursor(request: HttpRequest, name: str) -> int | None:
    written = request.GET.get(name, "")
    if not written:
        return None
    if not written.isdecimal() or len(written) > 18:
        raise BadRequest(_("页码认不出来：请从栏目第一页翻起。"))
    return int(written)
