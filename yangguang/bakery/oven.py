"""Render one page as a stranger's browser would get it, through the whole of Django, and record what it read."""

import io
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest

from yangguang import readset
from yangguang.readset import ReadSet

PERSONAL = (b"csrfmiddlewaretoken", b'name="next" value="/office')
"""Marks of a page that differs from one visitor to the next."""


class NotBakeable(Exception):
    """A page that would answer everybody with what was made for one."""


@dataclass(frozen=True)
class Loaf:
    """A rendered page; `body` is None where the address has no page (any more)."""

    body: bytes | None
    reads: ReadSet


class Oven:
    """Django's own handler, with the public addresses only."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._site = urlsplit(settings.PUBLIC_ADDRESS)

    def bake(self, path: str) -> Loaf:
        """Raises NotBakeable for a page that carries something personal, and whatever rendering raises."""
        with readset.recorded() as reads:
            response = self._handler.get_response(self._request(path))
            if response.status_code >= 500:
                raise NotBakeable(f"{path} 生成时出错（{response.status_code}），详见日志")
            if response.status_code == 410:
                # Gone for good: nothing that its notice reads brings the page back.
                return Loaf(None, ReadSet())
            if response.status_code != 200:
                return Loaf(None, reads)
            body = b"".join(response)
        if response.cookies or any(mark in body for mark in PERSONAL):
            raise NotBakeable(
                f"{path} 含有因人而异的内容：请把它列入 bakery.addresses.DYNAMIC，或者去掉那部分"
            )
        return Loaf(body, reads)

    def _request(self, path: str) -> WSGIRequest:
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": unquote(path).encode().decode("latin-1"),
                "SCRIPT_NAME": "",
                "QUERY_STRING": "",
                "SERVER_NAME": self._site.hostname or "localhost",
                "SERVER_PORT": str(self._site.port or (443 if self._site.scheme == "https" else 80)),
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": self._site.netloc,
                "REMOTE_ADDR": "127.0.0.1",
                "wsgi.input": io.BytesIO(),
                "wsgi.url_scheme": self._site.scheme or "http",
            }
        )
        request.urlconf = "yangguang.bakery.urls"
        return request
