"""The interpretation of one document: what goes live with it, drafted here in one place."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from yangguang.office.views.one_document import OneVerb
from yangguang.publishing.actions import interpretation
from yangguang.publishing.models import MaterialKind, Phase
from yangguang.publishing.models.document import DocumentQuerySet
from yangguang.publishing.reviewed_content import draft_of
from yangguang.rules.interpretation import is_owed


class MaterialForm(forms.Form):
    title = forms.CharField(label="标题", max_length=300)
    kind = forms.ChoiceField(label="类别", choices=MaterialKind)
    phase = forms.ChoiceField(
        label="时间", choices=Phase, initial=Phase.WITH, help_text="同步的与文件一起送审、同一时刻发布"
    )
    link = forms.URLField(
        label="视频或者实录网址",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="没有的留空",
    )
    body = forms.CharField(label="正文", widget=forms.Textarea(attrs={"rows": 8}), help_text="空一行分段")


class Interpretation(OneVerb):
    """Lists the material of a document and begins a new piece."""

    template_name = "office/documents/interpretation.html"
    form_class = MaterialForm
    page_title = "解读"
    header_icon = "help"

    def rows(self, own: DocumentQuerySet) -> DocumentQuerySet:
        return own.select_related("latest_revision")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = draft_of(self.document)
        return {
            **super().get_context_data(**kwargs),
            "draft": draft,
            "is_owed": is_owed(form=draft.form, number=draft.number, keywords=draft.keywords),
            "materials": self.document.materials.select_related("document"),
        }

    def do(self, facts: dict[str, Any]) -> HttpResponse:
        made = interpretation.draft(by=self.request.user, policy=self.document, **facts)
        messages.success(self.request, f"已存草稿：《{made.document}》。它随《{self.document}》一起送审。")
        return redirect("documents:interpretation", pk=self.document.pk)
