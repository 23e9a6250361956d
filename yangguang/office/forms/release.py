"""The forms of the release plan: a batch, a table in it, a move, a reason."""

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.widgets import AdminDateInput

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.registers import words
from yangguang.registers.actions.release import LONGEST_BATCH, LONGEST_TITLE
from yangguang.registers.models import Batch, Planned, Register


def day(label: str, **more: Any) -> forms.DateField:
    field = forms.DateField(label=label, widget=AdminDateInput, **more)
    field.error_messages |= {
        "required": f"{label}必填，例如 2017-12-31。",
        "invalid": f"{label}认不出来：请按 2017-12-31 写。",
    }
    return field


def batches() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Batch.objects.all(),
        label="批次",
        empty_label="请选批次",
        error_messages={"required": "请选批次。", "invalid_choice": "没有这个批次：请刷新页面。"},
    )


class BatchForm(forms.Form):
    title = forms.CharField(
        label="名称",
        max_length=LONGEST_BATCH,
        help_text="例如：2018年第一批",
        error_messages={"required": "名称必填。"},
    )
    due_on = day("期限", help_text="这一批最晚哪天全部开放；公开")


class PlanForm(forms.Form):
    """A table for a batch. Whoever keeps one unit's data plans for that unit."""

    unit = forms.ModelChoiceField(
        Unit.objects.exclude(kind=Unit.Kind.GROUP).order_by("position", "name"),
        label="责任单位",
        empty_label="请选单位",
        error_messages={"required": "请选责任单位。"},
    )
    title = forms.CharField(
        label="数据名称",
        max_length=LONGEST_TITLE,
        required=False,
        help_text="要开放的清单或者数据叫什么；选了下面的清单可以不填",
    )
    register = forms.ModelChoiceField(
        Register.objects.none(),
        label="已建立的清单",
        required=False,
        empty_label="还没有建立",
        help_text="清单有数据公开以后，这一项自动算作已开放",
    )
    due_on = day("期限", required=False, help_text="不填就是批次的期限")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers = Register.objects.select_related("unit").order_by("unit__position", "title")
        register = self.fields["register"]
        assert isinstance(register, forms.ModelChoiceField)  # noqa: S101 declared above
        if not allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT):
            del self.fields["unit"]
            registers = registers.filter(Q(unit=person.unit_id) & Q(unit__isnull=False))
        register.queryset = registers
        self.person = person

    def clean(self) -> dict[str, Any]:
        """What the verb takes: unit, title, slug, due_on."""
        given = super().clean() or {}
        register = given.pop("register", None)
        unit = given.get("unit") if "unit" in self.fields else self.person.unit
        if register and unit and register.unit_id != unit.pk:
            self.add_error("register", f"这份清单由{register.unit}保管：请把责任单位选成它。")
        if not (given.get("title") or register):
            self.add_error("title", "名称必填，或者选一份已建立的清单。")
        title = given.get("title") or (register.title if register else "")
        return {**given, "unit": unit, "title": title, "slug": register.slug if register else ""}


class MoveForm(forms.Form):
    batch = batches()
    due_on = day("期限", required=False, help_text="不填就是批次的期限")
    reason = words("调整理由", help_text="公开：公众在开放计划里看到原来的期限和这句话")

    def __init__(self, data: Any = None, *, planned: Planned, auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id, initial={"batch": planned.batch_id})


class DropForm(forms.Form):
    reason = words("移出理由", help_text="公开：公众在开放计划里看到为什么不开放")
