"""Units in the desk: their kind, place and other names. Names stay: journal lines bear them."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory import actions as directory
from yangguang.directory.models import Unit
from yangguang.office.forms.fields import WordsField
from yangguang.office.views.refusals import RefusalsOnTheForm


class UnitForm(WagtailAdminModelForm):
    aliases = WordsField(
        label="别名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="文件里对这个单位的其他叫法，用逗号分开。识读方案时按别名归到本单位",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = list(self.instance.aliases.values_list("name", flat=True))


class UnitList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Unit]:
        return Unit.objects.annotate(people_count=Count("people", distinct=True))

    def get_list_more_buttons(self, instance: Unit) -> list[Any]:
        return []


class EditUnit(RefusalsOnTheForm, generic.EditView):
    def save_instance(self) -> Unit:
        return directory.describe_unit(by=self.request.user, unit=self.object, **self.form.cleaned_data)

    def get_success_message(self) -> str:
        return f"已保存：{self.object}。"

    def get_success_buttons(self) -> list[Any]:
        return []


class UnitViewSet(ModelViewSet):
    """`/office/units/`"""

    model = Unit
    name = "units"
    icon = "group"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = UnitList
    edit_view_class = EditUnit
    list_display = [
        "name",
        Column("kind", label="类别", accessor="get_kind_display", sort_key="kind"),
        Column("people", label="人员", accessor="people_count"),
        Column("position", label="排序", sort_key="position"),
    ]
    list_filter = ["kind"]
    search_fields = ["name", "aliases__name"]
    ordering = "position"
    list_per_page = 60
    edit_handler = ObjectList(
        [FieldPanel("kind"), FieldPanel("position"), FieldPanel("aliases")], base_form_class=UnitForm
    )
