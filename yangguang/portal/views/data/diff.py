"""Two versions of a dataset compared: rows added, rows gone, cells changed."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.portal import addresses, day
from yangguang.portal.presenters.atom import MEDIA_TYPE
from yangguang.portal.presenters.data import changes as presenter
from yangguang.portal.presenters.data.changes import Compared
from yangguang.portal.views.data import finding
from yangguang.warehouse.tables import diff as engine

PAGE = 50


@day.page
@finding.answering
def diff(request: HttpRequest, as_of: dt.date, slug: str, old: int, new: int) -> HttpResponse:
    """Counts first, then the changes in the order of the key; `?kind=` only one kind, `?page=`."""
    found = _compared(slug, old, new)
    kind = request.GET.get("kind", "")
    if kind and kind not in list(engine.Kind):
        raise BadRequest(_("只能选 added、gone 或者 changed。"))
    number = _number(request.GET.get("page", "1"))
    chosen = engine.Kind(kind) if kind else None
    counts = found.difference.counts
    total = getattr(counts, kind) if kind else counts.added + counts.gone + counts.changed
    rows = engine.changes(found.a, found.b, kind=chosen, limit=PAGE, offset=(number - 1) * PAGE)
    context = {
        "register": found.register,
        "unit": found.register.unit,
        "old": found.old,
        "new": found.new,
        "versions": found.versions,
        "counts": counts,
        "difference": found.difference,
        "titles": found.titles,
        "kind": kind,
        "changes": [presenter.shown(change, found) for change in rows],
        "columns": presenter.columns(found),
        "total": total,
        "page": number,
        "pages": max(1, -(-total // PAGE)),
        "base": addresses.whole(f"{found.register.get_absolute_url()}diff/{old}..{new}"),
        "canonical": addresses.whole(f"{found.register.get_absolute_url()}diff/{old}..{new}"),
    }
    return render(request, "portal/data/diff.html", context)


@require_safe
@finding.answering
def as_file(request: HttpRequest, slug: str, old: str, new: str, ending: str) -> HttpResponseBase:
    """All changes as csv or json, streamed; as an Atom feed of the counts and the first changes."""
    found = _compared(slug, int(old), int(new))
    if ending == "atom":
        response: HttpResponseBase = HttpResponse(presenter.atom(found), content_type=MEDIA_TYPE)
    else:
        body, kind = (_csv(found), "text/csv") if ending == "csv" else (_json(found), "application/json")
        response = StreamingHttpResponse(body, content_type=f"{kind}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{old}..{new}.{ending}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _compared(slug: str, old: int, new: int) -> Compared:
    register, versions = finding.register(slug)
    if old == new:
        raise Http404(_("请选两个不同的版次来对照。"))
    return presenter.compared(
        register, versions, finding.version(versions, old), finding.version(versions, new)
    )


def _number(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or not 1 <= int(written[:9]) <= 10**8:
        raise BadRequest(_("页码“%(written)s”认不出来：请写一个正整数。") % {"written": written[:20]})
    return int(written)


def _csv(found: Compared) -> Iterator[str]:
    """One line a changed cell, and one a row that was added or is gone with all of its values as JSON."""
    yield _line(["change", *found.keys, "column", "before", "after"])
    for change in engine.every_change(found.a, found.b):
        key = [presenter.plain(value) for value in change.key]
        if change.kind is engine.Kind.CHANGED:
            for cell in change.cells:
                yield _line(
                    [
                        change.kind,
                        *key,
                        cell.column,
                        presenter.plain(cell.before),
                        presenter.plain(cell.after),
                    ]
                )
        else:
            sides = [
                json.dumps(presenter.plain_row(side), ensure_ascii=False) if side else ""
                for side in (change.before, change.after)
            ]
            yield _line([change.kind, *key, "", *sides])


def _line(values: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([presenter.defused(value) for value in values])
    return out.getvalue()


def _json(found: Compared) -> Iterator[str]:
    counts = found.difference.counts
    head = {
        "dataset": found.register.slug,
        "from": found.old.number,
        "to": found.new.number,
        "key": list(found.keys),
        "counts": {"added": counts.added, "gone": counts.gone, "changed": counts.changed},
        "columns_added": list(found.difference.columns_added),
        "columns_gone": list(found.difference.columns_gone),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "changes": ['
    mark = ""
    for change in engine.every_change(found.a, found.b):
        told: dict[str, Any] = {
            "change": change.kind.value,
            "key": [presenter.plain(value) for value in change.key],
            "cells": [
                {
                    "column": cell.column,
                    "before": presenter.plain(cell.before),
                    "after": presenter.plain(cell.after),
                }
                for cell in change.cells
            ],
        }
        if change.kind is not engine.Kind.CHANGED:
            told["row"] = presenter.plain_row(change.after or change.before or {})
        yield mark + json.dumps(told, ensure_ascii=False)
        mark = ",\n"
    yield "]}"
