"""Columns in the desk: their rule, and whether they are empty or late."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, MultipleChoiceField
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column as ListColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.directory.permissions import Forbidden
from yangguang.office.forms.fields import WordsField
from yangguang.office.views.own_rows import OnlyOwnRows
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.publishing.models import Form
from yangguang.publishing.topics import topics
from yangguang.sites.actions import sites
from yangguang.sites.models import Channel, Column
from yangguang.sites.queries.sites import kept_by, standing

MANY = CheckboxSelectMultiple


class ColumnForm(WagtailAdminModelForm):
    """What is left empty asks for nothing."""

    words = WordsField(label="栏目关键词", required=False, help_text="页面标签 ColumnKeywords，用逗号分开")
    keywords = WordsField(label="标题或主题词含", required=False, help_text="含其中一个即可，用逗号分开")
    forms = MultipleChoiceField(label="形式", choices=Form.choices, required=False, widget=MANY)
    topics = MultipleChoiceField(label="主题分类", required=False, widget=MANY)
    posts_to = MultipleChoiceField(label="推送到", choices=Channel.choices, required=False, widget=MANY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = kept_by(self.for_user)
        self.fields["site"].queryset = kept
        self.fields["parent"].queryset = Column.objects.filter(site__in=kept).exclude(pk=self.instance.pk)
        self.fields["units"].queryset = Unit.objects.all()
        self.fields["topics"].choices = [(topic, topic) for topic in topics()]
        self.fields["posts_to"].help_text = "新内容先备好文字，在“推送”里确认后才发出"


def newest_words(column: Column) -> str:
    found = standing(column, clock.today())
    return f"{found.newest.online_at.astimezone(clock.SHANGHAI):%Y-%m-%d}" if found.newest else "—"


def problem_words(column: Column) -> str:
    return standing(column, clock.today()).problem or "正常"


class ColumnList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Column]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        return own.select_related("site__unit", "parent").prefetch_related("units")


class _Save(RefusalsOnTheForm):
    form: Any
    request: Any
    object: Any
    refused_message = "没有保存："

    def save_instance(self) -> Column:
        return sites.lay_out(
            by=self.request.user,
            now=clock.now(),
            column=self.form.instance,
            units=self.form.cleaned_data["units"],
        )

    def get_success_buttons(self) -> list[Any]:
        return []


class AddColumn(_Save, generic.CreateView):
    def get_success_message(self, instance: Column) -> str:
        return f"已新建栏目：{instance}。{standing(instance, clock.today()).problem}"

    def forget_what_was_rolled_back(self, form: Any) -> None:
        self.object = None


class EditColumn(_Save, OnlyOwnRows, generic.EditView):
    def get_success_message(self) -> str:
        return f"已保存：{self.object}。{standing(self.object, clock.today()).problem}"


class TakeAwayColumn(OnlyOwnRows, generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            sites.take_away(by=self.request.user, column=self.object)
        except (Forbidden, ValueError) as problem:
            messages.error(self.request, str(problem))
            return redirect("columns:edit", self.object.pk)
        messages.success(self.request, f"已删去栏目：{self.object}。其中的内容没有改动。")
        return redirect("columns:index")


class ColumnViewSet(ModelViewSet):
    """`/office/columns/`"""

    model = Column
    name = "columns"
    icon = "list-ul"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ColumnList
    add_view_class = AddColumn
    edit_view_class = EditColumn
    delete_view_class = TakeAwayColumn
    list_display = [
        "name",
        ListColumn("site", label="站点"),
        ListColumn("kind", label="类别"),
        ListColumn("newest", label="最近更新", accessor=newest_words),
        ListColumn("problem", label="情况", accessor=problem_words),
    ]
    list_filter = ["site", "kind"]
    search_fields = ["name", "slug"]
    list_per_page = 30
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("site"), FieldPanel("parent")]),
                    FieldRowPanel([FieldPanel("slug"), FieldPanel("kind"), FieldPanel("position")]),
                    FieldPanel("description"),
                    FieldPanel("words"),
                ],
                heading="栏目",
            ),
            MultiFieldPanel(
                [
                    FieldPanel("units", widget=CheckboxSelectMultiple),
                    FieldPanel("forms"),
                    FieldPanel("topics"),
                    FieldPanel("keywords"),
                    FieldRowPanel([FieldPanel("show"), FieldPanel("sort"), FieldPanel("required_days")]),
                ],
                heading="规则：什么内容出现在这里",
            ),
            FieldPanel("posts_to"),
        ],
        base_form_class=ColumnForm,
    )
