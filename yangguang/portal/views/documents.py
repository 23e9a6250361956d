"""What was published: the list, a document, each of its editions, and the text for checking."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yangguang.ledger import queries as ledger
from yangguang.portal import day, queries, words
from yangguang.portal.presenters import body
from yangguang.publishing.models import Document, Edition

PAGE = 20


@day.page
def documents(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    unit, form = request.GET.get("unit", ""), request.GET.get("form", "")
    found = queries.editions(as_of)
    if unit:
        found = found.filter(document__unit__slug=unit)
    if form:
        found = found.filter(form=form)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "unit": unit,
        "form": form,
        "units": queries.publishing_units(),
        "forms": {code: word for code, word in words.FORMS.items() if code != "internal"},
    }
    return render(request, "portal/documents/list.html", context)


@day.page
def document(request: HttpRequest, as_of: dt.date, index_no: str) -> HttpResponse:
    """The newest edition of that day."""
    found, editions = _public(index_no)
    standing = [edition for edition in editions if edition.online_at < queries.end_of(as_of)]
    if not standing:
        raise Http404(
            _("这份文件在 %(day)s 还没有上网：它在 %(online)s 首次发布。请把日期换到那天以后。")
            % {"day": as_of, "online": f"{editions[0].online_at:%Y-%m-%d}"}
        )
    return _page(request, found, editions, standing[-1], as_of)


@day.page
def edition(request: HttpRequest, as_of: dt.date, index_no: str, number: int) -> HttpResponse:
    """One edition, at its own permanent address."""
    found, editions = _public(index_no)
    return _page(request, found, editions, _edition(editions, number), as_of)


@day.page
def text(request: HttpRequest, as_of: dt.date, index_no: str, number: int) -> HttpResponse:
    """The bytes whose SHA-256 stands in the journal."""
    _found, editions = _public(index_no)
    return HttpResponse(_edition(editions, number).body.encode(), content_type="text/plain; charset=utf-8")


def _public(index_no: str) -> tuple[Document, list[Edition]]:
    found = queries.document(index_no)
    if found is None:
        raise Http404(
            _("没有索引号为 %(index_no)s 的文件：请在文件列表里找，或者搜索。") % {"index_no": index_no[:80]}
        )
    return found, queries.editions_of(found)


def _edition(editions: list[Edition], number: int) -> Edition:
    if not 1 <= number <= len(editions):
        raise Http404(
            _("这份文件没有第 %(number)s 版：它有 %(count)s 版。")
            % {"number": number, "count": len(editions)}
        )
    return editions[number - 1]


def _page(
    request: HttpRequest, found: Document, editions: list[Edition], shown: Edition, as_of: dt.date
) -> HttpResponse:
    seqs = {edition.line_id for edition in editions}
    try:
        served = ledger.serving(seqs, as_of=as_of)
    except ledger.NoPlan:
        served = []
    context = {
        "document": found,
        "edition": shown,
        "line": shown.line,
        "editions": editions,
        "newest": editions[-1],
        "withdrawal": found.withdrawal if queries.withdrawn_by(found, as_of) else None,
        "blocks": body.blocks(shown.body),
        "served": served,
    }
    return render(request, "portal/documents/page.html", context)
