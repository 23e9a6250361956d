"""What is sent for a question to a table, whoever sends it: a view of Django or the server itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse

JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Address:
    """What was asked for: a path, and arguments in their order."""

    path: str
    arguments: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, request: HttpRequest) -> "Address":
        """That of a request."""
        return cls(request.path, [(name, value) for name, values in request.GET.lists() for value in values])

    def last(self, name: str) -> str:
        """The value of an argument; of several the last, empty where there is none."""
        return next((value for known, value in reversed(self.arguments) if known == name), "")

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
