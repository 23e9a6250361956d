"""The gazette: shelves, issues, the standard text of each entry, files; and historic issues as scanned."""

import datetime as dt
import re

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.gazette import queries as gazettes
from yangguang.gazette.models import Issue, ScannedIssue, ScannedPage
from yangguang.portal import day, queries
from yangguang.portal.presenters import gazette as presenter
from yangguang.warehouse import store

SHELVES = 3
FOUND = 20
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip", "html": "text/html; charset=utf-8"}
# The web edition is one file with its style inside it, and needs nothing else.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
)


@day.page
def gazette(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The newest years, all years as links; with `?q=` what is found in titles and in read pages."""
    until = queries.end_of(as_of)
    shelves = presenter.shelves(gazettes.issued(until=until), gazettes.online(until=until))
    words = request.GET.get("q", "").split()[:8]
    context = {
        "shelves": shelves[:SHELVES],
        "years": [year for year, _shelf in shelves],
        "query": " ".join(words),
    }
    if words:
        context["entries"] = gazettes.entries_with(words, until=until)[:FOUND]
        found = gazettes.pages_with(words, until=until)
        context["page"] = Paginator(found, FOUND).get_page(request.GET.get("page"))
    return render(request, "portal/gazette/index.html", context)


@day.page
def year(request: HttpRequest, as_of: dt.date, year: int) -> HttpResponse:
    until = queries.end_of(as_of)
    shelves = presenter.shelves(gazettes.issued(until=until), gazettes.online(until=until))
    shelf = dict(shelves).get(year)
    if shelf is None:
        raise Http404(_("公报还没有 %(year)s 年的：请在公报首页看有哪些年份。") % {"year": year})
    context = {"year": year, "shelf": shelf, "years": [one for one, _shelf in shelves]}
    return render(request, "portal/gazette/year.html", context)


@day.page
def issue(request: HttpRequest, as_of: dt.date, year: int, number: int) -> HttpResponse:
    """Contents of an issue, or the pages of a historic one."""
    found = _issue(as_of, year, number)
    if isinstance(found, ScannedIssue):
        pages = found.pages.defer("lines", "text").order_by("number")
        return render(
            request, "portal/gazette/scanned.html", {"issue": found, "line": found.line, "pages": pages}
        )
    shown = ("issue", "position", "section", "page_from", "edition__title", "edition__document_number")
    entries = found.entries.select_related("edition").only(*shown).order_by("position")
    context = {"issue": found, "line": found.line, "entries": entries}
    return render(request, "portal/gazette/issue.html", context)


@day.page
def entry(request: HttpRequest, as_of: dt.date, year: int, number: int, position: int) -> HttpResponse:
    """One entry: its standard text, as it stands in the issued file."""
    found = _issue(as_of, year, number)
    shown = gazettes.entry(found, position) if isinstance(found, Issue) else None
    if shown is None:
        raise Http404(_("这一期没有第 %(position)s 篇：请看目录。") % {"position": position})
    before, after = gazettes.entries_beside(shown)
    context = {
        "issue": found,
        "line": found.line,
        "entry": shown,
        "article": presenter.standard(gazettes.standard_text(shown)),
        "before": before,
        "after": after,
    }
    return render(request, "portal/gazette/entry.html", context)


@day.page
def page(request: HttpRequest, as_of: dt.date, year: int, number: int, page: int) -> HttpResponse:
    """One page of a historic issue: the image, and the text that was read."""
    found, shown = _page(as_of, year, number, page)
    numbers = list(found.pages.order_by("number").values_list("number", flat=True))
    at = numbers.index(shown.number)
    context = {
        "issue": found,
        "page": shown,
        "text": presenter.read_text(shown),
        "corrections": shown.corrections.select_related("line"),
        "count": len(numbers),
        "before": numbers[at - 1] if at else None,
        "after": numbers[at + 1] if at + 1 < len(numbers) else None,
    }
    return render(request, "portal/gazette/page.html", context)


@require_safe
def file(request: HttpRequest, year: int, number: int, kind: str) -> HttpResponse | FileResponse:
    """A compiled file, the same bytes for ever; its hash is the ETag and stands in the journal."""
    found = _issue(day.of(request), year, number)
    if not isinstance(found, Issue):
        raise Http404(_("历史公报只有页面图像和识读的文字：请逐页看。"))
    response = _kept(request, getattr(found, f"{kind}_sha256"), TYPES[kind])
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Content-Disposition"] = (
        f'{"inline" if kind == "html" else "attachment"}; filename="gazette-{year}-{number:02}.{kind}"'
    )
    return response


@require_safe
def image(request: HttpRequest, year: int, number: int, page: int) -> HttpResponse | FileResponse:
    """A page's image."""
    found = ScannedPage.objects.filter(
        issue__year=year, issue__number=number, issue__line__isnull=False, number=page
    )
    digest = found.values_list("image_sha256", flat=True).first()
    if digest is None:
        raise Http404(_("没有这一页的图像。"))
    return _kept(request, digest, "image/jpeg")


def _kept(request: HttpRequest, digest: str, media_type: str) -> HttpResponse | FileResponse:
    etag = f'"{digest}"'
    response: HttpResponse | FileResponse
    if etag in re.split(r"\s*,\s*", request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        handle = store.path(digest).open("rb")
        response = FileResponse(handle, content_type=media_type)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _issue(as_of: dt.date, year: int, number: int) -> Issue | ScannedIssue:
    until = queries.end_of(as_of)
    found: Issue | ScannedIssue | None = (
        Issue.objects.issued()
        .select_related("line")
        .filter(year=year, number=number, issued_at__lt=until)
        .first()
    )
    if found is None:
        found = (
            ScannedIssue.objects.online()
            .select_related("line")
            .filter(year=year, number=number, online_at__lt=until)
            .first()
        )
    if found is None:
        raise Http404(
            _("没有 %(year)s 年第 %(number)s 期公报，或者它在所选的那天还没有出版：请在公报首页看有哪些。")
            % {"year": year, "number": number}
        )
    return found


def _page(as_of: dt.date, year: int, number: int, page: int) -> tuple[ScannedIssue, ScannedPage]:
    found = _issue(as_of, year, number)
    shown = found.pages.filter(number=page).first() if isinstance(found, ScannedIssue) else None
    if not isinstance(found, ScannedIssue) or shown is None:
        raise Http404(_("这一期没有第 %(page)s 页。") % {"page": page})
    return found, shown
