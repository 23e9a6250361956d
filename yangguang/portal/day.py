"""The day that a page speaks for: `?on=YYYY-MM-DD`, else the cookie, else today."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.directory import clock

COOKIE = "on"
FIRST, LAST = dt.date(2008, 1, 1), dt.date(2099, 12, 31)

View = Callable[..., HttpResponse]


def parse(written: str) -> dt.date:
    """A day as written in an address or a form. Raises BadRequest with a sentence for people."""
    try:
        day = dt.date.fromisoformat(written.strip())
    except ValueError:
        raise BadRequest(
            _("日期“%(written)s”认不出来：请按 YYYY-MM-DD 写，例如 2017-11-30。") % {"written": written[:40]}
        ) from None
    if not FIRST <= day <= LAST:
        raise BadRequest(_("日期 %(day)s 不在 %(first)s 到 %(last)s 之间：请换一天。") % _bounds(day))
    return day


def _bounds(day: dt.date) -> dict[str, dt.date]:
    return {"day": day, "first": FIRST, "last": LAST}


def kept(request: HttpRequest) -> dt.date | None:
    """The day that the visitor chose earlier; None where the cookie is missing or unreadable."""
    try:
        return parse(request.COOKIES.get(COOKIE, ""))
    except BadRequest:
        return None


def of(request: HttpRequest) -> dt.date:
    """The day that this request asks for. Raises BadRequest where `?on=` is not a day."""
    asked = request.GET.get("on")
    if asked:
        return parse(asked)
    return kept(request) or clock.today()


def page(view: View) -> View:
    """A public page: answers GET and HEAD, and is handed the day as `as_of`.

    A day asked for in the address is kept for the pages that follow, so that a visitor who opens a link
    to a past day stays in it until they leave it; every page says which day it speaks for.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        as_of = of(request)
        response = view(request, as_of=as_of, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if request.GET.get("on"):
            keep(response, as_of)
        return response

    return answer


def keep(response: HttpResponse, day: dt.date) -> None:
    """Remember the day in the visitor's browser until it is closed."""
    response.set_cookie(COOKIE, day.isoformat(), samesite="Lax", httponly=True)
