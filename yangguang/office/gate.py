"""Which of Wagtail's many routes are open. What is not listed here is closed (decision record 0008)."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from wagtail.admin import urls as wagtail_urls

OPEN = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_account",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        # Who else has this document open: asked by the editor every few seconds.
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "documents:list",
        "documents:list_results",
        "documents:add",
        "documents:from_file",
        "documents:edit",
        "documents:delete",
        "documents:withdraw",
        "documents:erase",
        "documents:review",
        "documents:interpretation",
        "documents:autosave",
        "documents:forced",
        "documents:status",
        "cleanups:index",
        "cleanups:list",
        "cleanups:carry_out",
        "feedback:index",
        "feedback:one",
        "release:index",
        "release:batch",
        "release:entry",
        "registers:index",
        "registers:register",
        "registers:upload",
        "registers:take_off",
        "registers:tokens",
        "intakes:waiting",
        "intakes:intake",
        "intakes:choose",
        "intakes:check",
        "intakes:marked",
        "intakes:original",
        "intakes:decide",
        "occasions:index",
        "occasions:index_results",
        "occasions:add",
        "units:index",
        "units:index_results",
        "units:edit",
        "people:index",
        "people:index_results",
        "people:add",
        "people:edit",
        "sites:index",
        "sites:index_results",
        "sites:add",
        "sites:edit",
        "columns:index",
        "columns:index_results",
        "columns:add",
        "columns:edit",
        "columns:delete",
        "corrections:index",
        "corrections:index_results",
        "corrections:edit",
        "posts:index",
        "posts:index_results",
        "posts:edit",
        "gazette:index",
        "gazette:compose",
        "gazette:proof",
        "gazette:issue",
        "gazette:scan",
        "gazette:correct",
        "gazette:image",
        "adoption:index",
        "adoption:review",
        "adoption:row",
        "adoption:accept_clean",
        "adoption:adopt",
        "adoption:source",
        "adoption:discard",
    }
)

_unknown_address = wagtail_urls.urlpatterns[-1].callback

View = Callable[..., HttpResponse]


def only_open_routes(view: View) -> View:
    """Let a request through to an open route; answer any other as an address that does not exist.

    The desk speaks Chinese, whatever language somebody chose for reading the portal.
    """

    @wraps(view)
    def gated(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        match = request.resolver_match
        known = match is not None and match.view_name in OPEN
        with translation.override(settings.LANGUAGE_CODE):
            response = view(request, *args, **kwargs) if known else _unknown_address(request)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    return gated
