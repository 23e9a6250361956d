"""The forms by which readers' word about data is answered or passed on."""

import datetime as dt
from typing import Any

from django import forms

from yangguang.directory.models import Unit
from yangguang.office.forms.release import day
from yangguang.registers.models import Batch, Feedback

OUTCOMES = {
    Feedback.Kind.REQUEST: (("accepted", "同意开放"), ("declined", "不能开放")),
    Feedback.Kind.ERROR: (("accepted", "已更正（已经发布更正后的版次）"), ("declined", "核实无误，没有改")),
    Feedback.Kind.REUSE: (("accepted", "展示在数据集页上"), ("declined", "不展示")),
}


class AnswerForm(forms.Form):
    """The outcome, what the public reads of the question, and the answer."""

    outcome = forms.ChoiceField(
        label="结果", widget=forms.RadioSelect, error_messages={"required": "请选一个结果"}
    )
    summary = forms.CharField(
        label="公开的问题摘要",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="已照抄来信：请删去姓名、电话、证件号码和与数据无关的话，公众看到的是这些文字",
    )
    text = forms.CharField(
        label="答复",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="公开。请写明做了什么，或者为什么不做；一经答复不能再改",
    )

    batch = forms.ModelChoiceField(
        Batch.objects.none(),
        label="列入哪一批",
        required=False,
        empty_label="按期限找最近的一批",
        help_text="同意开放的，答复后自动列入数据开放计划，公众凭它看兑现没有",
    )
    due_on = day("开放期限", required=False, help_text="不填就是批次的期限")

    def __init__(self, data: Any = None, *, feedback: Feedback, today: dt.date) -> None:
        super().__init__(data, initial={"summary": feedback.text})
        batch = self.fields["batch"]
        assert isinstance(batch, forms.ModelChoiceField)  # noqa: S101 declared above
        batch.queryset = Batch.objects.filter(due_on__gte=today)
        if feedback.kind != Feedback.Kind.REQUEST:
            del self.fields["batch"], self.fields["due_on"]
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)  # noqa: S101 declared above
        outcome.choices = OUTCOMES[Feedback.Kind(feedback.kind)]


class PassOnForm(forms.Form):
    unit = forms.ModelChoiceField(
        Unit.objects.exclude(kind=Unit.Kind.GROUP).order_by("position", "name"),
        label="转给",
        empty_label="请选单位",
        help_text="期限照旧，从收到那天算起",
    )
