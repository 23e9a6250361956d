"""Mark a document as abolished, expired, amended, replaced or restored: an act that the public reads."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from yangguang.directory import clock
from yangguang.office.views.one_document import OneVerb
from yangguang.publishing.actions import status
from yangguang.publishing.models import Document, StatusAct
from yangguang.publishing.models.document import DocumentQuerySet
from yangguang.publishing.queries.status import document_status
from yangguang.rules.legal_status import Kind


class DocumentByIndex(forms.CharField):
    """A public document, named by its index number; empty means none."""

    def clean(self, value: Any) -> Document | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = Document.objects.public().filter(index_no=text).first()
        if found is None:
            raise forms.ValidationError(f"本站没有发布过索引号为“{text}”的文件：请核对，或者只写名称。")
        return found


class StatusForm(forms.Form):
    act = forms.ChoiceField(label="标注为", choices=StatusAct.Verb)
    effective_on = forms.DateField(label="自哪天起", widget=AdminDateInput)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公众会在原文件上看到这句话。",
        error_messages={"required": "理由必填：公众会在原文件上看到它。"},
    )
    successor = DocumentByIndex(
        label="替代或修改它的文件（索引号）", required=False, help_text="在本站的，写索引号"
    )
    successor_title = forms.CharField(
        label="替代或修改它的文件（名称）",
        required=False,
        max_length=300,
        help_text="不在本站的，写名称和文号",
    )
    source = DocumentByIndex(
        label="依据（索引号）", required=False, help_text="宣布这件事的通知，在本站的写索引号"
    )
    source_title = forms.CharField(label="依据（名称）", required=False, max_length=300)


class MarkStatus(OneVerb):
    """Asks for the act, its day and its reason, and records it."""

    template_name = "office/documents/status.html"
    form_class = StatusForm
    page_title = "标注效力"
    header_icon = "tag"

    def rows(self, own: DocumentQuerySet) -> DocumentQuerySet:
        return own.public()

    def get_initial(self) -> dict[str, Any]:
        return {"effective_on": clock.today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        legal = document_status(self.document, clock.today())
        return {**super().get_context_data(**kwargs), "legal": legal}

    def do(self, facts: dict[str, Any]) -> HttpResponse:
        given = {**facts, "act": Kind(facts["act"])}
        act = status.mark(by=self.request.user, now=clock.now(), document=self.document, **given)
        messages.success(
            self.request,
            f"已标注《{self.document}》{act.get_act_display()}，日志第 {act.line_id} 行。原文件仍可阅读，页首写明理由。",
            buttons=[messages.button(self.document.get_absolute_url(), "门户页面")],
        )
        return redirect("documents:list")
