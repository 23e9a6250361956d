"""Occasions in the desk: a list, and a form to record one. They are journal lines: nothing is edited."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory import clock
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.fields import WordsField
from yangguang.office.outcome import Watch
from yangguang.office.views.refusals import RefusalsOnTheForm
from yangguang.publishing.actions import occasions
from yangguang.publishing.models import Occasion


class OccasionForm(WagtailAdminModelForm):
    """What happened, when, and the words by which its duty is found."""

    keywords = WordsField(label="主题词", required=False, help_text="用逗号分开；写上公开事项要求的词")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Person = self.for_user
        self.fields["unit"].queryset = Unit.objects.exclude(kind=Unit.Kind.GROUP)
        if not allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT):
            self.initial["unit"] = person.unit_id
            self.fields["unit"].disabled = True


class OccasionList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Occasion]:
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        return own.select_related("unit", "line")

    def get_inspect_url(self, instance: Occasion) -> None:
        return None


class RecordOccasion(RefusalsOnTheForm, generic.CreateView):
    """Records the occasion through its verb, and says which periods it opened."""

    object: Any

    refused_message = "没有登记："

    def save_instance(self) -> Occasion:
        self.watch = Watch(unit=self.form.cleaned_data["unit"])
        return occasions.record(by=self.request.user, now=clock.now(), **self.form.cleaned_data)

    def save_action(self) -> Any:
        response = super().save_action()
        opened = "；".join(
            f"『{change.standing.obligation.title}』期限 {change.standing.verdict.due_on}"
            for change in self.watch.changes()
            if change.standing.verdict.due_on
        )
        told = f"由此开始计算：{opened}。" if opened else "没有公开事项因此开始计算：请核对主题词。"
        messages.success(self.request, f"已登记，日志第 {self.object.line_id} 行。{told}")
        return response

    def get_success_message(self, instance: Occasion) -> None:
        return None

    def forget_what_was_rolled_back(self, form: Any) -> None:
        self.object = None


class OccasionViewSet(ModelViewSet):
    """`/office/occasions/`"""

    model = Occasion
    name = "occasions"
    icon = "date"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = OccasionList
    add_view_class = RecordOccasion
    list_display = [
        "title",
        Column("unit", label="单位"),
        Column("happened_on", label="发生日期", sort_key="happened_on"),
        Column("line", label="日志行", accessor="line_id"),
    ]
    ordering = "-happened_on"
    search_fields = ["title"]
    list_per_page = 30
    edit_handler = ObjectList(
        [FieldPanel("title"), FieldPanel("unit"), FieldPanel("happened_on"), FieldPanel("keywords")],
        base_form_class=OccasionForm,
    )
