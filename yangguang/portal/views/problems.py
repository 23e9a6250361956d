"""Pages for what went wrong: a sentence that says what, and what to do next."""

import sys

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yangguang.portal import addresses
from yangguang.sites.queries import sites
from yangguang.warehouse.full import SENTENCE, is_full


def _sentence(request: HttpRequest, exception: Exception, otherwise: str) -> str:
    """The sentence that a page of ours gave; what frameworks tell developers is not for visitors."""
    told = exception.args[0] if exception.args else ""
    is_ours = type(exception) in (Http404, BadRequest) and not request.path.startswith("/office/")
    return told if is_ours and isinstance(told, str) and told else otherwise


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address of a site that moved in leads on to where its content is now; any other gets a sentence."""
    moved = sites.moved_to(getattr(request, "own_site", None), request.get_full_path())
    if moved:
        return HttpResponsePermanentRedirect(moved)
    sentence = _sentence(request, exception, _("这个网址没有内容：可能输错了，或者链接过期了。"))
    return _page(request, 404, _("没有找到"), sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _sentence(request, exception, _("浏览器发来的内容看不懂：请回到上一页再试一次。"))
    return _page(request, 400, _("请求有误"), sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = _sentence(request, exception, _("您不能看这一页：如果应当能看，请联系政府办公厅。"))
    return _page(request, 403, _("不能查看"), sentence)


def erased(request: HttpRequest) -> HttpResponse:
    """A file of a record that the law had taken out: gone for good."""
    sentence = _("这份文件的内容已经依法删除：依据和日期写在它的页面上。")
    return _page(request, 410, _("已经删除"), sentence)


def overtaxed(request: HttpRequest, sentence: str) -> HttpResponse:
    """A question that would take too long or too much memory, stopped."""
    return _page(request, 503, _("查询太大"), sentence)


def failed(request: HttpRequest) -> HttpResponse:
    """Ours to mend. Rendered from a page of its own that reads nothing, because anything may be broken."""
    full = is_full(sys.exception())
    status = 507 if full else 500
    context = {"status": status, "sentence": SENTENCE if full else ""}
    return HttpResponse(render_to_string("portal/problems/500.html", context), status=status)


def _page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"status": status, "title": title, "sentence": sentence}
    return render(request, "portal/problems/problem.html", context, status=status)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    site = getattr(request, "own_site", None)
    address = addresses.of_site(site) if site else settings.PUBLIC_ADDRESS
    lines = [
        "User-agent: *",
        "Disallow: /office/",
        "Disallow: /subscribe/",
        f"Sitemap: {address}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
