"""What every address of the interface has in common: read only, open to all sites, cheap to ask again."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from yangguang.api.errors import Problem, response_of

View = Callable[..., HttpResponseBase]
READ = ("GET", "HEAD")
OPEN = (("access-control-allow-origin", "*"), ("access-control-expose-headers", "ETag, Link"))
"""Pages of any site may read the answers (CORS)."""


def open_to_machines(view: View) -> View:
    """Wrap a view that answers GET.

    HEAD is answered as GET (the server leaves the body out), OPTIONS with the methods, others with 405. The
    answer may be read by pages of any site (CORS). Its ETag is the hash of its bytes, so that it can never
    be wrong; who asks with If-None-Match gets 304. A streamed answer brings its own ETag.
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204)
        elif request.method in READ:
            response = _read(view, request, *args, **kwargs)
        else:
            response = _only_read(request)
        for name, value in OPEN:
            response.headers[name] = value
        if response.status_code in {204, 405}:
            response.headers["Allow"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        return response

    gate.csrf_exempt = True  # type: ignore[attr-defined]
    return gate


def open_to_tokens(view: View) -> View:
    """Wrap a view that answers POST to who brings a token; other methods are answered with 405.

    Pages of other sites may not call it: a token belongs on a server, never in a page.
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            response = view(request, *args, **kwargs)
        elif request.method == "OPTIONS":
            response = HttpResponse(status=204)
        else:
            message = f"这个地址只接受 POST，不接受 {request.method}：读数据请用 /api/v1/datasets"
            response = response_of(Problem(405, "method_not_allowed", message, request.path))
        if response.status_code in {204, 405}:
            response.headers["Allow"] = "POST, OPTIONS"
        response.headers["Cache-Control"] = "no-store"
        return response

    gate.csrf_exempt = True  # type: ignore[attr-defined]
    return gate


def _read(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    # A server leaves the body of an answer to HEAD out, but sends its length.
    asked, request.method = request.method, "GET"
    response = view(request, *args, **kwargs)
    request.method = asked
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code != 200:
        return response
    response.headers.setdefault("Cache-Control", "no-cache")
    if isinstance(response, HttpResponse):
        response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    answer = cast(HttpResponse, response)
    return get_conditional_response(request, response.headers.get("ETag"), None, answer) or response


def _only_read(request: HttpRequest) -> HttpResponse:
    message = f"接口只供读取，不接受 {request.method}：请用 GET；发布和修改请到工作台 /office/"
    return response_of(Problem(405, "method_not_allowed", message, request.path))
