"""Pages for work that may take longer than two seconds: they begin at once and tell how far it is.

They need no script: the browser shows each piece as it comes, and the last one leads on.
"""

import logging
from collections.abc import Callable, Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html

from yangguang.office.views.registers.scope import REFUSALS
from yangguang.warehouse.full import SENTENCE, is_full

log = logging.getLogger(__name__)

WATCHED = 1_000_000
"""Bytes of a file from which on reading or checking it may take longer than two seconds."""
PLACE = "<!-- here -->"


def stream(
    request: HttpRequest, template: str, context: Mapping[str, object], pieces: Callable[[], Iterator[str]]
) -> StreamingHttpResponse:
    """The page of a template, with the pieces at its PLACE as they are made."""
    get_token(request)
    above, below = render_to_string(template, dict(context), request).split(PLACE)

    def whole() -> Iterator[bytes]:
        # The gate's choice of language ends with the view; this goes on after it.
        with translation.override(settings.LANGUAGE_CODE):
            yield above.encode()
            for piece in pieces():
                yield piece.encode()
            yield below.encode()

    response = StreamingHttpResponse(whole())
    # A proxy that gathers the whole answer first would tell nothing.
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Cache-Control"] = "no-store"
    return response


def phases(
    work: Callable[[], Iterator[str]], done: str, onward: Callable[[], str], back: str
) -> Iterator[str]:
    """The work's words as a list, then on by itself to the address that `onward` gives once it is done.

    What a verb refuses is told in its place, with the way `back`.
    """
    try:
        for phase in work():
            yield format_html("<li>{}…</li>\n", phase)
        address = onward()
        yield format_html('<li><a href="{}">{}</a></li>', address, done)
        yield format_html('<meta http-equiv="refresh" content="0; url={}">', address)
    except Exception as problem:
        told = '<li role="alert" class="is-bad">{}</li><li><a href="{}">回到上一步</a></li>'
        yield format_html(told, _sentence(problem), back)


def _sentence(problem: Exception) -> str:
    """What to tell on a page that has begun: it can no longer become the page of a failure."""
    if isinstance(problem, REFUSALS):
        return str(problem)
    if is_full(problem):
        return SENTENCE
    log.error("处理文件时出错", exc_info=problem)
    return "服务器出错了，已记入运行日志，这次没有保存任何内容：请稍后再试，仍不行请告诉运行维护人员"
