"""The application that Granian serves: baked pages from memory, rows from tables, everything else through Django."""

import asyncio
import gc
import logging
import os
import time
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 Django is set up first

from yangguang.bakery import asking  # noqa: E402
from yangguang.bakery.shelf import Shelf, answer  # noqa: E402
from yangguang.config import door  # noqa: E402
from yangguang.config.bridge import Bridge  # noqa: E402
from yangguang.config.rsgi_headers import HEADERS  # noqa: E402
from yangguang.portal import day  # noqa: E402

log = logging.getLogger(__name__)

PERSONAL = frozenset({day.COOKIE, settings.LANGUAGE_COOKIE_NAME})
"""Cookies with which a visitor asked for pages of their own."""
DESK = "/office/"
PATIENCE = 0.05
"""Seconds between two looks whether the bakery has answered."""


class Application:
    """Serves a request from the shelf where its answer is the same for everybody."""

    def __init__(self) -> None:
        self._bridge = Bridge(django_application, self._done)
        self._shelf = Shelf(HEADERS)
        self._hosts = _hosts()
        self._asked = ""
        self._look_again = 0.0

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Granian calls this for every request. A page that cannot be made is told as 500, never as silence."""
        try:
            if not self._is_baked(scope, protocol) and not await self._is_of_a_table(scope, protocol):
                await self._bridge.answer(scope, protocol)
        except Exception:
            log.exception("%s %s 没有答复成", scope.method, scope.path)
            plain = [("content-type", "text/plain; charset=utf-8")]
            protocol.response_str(500, plain, "服务器出错了，已经记录。请稍后再试。\n")

    def _is_baked(self, scope: Any, protocol: Any) -> bool:
        """Send the baked page; tells whether there was one for this request."""
        method, headers = scope.method, scope.headers
        if (method != "GET" and method != "HEAD") or scope.query_string or self._is_waiting():
            return False
        if not self._is_ours(scope) or "hx-request" in headers:
            return False
        if _is_personal(headers.get("cookie")):
            return False
        page = self._shelf.find(scope.path)
        if page is None:
            return False
        sent = answer(
            page,
            encodings=headers.get("accept-encoding"),
            none_match=headers.get("if-none-match"),
            wanted_range=headers.get("range"),
            if_range=headers.get("if-range"),
            head=method == "HEAD",
        )
        if sent.body is None:
            protocol.response_empty(sent.status, sent.headers)
        else:
            protocol.response_bytes(sent.status, sent.headers, sent.body)
        return True

    async def _is_of_a_table(self, scope: Any, protocol: Any) -> bool:
        """Send rows of a table; tells whether they were asked for."""
        if not door.wanted(scope) or not self._is_ours(scope):
            return False

        def send() -> None:
            # From the thread itself: the loop need not wake up for it.
            protocol.response_bytes(*door.answer(scope.path, scope.query_string))

        await asyncio.get_running_loop().run_in_executor(self._bridge.threads, send)
        return True

    def _is_ours(self, scope: Any) -> bool:
        """Whether the request came to the portal's own host."""
        return (scope.headers.get("host") or scope.authority) in self._hosts

    def _done(self, scope: Any) -> None:
        """Whoever changed something at the desk sees it on the portal at once: until the bakery has followed,
        Django renders every page.
        """
        if scope.method not in {"GET", "HEAD", "OPTIONS"} and scope.path.startswith(DESK):
            self._asked = asking.ask()

    def _is_waiting(self) -> bool:
        if not self._asked:
            return False
        now = time.monotonic()
        if now >= self._look_again:
            self._look_again = now + PATIENCE
            if asking.answered() == self._asked:
                self._asked = ""
        return bool(self._asked)


def _hosts() -> frozenset[str]:
    """The names under which the portal itself answers; sites of units have pages of their own."""
    near = (
        f"{name}:{settings.PORT}"
        for name in ("127.0.0.1", "localhost", "[::1]")
        if name in settings.ALLOWED_HOSTS
    )
    return frozenset({urlsplit(settings.PUBLIC_ADDRESS).netloc, *near})


def _is_personal(written: str | None) -> bool:
    if not written:
        return False
    return any(part.partition("=")[0].strip() in PERSONAL for part in written.split(";"))


application = Application()

# What is loaded now stays until the end: the collector need not look through it again and again, which
# would make a page wait for a tenth of a second. The pages' own modules are loaded with their addresses.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
# What pages keep after that is looked through ten times more seldom than Python would.
gc.set_threshold(*gc.get_threshold()[:2], 100)
