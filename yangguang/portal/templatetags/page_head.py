"""What stands in the head of every page: the required tags, and the feeds of what it shows."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yangguang.portal.presenters import page_tags as presenter

register = template.Library()


@register.simple_tag(takes_context=True)
def page_tags(context: Context) -> SafeString:
    """The <meta> tags of `presenters.page_tags`. A page of an error, without a request, has none."""
    request = context.get("request")
    if request is None or "site" not in context:
        return format_html_join("", "", ())
    match = request.resolver_match
    found = presenter.tags(_given(context), request.path, match.url_name if match else "")
    return format_html_join("\n", '<meta name="{}" content="{}">', found)


@register.simple_tag(takes_context=True)
def feed_links(context: Context) -> SafeString:
    """Links by which feed readers find what this page can be followed with."""
    found = _feeds(_given(context))
    line = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
    return format_html_join("\n", line, found)


def _given(context: Context) -> dict[str, Any]:
    return {str(name): value for name, value in context.flatten().items()}


def _feeds(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("全部新公开的内容"), "/feeds/all.atom"
    column, unit, edition = context.get("column_shown"), context.get("unit"), context.get("edition")
    if column is not None:
        yield column.name, f"/feeds/columns/{column.site.slug}/{column.slug}.atom"
    if edition is not None:
        unit = edition.unit
        if edition.topic:
            yield edition.topic, f"/feeds/topics/{quote(edition.topic, safe='')}.atom"
    if getattr(unit, "slug", ""):
        yield unit.name, f"/feeds/units/{quote(unit.slug)}.atom"  # type: ignore[union-attr]
    if context.get("query") and isinstance(context["query"], str):
        yield (
            _("搜索：%(query)s") % {"query": context["query"]},
            f"/feeds/search.atom?q={quote(context['query'])}",
        )
