"""Response headers that every page gets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
