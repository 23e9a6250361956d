"""从文件导入: a Word, PDF, HTML or text file becomes a draft, with what could not be carried over told."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from yangguang.directory.models import Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.access import DeskRequest
from yangguang.publishing.actions import from_file
from yangguang.publishing.formats.reading import LARGEST, Found, Unreadable, read_bytes
from yangguang.publishing.models import Document

MOST_NOTICES = 30


class FileForm(forms.Form):
    file = forms.FileField(
        label="文件",
        help_text=f"可用 .docx .pdf（须有文字层）.html .txt，不超过 {LARGEST // 1_000_000} MB",
        error_messages={"required": "请选择文件。", "empty": "文件是空的：请选择文件原文。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.exclude(kind=Unit.Kind.GROUP),
        label="发布单位",
        error_messages={"required": "请选择以哪个单位的名义发布。"},
    )

    def clean(self) -> dict[str, Any]:
        """Read the file; what cannot be read is one sentence at its field."""
        facts: dict[str, Any] = super().clean() or {}
        file = facts.get("file")
        if file is None:
            return facts
        if file.size > LARGEST:
            size = file.size // 1_000_000
            self.add_error(
                "file", f"文件有 {size} MB，上限 {LARGEST // 1_000_000} MB：请压缩其中的图片后再试。"
            )
            return facts
        try:
            facts["found"] = read_bytes(file.read(), file.name)
        except Unreadable as problem:
            self.add_error("file", f"{problem}。")
        return facts


class FromFile(WagtailAdminTemplateMixin, FormView):
    """Asks for the file, makes the draft, and shows it in the form with the notices."""

    request: DeskRequest
    template_name = "office/documents/from_file.html"
    form_class = FileForm
    page_title = "从文件导入"
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy_registry.get_by_type(Document).user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": "/office/files/", "label": "文件"},
            {"url": "", "label": "从文件导入"},
        ]

    def get_form(self, form_class: Any = None) -> FileForm:
        form: FileForm = super().get_form(form_class)
        if not allows(self.request.user.role, Verb.PUBLISH_FOR_ANY_UNIT):
            form.fields["unit"].initial = self.request.user.unit_id
            form.fields["unit"].disabled = True
            form.fields["unit"].help_text = "您只能以本单位的名义发布"
        return form

    def form_valid(self, form: FileForm) -> HttpResponse:
        found: Found = form.cleaned_data["found"]
        try:
            document = from_file.begin(by=self.request.user, unit=form.cleaned_data["unit"], found=found)
        except (Forbidden, ValueError) as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        except ValidationError as problem:
            form.add_error(None, "；".join(problem.messages))
            return self.form_invalid(form)
        messages.success(self.request, f"已从文件读出《{document}》，存为草稿：请核对各项，再送审。")
        if found.notices:
            messages.warning(self.request, _told(found))
        return redirect("documents:edit", document.pk)


def _told(found: Found) -> str:
    lines = [str(notice) for notice in found.notices]
    if len(lines) > MOST_NOTICES:
        lines = [*lines[:MOST_NOTICES], f"……共 {len(lines)} 条"]
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("以下内容没有照原样带入：<ul>{}</ul>", items)
