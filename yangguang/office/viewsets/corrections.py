"""Readers' reports of errors in the desk: what is open, until when, and the answer."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory import clock
from yangguang.office.views.own_rows import OnlyOwnRows
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.sites.actions import corrections
from yangguang.sites.models import Correction


class AnswerForm(WagtailAdminModelForm):
    """The answer; what the reader wrote stands above it, to be read only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
        self.fields["answer"].widget = forms.Textarea(attrs={"rows": 5})
        self.fields["answer"].help_text = "报告的人凭编号看得到。请写明改了什么，或者为什么没有改"


def due_words(row: Correction) -> str:
    if row.answered_at:
        return f"{row.answered_at.astimezone(clock.SHANGHAI):%Y-%m-%d} 已答复"
    due = corrections.due(row)
    late = "，已超期" if due.due_on < clock.today() else ""
    return f"{due.due_on} 前答复{late}{'（暂定）' if due.provisional else ''}"


class CorrectionList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Correction]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        return own.select_related("site")

    def get_list_more_buttons(self, instance: Correction) -> list[Any]:
        return []


class Answer(RefusalsOnTheForm, OnlyOwnRows, generic.EditView):
    refused_message = "没有答复："

    def save_instance(self) -> Correction:
        text = self.form.cleaned_data["answer"]
        return corrections.answer(by=self.request.user, now=clock.now(), correction=self.object, text=text)

    def get_success_message(self) -> str:
        return f"已答复 {self.object}。"

    def get_success_buttons(self) -> list[Any]:
        return []


class CorrectionViewSet(ModelViewSet):
    """`/office/corrections/`"""

    model = Correction
    name = "corrections"
    icon = "comment"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = CorrectionList
    edit_view_class = Answer
    list_display = [
        "reference",
        Column("kind", label="问题", accessor="get_kind_display"),
        Column("url", label="页面"),
        Column("site", label="站点", accessor=lambda row: row.site or "门户"),
        Column("filed_at", label="提交时间", sort_key="filed_at"),
        Column("due", label="办理", accessor=due_words),
    ]
    list_filter = ["site", "kind"]
    search_fields = ["reference", "url", "text"]
    ordering = "-filed_at"
    list_per_page = 30
    edit_handler = ObjectList(
        [
            FieldPanel("url", read_only=True),
            FieldPanel("kind", read_only=True),
            FieldPanel("text", read_only=True),
            FieldPanel("contact", read_only=True),
            FieldPanel("filed_at", read_only=True),
            FieldPanel("answer"),
        ],
        base_form_class=AnswerForm,
    )
