"""A dataset: its newest version, each version for good, and what stands in a frame elsewhere."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from yangguang.catalog import licence
from yangguang.catalog.dataset import FORMATS
from yangguang.portal import addresses, day
from yangguang.portal.presenters.data import quality, table, using
from yangguang.portal.views.data import charts, finding
from yangguang.registers.models import Register, Version
from yangguang.registers.queries import feedback
from yangguang.registers.queries import public as queries

EMBEDDED_ROWS = 8
FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)


@day.page
@finding.answering
def dataset(request: HttpRequest, as_of: dt.date, slug: str) -> HttpResponse:
    """The newest version of that day, or of `?as_of=DATE`."""
    register, versions = finding.register(slug)
    asked = finding.day_asked(request)
    shown = finding.standing(versions, asked or as_of)
    return _page(request, register, versions, shown, as_of=as_of, asked=asked)


@day.page
@finding.answering
def version(request: HttpRequest, as_of: dt.date, slug: str, number: int) -> HttpResponse:
    """One version, at its own permanent address."""
    register, versions = finding.register(slug)
    shown = finding.version(versions, number)
    asked = finding.day_asked(request)
    if asked:
        shown = finding.standing(versions, asked)
    return _page(request, register, versions, shown, as_of=as_of, asked=asked, permanent=True)


@xframe_options_exempt
@day.page
@finding.answering
def embed(request: HttpRequest, as_of: dt.date, slug: str) -> HttpResponse:
    """The chart and the first rows, for the frame of another site."""
    register, versions = finding.register(slug)
    shown = finding.standing(versions, as_of)
    fields, rows = table.first_rows(shown, EMBEDDED_ROWS)
    context = {
        "register": register,
        "version": shown,
        "numbers": charts.numbers(shown),
        "fields": fields,
        "rows": rows,
    }
    response = render(request, "portal/data/embed.html", context)
    response.headers["Content-Security-Policy"] = FRAMED
    return response


def _page(
    request: HttpRequest,
    register: Register,
    versions: list[Version],
    shown: Version,
    *,
    as_of: dt.date,
    asked: dt.date | None,
    permanent: bool = False,
) -> HttpResponse:
    shown = queries.whole(shown)
    found = table.table(shown, request.GET)
    context: dict[str, Any] = {
        "register": register,
        "unit": register.unit,
        "version": shown,
        "described": shown.described,
        "newest": versions[-1],
        "asked": asked,
        "permanent": permanent,
        "versions": [(one, versions[at - 1] if at else None) for at, one in enumerate(versions)][::-1],
        "line": shown.line,
        "numbers": charts.numbers(shown),
        "table": found,
        "files": _files(shown),
        "quality": quality.quality(shown, versions, as_of),
        "taken_off": queries.taken_off(register),
        "reuses": feedback.reuses(register),
        "licence": licence,
        "citation": using.citation(shown, as_of),
        "examples": using.examples(versions[-1]),
        "canonical": addresses.whole(shown.get_absolute_url() if permanent else register.get_absolute_url()),
        "file_address": addresses.whole(
            f"{register.get_absolute_url()}files/v{shown.number}/{register.slug}.csv"
        ),
        "frame": _frame(register),
        "is_plain": found.asked.is_plain and not asked,
    }
    return render(request, "portal/data/page.html", context)


def _frame(register: Register) -> str:
    """What somebody writes into their page to show the dataset there."""
    address = addresses.whole(f"{register.get_absolute_url()}embed/")
    return f'<iframe src="{address}" title="{register.title}" width="100%" height="640"></iframe>'


def _files(version: Version) -> list[tuple[str, Any]]:
    """Every format with its file; None where it has not been made yet (it is made when asked for)."""
    made = {file.format: file for file in version.files.all()}
    return [(format_, made.get(format_)) for format_ in FORMATS]
