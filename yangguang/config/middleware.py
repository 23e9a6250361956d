"""What every page gets: its language, and the headers that say what it may load."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import translation

from yangguang.config import messages
from yangguang.sites.queries import sites

# No inline script anywhere on the portal. The desk's editor (Wagtail) writes inline styles and
# a few inline scripts of its own, so it has its own policy: still nothing from another host.
PORTAL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
OFFICE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
)


class ContentSecurityPolicy:
    """Adds the Content-Security-Policy header, one for the portal and one for the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = OFFICE if request.path.startswith("/office/") else PORTAL
        response.headers.setdefault("Content-Security-Policy", policy)
        return response


class UploadLimit:
    """Refuses a request that is too long before a byte of it is read: a 2 GB upload costs nothing.

    Several attachments may come at once, so that the whole may be three times one attachment's limit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = 3 * settings.LARGEST_ATTACHMENT
        if not length.isdecimal() or int(length) <= most:
            return self.get_response(request)
        told = (
            f"一次上传了 {int(length) // 1_000_000} MB，超过 {most // 1_000_000} MB，没有接收，原来的内容没有变。"
            f"请返回，每个附件不超过 {settings.LARGEST_ATTACHMENT // 1_000_000} MB，分几次上传。"
        )
        return HttpResponse(told, status=413, content_type="text/plain; charset=utf-8")


class ChosenLanguage:
    """The portal speaks Chinese until its reader asks for another language; the desk always speaks Chinese.

    Django's own middleware would follow the browser's wishes. A public record reads the same for everybody,
    so only the reader's own choice on the page (a cookie) counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        for language, _ in settings.LANGUAGES:
            messages.keep(language)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES) and not request.path.startswith("/office/")
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


class SiteByHost:
    """A unit's site on its own host: `/` and `/columns/…` are its own, documents and the rest are the portal's.

    Only hosts in ALLOWED_HOSTS come this far. The desk and the machines' interface answer on the public
    address alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()
        if host != urlsplit(settings.PUBLIC_ADDRESS).netloc:
            found = sites.by_host(host)
            if found is not None and not found.is_portal:
                if request.path.startswith(("/office/", "/api/")):
                    raise Http404
                request.own_site = found  # type: ignore[attr-defined]
                if request.path == "/" or request.path.startswith("/columns/"):
                    request.path_info = f"/sites/{found.slug}{request.path}"
        return self.get_response(request)


DATA = ("/table/", "/api/3", "/api/action/", "/datastore/")
"""Where machines ask for rows. Nobody signs in there, and every answer is the same in all languages."""


class DataDoor:
    """Answers machines that ask for rows without session, language, forms and messages, which would take as long
    as finding the rows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.ask = SiteByHost(self._asked)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(DATA):
            return self.get_response(request)
        response = self.ask(request)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    def _asked(self, request: HttpRequest) -> HttpResponse:
        found = resolve(request.path_info)
        request.resolver_match = found
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return answer
