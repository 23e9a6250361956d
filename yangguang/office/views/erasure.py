"""Erase a person's or an enterprise's record: what goes and what stays, one asks, another decides."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from yangguang.directory import clock
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.erasure import AgreeForm, AskForm, TurnDownForm
from yangguang.office.views.one_document import OneDocument
from yangguang.office.views.several_forms import SeveralForms
from yangguang.publishing.actions import erasure as actions
from yangguang.publishing.models.document import DocumentQuerySet
from yangguang.publishing.queries import erasure as queries
from yangguang.sites.actions import outbox


class EraseRecord(SeveralForms, OneDocument):
    """Shows what would go and what stays to everybody who sees the document; the verbs decide who may."""

    template_name = "office/documents/erase.html"
    permission = "view"
    page_title = "删除内容"
    header_icon = "bin"
    forms_by_act = {"ask": AskForm, "agree": AgreeForm, "turn_down": TurnDownForm}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.waiting = queries.waiting(self.document)

    def rows(self, own: DocumentQuerySet) -> DocumentQuerySet:
        return own.filter(withdrawal__isnull=False).select_related("withdrawal")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "reach": queries.reach(self.document),
            "objection": queries.objection(self.document),
            "erased": queries.carried_out(self.document),
            "waiting": self.waiting,
            "turned_down": self.document.erasures.exclude(refusal="").select_related("decided_by").last(),
            "is_mine": self.waiting is not None and self.waiting.asked_by_id == self.request.user.pk,
        }

    def open_acts(self) -> list[str]:
        if queries.objection(self.document):
            return []
        person = self.request.user
        if self.waiting is None:
            return ["ask"] if allows(person.role, Verb.PUBLISH) else []
        if self.waiting.asked_by_id == person.pk:
            return ["turn_down"]
        return ["agree", "turn_down"] if allows(person.role, Verb.ERASE) else []

    def portal_page(self) -> tuple[str, str]:
        return self.document.get_absolute_url(), "门户页面"

    def done(self) -> HttpResponse:
        return redirect("documents:erase", self.document.pk)

    def do(self, act: str, facts: dict[str, Any]) -> str:
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
