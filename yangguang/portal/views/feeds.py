"""Atom feeds of everything, a unit, a topic, a column, a search; and the page that lists them."""

import datetime as dt
import hashlib
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.directory import clock
from yangguang.portal import day, queries
from yangguang.portal.presenters import atom
from yangguang.publishing.models import Edition
from yangguang.publishing.topics import topics
from yangguang.search.newest import newest
from yangguang.sites.queries import items
from yangguang.sites.queries import sites as stored

MOST = 50
LONGEST_QUERY = 100


@day.page
def feeds(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    context = {"units": queries.publishing_units(), "topics": topics(), "sites": stored.with_feeds()}
    return render(request, "portal/feeds.html", context)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    feed = _feed(_("全部新公开的内容"), "/feeds/all.atom", "/documents/")
    return _answer(request, feed, items.changes(items.read_on(clock.today()), clock.today(), MOST))


@require_safe
def of_unit(request: HttpRequest, slug: str) -> HttpResponse:
    unit = queries.unit(slug)
    if unit is None:
        raise Http404(_("没有网址名为 %(slug)s 的单位：请在单位列表里找。") % {"slug": slug[:60]})
    path = f"/feeds/units/{quote(slug)}.atom"
    feed = atom.Feed(unit.name, path, f"/units/{quote(slug)}/", unit.name)
    found = items.read_on(clock.today()).filter(unit=unit)
    return _answer(request, feed, items.changes(found, clock.today(), MOST))


@require_safe
def of_topic(request: HttpRequest, topic: str) -> HttpResponse:
    found = items.read_on(clock.today()).filter(topic=topic)
    if topic not in topics() and not found.exists():
        raise Http404(_("没有“%(topic)s”这个主题：请在订阅页里选。") % {"topic": topic[:40]})
    feed = _feed(topic, f"/feeds/topics/{quote(topic, safe='')}.atom", "/documents/")
    return _answer(request, feed, items.changes(found, clock.today(), MOST))


@require_safe
def of_column(request: HttpRequest, site: str, slug: str) -> HttpResponse:
    column = stored.column(site, slug)
    if column is None:
        raise Http404(_("没有这个栏目：请在站点列表里找。"))
    path = f"/feeds/columns/{site}/{slug}.atom"
    title = f"{column.site.name} · {column.name}"
    feed = atom.Feed(title, path, column.get_absolute_url(), column.site.sponsor or column.site.name)
    found = items.in_column(column, clock.today(), even_withdrawn=True)
    return _answer(request, feed, items.changes(found, clock.today(), MOST))


@require_safe
def of_search(request: HttpRequest) -> HttpResponse:
    """What holds every word of `?q=`, the last change first."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_QUERY]
    if not query:
        raise Http404(_("没有写搜索词：请在地址后加 ?q= 和要找的词。"))
    path = f"/feeds/search.atom?q={quote(query)}"
    feed = _feed(_("搜索：%(query)s") % {"query": query}, path, f"/search/?q={quote(query)}")
    holding = newest(query, clock.today(), count=MOST)
    found = items.read_on(clock.today()).filter(document__index_no__in=holding)
    return _answer(request, feed, items.changes(found, clock.today(), MOST))


def _feed(title: str, path: str, page: str) -> atom.Feed:
    site = stored.portal()
    return atom.Feed(f"{site.name} · {title}", path, page, site.sponsor or site.name)


def _answer(request: HttpRequest, feed: atom.Feed, editions: list[Edition]) -> HttpResponse:
    """The feed, or 304 where the reader has these bytes."""
    content = atom.write(feed, editions, clock.today())
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    fresh = HttpResponse(content, content_type=atom.MEDIA_TYPE, headers={"Cache-Control": "max-age=300"})
    answer = get_conditional_response(request, etag, None, fresh)
    answer.headers["ETag"] = etag  # type: ignore[union-attr]
    return answer  # type: ignore[return-value]
