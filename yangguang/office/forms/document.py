"""The form of a document."""

from typing import Any

from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm

from yangguang.directory import clock
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Verb, allows
from yangguang.office.forms.fields import CoversField, WordsField


class DocumentForm(WagtailAdminModelForm):
    """Checks what an editor wrote. An editor's unit is fixed; the general office chooses one.

    The note on what changed is asked for once the public has seen an edition, and then required.
    """

    keywords = WordsField(
        label="主题词", required=False, help_text="用逗号分开。判定时看标题和主题词里有没有方案要求的词"
    )
    covers = CoversField(
        label="所属期",
        required=False,
        max_length=12,
        help_text="定期公开的内容写所属期：2017-08、2017Q3、2017H1 或 2017；其他留空",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_units()
        self._ask_for_note()

    def _offer_units(self) -> None:
        person: Person = self.for_user
        field = self.fields["unit"]
        field.queryset = Unit.objects.exclude(kind=Unit.Kind.GROUP)
        if self.instance.unit_id:
            self.initial["unit"] = self.instance.unit_id
        if self.instance.pk:
            field.disabled = True
            field.help_text = "索引号属于这个单位，不再更改"
        elif not allows(person.role, Verb.PUBLISH_FOR_ANY_UNIT):
            self.initial["unit"] = person.unit_id
            field.disabled = True
            field.help_text = "您只能以本单位的名义发布"

    def _ask_for_note(self) -> None:
        edition = self.instance.edition if self.instance.pk else None
        if edition is None:
            del self.fields["note"]
            return
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = "修改说明必填：请用一句话告诉公众改了什么。"
        if self.instance.note == edition.note:
            self.initial["note"] = ""

    def clean_made_on(self) -> Any:
        made_on = self.cleaned_data["made_on"]
        if made_on and made_on > clock.today():
            raise forms.ValidationError(f"成文日期 {made_on} 还没有到：请填文件签发的日期。")
        return made_on
