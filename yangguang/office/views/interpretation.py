"""The interpretation of one document: what goes live with it, drafted here in one place."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from yangguang.directory.permissions import Forbidden
from yangguang.office.access import DeskRequest
from yangguang.publishing.actions import interpretation
from yangguang.publishing.models import Document, MaterialKind, Phase
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


class Interpretation(WagtailAdminTemplateMixin, FormView):
    """Lists the material of a document and begins a new piece."""

    request: DeskRequest
    template_name = "office/documents/interpretation.html"
    form_class = MaterialForm
    page_title = "解读"
    header_icon = "help"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = policy_registry.get_by_type(Document).instances_user_has_any_permission_for(
            request.user, {"change"}
        )
        rows = own.select_related("unit", "latest_revision")
        self.document = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.document)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "/office/files/", "label": "文件"},
            {"url": "", "label": "解读", "sublabel": str(self.document)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = draft_of(self.document)
        return {
            **super().get_context_data(**kwargs),
            "document": self.document,
            "draft": draft,
            "is_owed": is_owed(form=draft.form, number=draft.number, keywords=draft.keywords),
            "materials": self.document.materials.select_related("document"),
        }

    def form_valid(self, form: MaterialForm) -> HttpResponse:
        try:
            made = interpretation.draft(by=self.request.user, policy=self.document, **form.cleaned_data)
        except (Forbidden, ValueError) as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        messages.success(self.request, f"已存草稿：《{made.document}》。它随《{self.document}》一起送审。")
        return redirect("documents:interpretation", pk=self.document.pk)
