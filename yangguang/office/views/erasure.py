"""Erase a person's or an enterprise's record: what goes and what stays, one asks, another decides."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.office.forms.erasure import AgreeForm, AskForm, TurnDownForm
from yangguang.publishing.actions import erasure as actions
from yangguang.publishing.models import Document
from yangguang.publishing.queries import erasure as queries
from yangguang.sites.actions import outbox

FORMS: dict[str, type[forms.Form]] = {"ask": AskForm, "agree": AgreeForm, "turn_down": TurnDownForm}


class EraseRecord(WagtailAdminTemplateMixin, TemplateView):
    """Shows what would go and what stays to everybody who sees the document; the verbs decide who may."""

    request: DeskRequest
    template_name = "office/documents/erase.html"
    page_title = "删除内容"
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = policy_registry.get_by_type(Document)
        own = policy.instances_user_has_any_permission_for(request.user, {"view"})
        rows = own.filter(withdrawal__isnull=False).select_related("unit", "withdrawal")
        self.document = get_object_or_404(rows, pk=kwargs["pk"])
        self.waiting = queries.waiting(self.document)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.document)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "/office/files/", "label": "文件"},
            {"url": "", "label": "删除内容", "sublabel": str(self.document)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound = kwargs.pop("bound", {})
        return {
            **super().get_context_data(**kwargs),
            "document": self.document,
            "reach": queries.reach(self.document),
            "objection": queries.objection(self.document),
            "erased": queries.carried_out(self.document),
            "waiting": self.waiting,
            "turned_down": self.document.erasures.exclude(refusal="").select_related("decided_by").last(),
            "is_mine": self.waiting is not None and self.waiting.asked_by_id == self.request.user.pk,
            "forms": {
                name: bound.get(name) or FORMS[name](auto_id=f"{name}_%s") for name in self._open_acts()
            },
        }

    def _open_acts(self) -> list[str]:
        """The buttons that make sense now for this person."""
        if queries.objection(self.document):
            return []
        person = self.request.user
        if self.waiting is None:
            return ["ask"] if allows(person.role, Verb.PUBLISH) else []
        if self.waiting.asked_by_id == person.pk:
            return ["turn_down"]
        return ["agree", "turn_down"] if allows(person.role, Verb.ERASE) else []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        form = FORMS.get(act, forms.Form)(request.POST, auto_id=f"{act}_%s")
        if act not in FORMS or not form.is_valid():
            return self.render_to_response(self.get_context_data(bound={act: form}))
        try:
            told = self._do(act, form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            return self.render_to_response(self.get_context_data(bound={act: form}, refused=str(problem)))
        messages.success(
            request, told, buttons=[messages.button(self.document.get_absolute_url(), "门户页面")]
        )
        return redirect("documents:erase", self.document.pk)

    def _do(self, act: str, facts: dict[str, Any]) -> str:
        by, now = self.request.user, clock.now()
        if act == "ask":
            actions.ask(by=by, now=now, document=self.document, **facts)
            return "已申请删除。内容还在，等另一位签发人或者政府办公厅决定。"
        if self.waiting is None:
            raise ValueError("没有等待决定的申请：请看最新情况")
        if act == "turn_down":
            actions.turn_down(by=by, now=now, erasure=self.waiting, **facts)
            return "没有删除，理由已记下。"
        with transaction.atomic():
            line = actions.agree(by=by, now=now, erasure=self.waiting)
            outbox.forget(document=self.document)
        return f"内容已删除，日志第 {line.pk} 行。原网址写明依据，谁也不能恢复。"
