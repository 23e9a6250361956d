"""The forms by which readers speak about data. What they are about comes with the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from yangguang.directory.models import Unit
from yangguang.portal.views.data.feedback_about import About
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Feedback


class ReaderForm(forms.Form):
    """What every one of them asks."""

    text = forms.CharField(label=gettext_lazy("说明"), max_length=2000)
    email = forms.EmailField(label=gettext_lazy("邮箱（可以不填）"), max_length=254, required=False)

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def told(self, kind: str) -> Told:
        """What was filled in, with what it is about."""
        given = self.cleaned_data
        about = self.about
        return Told(
            kind=kind,
            text=given["text"],
            email=given["email"],
            title=given.get("title", ""),
            unit=given.get("unit"),
            url=given.get("url", ""),
            column=given.get("column", ""),
            register=about.register,
            version=about.version.number if about.version else 0,
            row=about.key,
        )


class RequestForm(ReaderForm):
    """A table that is not there."""

    title = forms.CharField(label=gettext_lazy("要什么数据"), max_length=100)
    unit = forms.ModelChoiceField(
        Unit.objects.exclude(kind=Unit.Kind.GROUP).order_by("position", "name"),
        label=gettext_lazy("哪个单位的（不清楚可以不选）"),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("不清楚"),
    )
    field_order = ["title", "unit", "text", "email"]


class ErrorForm(ReaderForm):
    """An error in a row, or in the dataset."""

    column = forms.ChoiceField(label=gettext_lazy("哪一列"), required=False)
    field_order = ["column", "text", "email"]

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        fields = about.version.described.public_fields if about.version else ()
        column = self.fields["column"]
        assert isinstance(column, forms.ChoiceField)  # noqa: S101 declared above
        column.choices = [
            ("", gettext_lazy("说不清是哪一列")),
            *((field.name, field.title) for field in fields),
        ]


class ReuseForm(ReaderForm):
    """What somebody made of the data."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=100)
    url = forms.URLField(
        label=gettext_lazy("网址（可以不填）"), max_length=300, required=False, assume_scheme="https"
    )
    field_order = ["title", "url", "text", "email"]


FORMS: dict[str, type[ReaderForm]] = {
    Feedback.Kind.REQUEST: RequestForm,
    Feedback.Kind.ERROR: ErrorForm,
    Feedback.Kind.REUSE: ReuseForm,
}
