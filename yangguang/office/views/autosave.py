"""Keep what is being typed, every half minute, beside the working copy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views import View
from wagtail.permissions import policy_registry

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden
from yangguang.office.access import DeskRequest
from yangguang.publishing.actions import drafting
from yangguang.publishing.models import Document

FIELDS = [
    "title",
    "form",
    "number",
    "topic",
    "covers",
    "issuers",
    "keywords",
    "summary",
    "openness",
    "openness_ground",
    "basis",
    "concerns",
    "made_on",
    "proclaimed_on",
    "released_on",
    "effective_on",
    "expires_on",
    "body",
    "note",
    "interpretation_due",
    "interpretation_exemption",
]
LONGEST = 2_000_000


class Autosave(View):
    """Answers with one line that the form shows. Files are not kept; they are uploaded on saving."""

    request: DeskRequest

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        own = policy_registry.get_by_type(Document).instances_user_has_any_permission_for(
            request.user, {"change"}
        )
        document = get_object_or_404(own.select_related("unit"), pk=pk)
        typed = {name: request.POST[name] for name in FIELDS if name in request.POST}
        if sum(map(len, typed.values())) > LONGEST:
            return HttpResponse(
                "内容太长，没有自动保存：请点“存稿”。", content_type="text/plain; charset=utf-8"
            )
        now = clock.now()
        try:
            drafting.keep(by=self.request.user, now=now, document=document, typed=typed)
        except (Forbidden, ValueError) as problem:
            return HttpResponse(f"没有自动保存：{problem}", content_type="text/plain; charset=utf-8")
        return HttpResponse(f"{now:%H:%M} 已自动保存（公众看不到）", content_type="text/plain; charset=utf-8")
