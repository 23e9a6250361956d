"""What is sent for a question to a table, whoever sends it: a view of Django or the server itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_MARK = re.compile(r"(?:^|&)_next=[^&]*")
_AS_SENT = "%&=+!$'()*,-./:;?@_~[]|"
"""What a query may hold as it is, also where the address stands between < and >."""
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Address:
    """What was asked for: a path, and a query as it was sent."""

    path: str
    query: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Address":
        """That of a request."""
        sent = request.META.get("QUERY_STRING", "").encode("latin-1").decode("utf-8", "replace")
        return cls(request.path, sent)

    @cached_property
    def arguments(self) -> Sequence[tuple[str, str]]:
        """The query's arguments in their order."""
        return parse_qsl(self.query, keep_blank_values=True)

    def last(self, name: str) -> str:
        """The value of an argument; of several the last, empty where there is none."""
        return next((value for known, value in reversed(self.arguments) if known == name), "")

    def behind(self, mark: str) -> str:
        """The address in public of the page behind a mark."""
        kept = quote(_MARK.sub("", self.query).strip("&"), safe=_AS_SENT)
        return f"{settings.PUBLIC_ADDRESS}{self.path}?{kept}{'&' if kept else ''}_next={mark}"

    def with_arguments(self, arguments: Sequence[tuple[str, str]]) -> str:
        """The address in public with these arguments instead."""
        public = f"{settings.PUBLIC_ADDRESS}{self.path}"
        return f"{public}?{urlencode(arguments)}" if arguments else public


@dataclass(frozen=True)
class Answer:
    """A body and what it is; `following`: the address of the next page."""

    body: bytes
    kind: str = JSON
    status: int = 200
    following: str | None = None

    @property
    def link(self) -> str | None:
        """The Link header (RFC 8288) that leads to the next page."""
        return f'<{self.following}>; rel="next"' if self.following else None

    def response(self) -> HttpResponse:
        """The same for Django."""
        response = HttpResponse(self.body, status=self.status, content_type=self.kind)
        if self.link:
            response.headers["Link"] = self.link
        return response
