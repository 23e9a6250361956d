"""Take a published document back, with a reason that the public reads."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from yangguang.directory import clock
from yangguang.directory.permissions import Forbidden
from yangguang.ledger import actions as ledger_actions
from yangguang.office.access import DeskRequest
from yangguang.publishing.actions import documents
from yangguang.publishing.models import Document


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="撤回理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公众会在原网址看到这句话。已发布的各版仍可查看。",
        error_messages={"required": "撤回理由必填：公众会在原网址看到它。"},
    )


class Withdraw(WagtailAdminTemplateMixin, FormView):
    """Asks for the reason, and withdraws."""

    request: DeskRequest
    template_name = "office/documents/withdraw.html"
    form_class = WithdrawForm
    page_title = "撤回"
    header_icon = "undo"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policy = policy_registry.get_by_type(Document)
        own = policy.instances_user_has_any_permission_for(request.user, {"change"})
        self.document = get_object_or_404(own.select_related("unit"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.document)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "/office/files/", "label": "文件"},
            {"url": "", "label": "撤回", "sublabel": str(self.document)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "document": self.document}

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        try:
            withdrawal = documents.withdraw(
                by=self.request.user,
                now=clock.now(),
                document=self.document,
                reason=form.cleaned_data["reason"],
            )
        except (Forbidden, ValueError) as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        ledger_actions.catch_up()
        messages.success(
            self.request,
            f"已撤回《{self.document}》，日志第 {withdrawal.line_id} 行。它不再算作公开，原网址写明理由。",
            buttons=[messages.button(self.document.get_absolute_url(), "门户页面")],
        )
        return redirect("documents:list")
