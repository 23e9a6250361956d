"""A document: its page, each of its editions, two of them side by side, its JSON, text and files."""

import datetime as dt
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.ledger import queries as ledger
from yangguang.portal import day, queries
from yangguang.portal.presenters import body
from yangguang.portal.presenters import document as presenter
from yangguang.portal.views import problems
from yangguang.publishing.attachments import MEDIA_TYPES
from yangguang.publishing.models import Document, Edition
from yangguang.publishing.queries import erasure, interpretation, status
from yangguang.rules import text_diff
from yangguang.rules.document_dates import NAMES
from yangguang.rules.interpretation import is_owed
from yangguang.warehouse import store


@day.page
def document(request: HttpRequest, as_of: dt.date, index_no: str) -> HttpResponse:
    """The newest edition of that day; with `?at=DAY`, what stood then and what it was worth in law then."""
    found, editions = _public(index_no)
    at = day.parse(request.GET["at"]) if request.GET.get("at") else None
    shown = _standing(editions, at or as_of)
    if shown is None:
        context = {"document": found, "first": editions[0], "asked": at or as_of}
        return render(request, "portal/documents/not-yet.html", context, status=404)
    return _page(request, found, editions, shown, as_of, at)


@day.page
def edition(request: HttpRequest, as_of: dt.date, index_no: str, number: int) -> HttpResponse:
    """One edition, at its own permanent address."""
    found, editions = _public(index_no)
    return _page(request, found, editions, _edition(editions, number), as_of)


@day.page
def document_json(request: HttpRequest, as_of: dt.date, index_no: str) -> HttpResponse:
    """All public facts, of the newest edition or of that of `?at=DAY`."""
    found, editions = _public(index_no)
    at = day.parse(request.GET["at"]) if request.GET.get("at") else None
    shown = _standing(editions, at or as_of)
    if shown is None:
        raise Http404(_not_yet(editions[0], at or as_of))
    return _json(found, editions, shown, as_of, at)


@day.page
def edition_json(request: HttpRequest, as_of: dt.date, index_no: str, number: int) -> HttpResponse:
    found, editions = _public(index_no)
    return _json(found, editions, _edition(editions, number), as_of)


@day.page
def text(request: HttpRequest, as_of: dt.date, index_no: str, number: int) -> HttpResponse:
    """The bytes whose SHA-256 stands in the journal."""
    shown = queries.text(index_no, number) or _edition(_public(index_no)[1], number)
    if shown.concerns and erasure.carried_out(shown.document):
        return problems.erased(request)
    return HttpResponse(shown.body.encode(), content_type="text/plain; charset=utf-8")


@require_safe
def attachment(request: HttpRequest, index_no: str, number: int, name: str) -> HttpResponseBase:
    """A file of an edition: always as a download, never as a page of this site."""
    _found, editions = _public(index_no)
    shown = _edition(editions, number)
    if shown.concerns and erasure.carried_out(shown.document):
        return problems.erased(request)
    kept = next((one for one in shown.files if one.name == name), None)
    if kept is None:
        raise Http404(_("这一版没有名为“%(name)s”的附件。") % {"name": name[:80]})
    try:
        handle = store.path(kept.sha256).open("rb")
    except FileNotFoundError:
        raise Http404(_("附件“%(name)s”已经依法撤下。") % {"name": name[:80]}) from None
    safe = kept.media_type if kept.media_type in MEDIA_TYPES.values() else "application/octet-stream"
    response = FileResponse(handle, as_attachment=True, filename=kept.name, content_type=safe)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["ETag"] = f'"{kept.sha256}"'
    return response


@day.page
def compare(request: HttpRequest, as_of: dt.date, index_no: str, old: int, new: int) -> HttpResponse:
    """Two editions side by side: what changed in the facts, then the text."""
    found, editions = _public(index_no)
    before, after = _edition(editions, old), _edition(editions, new)
    pairs = text_diff.compare(before.body, after.body)
    context = {
        "document": found,
        "before": before,
        "after": after,
        "editions": editions,
        "facts": list(_changed_facts(before, after)),
        "runs": _runs(pairs),
        "is_same": not text_diff.differs(pairs),
    }
    return render(request, "portal/documents/compare.html", context)


@require_safe
def choose_comparison(request: HttpRequest, index_no: str) -> HttpResponse:
    """The form's address, `?old=1&new=2`, leads to the comparison's own."""
    _found, editions = _public(index_no)
    numbers = [request.GET.get(name, "") for name in ("old", "new")]
    if not all(number.isdecimal() and len(number) < 9 for number in numbers):
        numbers = [str(max(len(editions) - 1, 1)), str(len(editions))]
    return redirect("portal:compare", index_no=index_no, old=int(numbers[0]), new=int(numbers[1]))


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


def _standing(editions: list[Edition], on: dt.date) -> Edition | None:
    standing = [edition for edition in editions if edition.online_at < status.end_of(on)]
    return standing[-1] if standing else None


def _not_yet(first: Edition, asked: dt.date) -> str:
    return _("这份文件在 %(day)s 还没有上网：它在 %(online)s 首次发布。请把日期换到那天以后。") % {
        "day": asked,
        "online": status.day_of(first.online_at),
    }


def _page(
    request: HttpRequest,
    found: Document,
    editions: list[Edition],
    shown: Edition,
    as_of: dt.date,
    at: dt.date | None = None,
) -> HttpResponse:
    seqs = {edition.line_id for edition in editions}
    try:
        served = ledger.serving(seqs, as_of=as_of)
    except ledger.NoPlan:
        served = []
    legal = _legal(editions, shown, as_of, at)
    context = {
        "document": found,
        "edition": shown,
        "line": shown.line,
        "editions": editions,
        "newest": editions[-1],
        "at": at,
        "legal": legal,
        "erased": erasure.carried_out(found) if shown.concerns else None,
        "withdrawal": found.withdrawal if legal.status == "withdrawn" else None,
        "replaces": status.replaced_by(found, as_of),
        "blocks": body.blocks(shown.body),
        "served": served,
        "policy": interpretation.policy_of(shown, at or as_of),
        "material": interpretation.material_of(found, at or as_of),
        "interpretation_owed": shown.interprets_id is None
        and is_owed(form=shown.form, number=shown.document_number, keywords=shown.keywords),
    }
    return render(request, "portal/documents/page.html", context)


def _legal(editions: list[Edition], shown: Edition, as_of: dt.date, at: dt.date | None) -> status.LegalStatus:
    """The document's status: by the edition that stood on the day, whichever edition is shown."""
    on = at or as_of
    return status.status_of(_standing(editions, on) or shown, on, known_by=max(as_of, on))


def _json(
    found: Document, editions: list[Edition], shown: Edition, as_of: dt.date, at: dt.date | None = None
) -> JsonResponse:
    legal = _legal(editions, shown, as_of, at)
    erased = erasure.carried_out(found) if shown.concerns else None
    told = presenter.as_json(found, shown, editions, legal, status.replaced_by(found, as_of), erased)
    told |= presenter.interpretation_as_json(
        interpretation.policy_of(shown, at or as_of), interpretation.material_of(found, at or as_of)
    )
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _changed_facts(before: Edition, after: Edition) -> Any:
    """The facts beside the text that differ, as (name, older, newer)."""
    shown = {"title": _("标题"), "document_number": _("文号"), "topic": _("主题分类"), **NAMES}
    for name, word in shown.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield word, f"{old or '—'}", f"{new or '—'}"
    files = [" ".join(one.name for one in edition.files) or "—" for edition in (before, after)]
    if before.attachments != after.attachments:
        yield _("附件"), files[0], files[1]


def _runs(pairs: tuple[text_diff.Pair, ...]) -> list[tuple[bool, list[text_diff.Pair]]]:
    """Stretches of pairs; True for a long stretch without changes, which the page folds."""
    runs: list[tuple[bool, list[text_diff.Pair]]] = []
    for pair in pairs:
        same = pair.kind == "same"
        if runs and runs[-1][0] == same:
            runs[-1][1].append(pair)
        else:
            runs.append((same, [pair]))
    return [(same and len(run) > FOLDED, run) for same, run in runs]


FOLDED = 4
"""More paragraphs than this without a change are folded."""
