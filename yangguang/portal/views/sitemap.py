"""`/sitemap.xml` and the files that it names."""

import itertools
import re
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from yangguang.portal import sitemap

XML = "application/xml; charset=utf-8"
LINES = 500
"""How many lines are sent at a time."""


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """The index; on a site's own host, the few pages of that site."""
    site = getattr(request, "own_site", None)
    if site is not None:
        return _stream(sitemap.urlset(sitemap.of_site(site)))
    return HttpResponse(sitemap.index(sitemap.names()), content_type=XML)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    if name == "pages":
        return _stream(sitemap.urlset(sitemap.pages()))
    found = re.fullmatch(r"documents-([0-9]{1,9})", name)
    if found is None or name not in sitemap.names():
        raise Http404
    return _stream(sitemap.urlset(sitemap.documents(int(found[1]))))


def _stream(lines: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        ("".join(some) for some in iter(lambda: list(itertools.islice(lines, LINES)), [])), content_type=XML
    )
