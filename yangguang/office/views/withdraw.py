"""Take a published document back, with a reason that the public reads."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from yangguang.directory import clock
from yangguang.ledger import actions as ledger_actions
from yangguang.office.views.one_document import OneVerb
from yangguang.publishing.actions import documents


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="撤回理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公众会在原网址看到这句话。已发布的各版仍可查看。",
        error_messages={"required": "撤回理由必填：公众会在原网址看到它。"},
    )


class Withdraw(OneVerb):
    """Asks for the reason, and withdraws."""

    template_name = "office/documents/withdraw.html"
    form_class = WithdrawForm
    page_title = "撤回"
    header_icon = "undo"

    def do(self, facts: dict[str, Any]) -> HttpResponse:
        withdrawal = documents.withdraw(
            by=self.request.user, now=clock.now(), document=self.document, reason=facts["reason"]
        )
        ledger_actions.catch_up()
        messages.success(
            self.request,
            f"已撤回《{self.document}》，日志第 {withdrawal.line_id} 行。它不再算作公开，原网址写明理由。",
            buttons=[messages.button(self.document.get_absolute_url(), "门户页面")],
        )
        return redirect("documents:list")
