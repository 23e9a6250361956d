"""People in the desk: who has one, with which role, for which unit."""

import secrets
from typing import Any

from django import forms
from django.db.models import QuerySet
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from yangguang.directory import actions as directory
from yangguang.directory.models import Person, Unit
from yangguang.office.views.refusals import RefusalsOnTheForm

PASSWORD_BYTES = 12


class PersonForm(WagtailAdminModelForm):
    """A new person gets a password made at random; one who forgot theirs gets another."""

    new_password = forms.BooleanField(
        label="重设密码", required=False, help_text="勾选后保存，会随机生成新密码，只显示一次"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_name"].label = "姓名"
        self.fields["username"].help_text = "登录用，建议用工号或拼音"
        self.fields["unit"].help_text = "单位编辑必须属于一个单位"
        self.fields["unit"].queryset = Unit.objects.exclude(kind=Unit.Kind.GROUP)
        if self.instance.pk:
            self.fields["username"].disabled = True
            self.fields["is_active"].label = "启用"
            self.fields["is_active"].help_text = "不勾选就不能登录。人员不删除，记录里还要用"
        else:
            del self.fields["new_password"], self.fields["is_active"]


def show_password(request: Any, person: Person, password: str) -> None:
    messages.success(
        request, f"{person.username} 的密码是 {password} ，只显示这一次，请转交本人，登录后在账号里更改。"
    )


class PersonList(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Person]:
        return Person.objects.select_related("unit")

    def get_list_more_buttons(self, instance: Person) -> list[Any]:
        return []


class AddPerson(RefusalsOnTheForm, generic.CreateView):
    def save_instance(self) -> Person:
        facts = self.form.cleaned_data
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        person = directory.enrol(
            by=self.request.user,
            username=facts["username"],
            full_name=facts["last_name"],
            role=facts["role"],
            unit=facts["unit"],
            password=password,
        )
        show_password(self.request, person, password)
        return person

    def get_success_message(self, instance: Person) -> None:
        return None

    def forget_what_was_rolled_back(self, form: Any) -> None:
        self.object = None


class EditPerson(RefusalsOnTheForm, generic.EditView):
    def save_instance(self) -> Person:
        facts = self.form.cleaned_data
        person = directory.reassign(
            by=self.request.user,
            person=Person.objects.get(pk=self.object.pk),
            full_name=facts["last_name"],
            role=facts["role"],
            unit=facts["unit"],
            is_active=facts["is_active"],
        )
        if facts["new_password"]:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            directory.give_password(by=self.request.user, person=person, password=password)
            show_password(self.request, person, password)
        return person

    def get_success_message(self) -> str:
        return f"已保存：{self.object}。"

    def get_success_buttons(self) -> list[Any]:
        return []


class PersonViewSet(ModelViewSet):
    """`/office/people/`"""

    model = Person
    name = "people"
    icon = "user"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = PersonList
    add_view_class = AddPerson
    edit_view_class = EditPerson
    list_display = [
        "username",
        Column("last_name", label="姓名"),
        Column("role", label="角色", accessor="get_role_display"),
        Column("unit", label="单位"),
        Column("is_active", label="启用", accessor=lambda person: "是" if person.is_active else "停用"),
        Column("last_login", label="最近登录"),
    ]
    list_filter = ["role", "unit"]
    search_fields = ["username", "last_name"]
    ordering = "username"
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("username"),
            FieldPanel("last_name"),
            FieldPanel("role"),
            FieldPanel("unit"),
            FieldPanel("is_active"),
            FieldPanel("new_password"),
        ],
        base_form_class=PersonForm,
    )
