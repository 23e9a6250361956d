"""The forms of adopting a plan: the file, its head, one row, one obligation."""

import datetime as dt
import re
from typing import Any

from django import forms

from yangguang.office.adoption.proposal import Facts, rule_of
from yangguang.office.forms.fields import WordsField
from yangguang.office.models import PlanUpload
from yangguang.office.wording import CADENCES, FORMS, term_words
from yangguang.plan.models import Plan
from yangguang.rules.obligations_file import LONGEST_TITLE, Due
from yangguang.rules.terms import house_terms

LARGEST_MB = 20
_TERM = re.compile(r"(?P<count>\d{1,3})\s*个?(?P<unit>月|工作日)")


class UploadForm(forms.Form):
    file = forms.FileField(
        label="方案文件",
        help_text="可用 .txt .docx .xlsx .html .pdf（须有文字层），不超过 20 MB",
        error_messages={"required": "请选择方案文件。", "empty": "文件是空的：请选择方案原文。"},
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx,.xlsx,.html,.htm,.pdf"}),
    )
    amends = forms.ModelChoiceField(
        Plan.objects.all(),
        label="修订",
        required=False,
        empty_label="不是修订，是一份新方案",
        help_text="修订已通过的方案：原文没有变的任务，沿用已核对的公开事项",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_MB * 1024 * 1024:
            size = file.size // 1024 // 1024
            raise forms.ValidationError(f"文件有 {size} MB，上限 {LARGEST_MB} MB：请只保留方案本身再上传。")
        return file


class HeadForm(forms.ModelForm):
    class Meta:
        model = PlanUpload
        fields = ("title", "number", "issuer", "issued_on", "year", "slug", "note")
        widgets = {"issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"slug": "小写字母、数字和连字符", "note": "公众可见；修订时说明改了什么"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].required = self.fields["year"].required = True
        if self.instance.amends_id:
            self.fields["slug"].disabled = True
            self.fields["note"].required = True


class RowForm(forms.Form):
    leads = WordsField(label="牵头单位", help_text="用逗号分开")
    cadence = forms.ChoiceField(label="频次", choices=list(CADENCES.items()))
    form = forms.ChoiceField(label="形式", choices=list(FORMS.items()))


class AlternativesField(forms.CharField):
    """Alternatives of words: “预算，收支；财政收支” is either both of the first two, or the third."""

    def prepare_value(self, value: Any) -> Any:
        return "；".join("，".join(words) for words in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[list[str]]:  # type: ignore[override]
        groups = re.split(r"[;；\n]+", super().to_python(value) or "")
        found = ([word.strip() for word in re.split(r"[,，、]+", group) if word.strip()] for group in groups)
        return [words for words in found if words]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class ObligationForm(forms.Form):
    """One checkable duty. Leaving the deadline empty takes the product's own for that frequency."""

    title = forms.CharField(label="公开事项", max_length=LONGEST_TITLE)
    phrase = forms.CharField(label="原文", help_text="照原文抄写", widget=forms.Textarea(attrs={"rows": 2}))
    cadence = forms.ChoiceField(label="频次", choices=list(CADENCES.items()), initial="none")
    form = forms.ChoiceField(label="形式", choices=list(FORMS.items()), initial="document")
    term = forms.CharField(
        label="期限", required=False, help_text="留空用统一期限；或写 1个月、20个工作日、2017-12-31"
    )
    words = AlternativesField(
        label="判定词", required=False, help_text="标题或主题词里要有的词，用逗号分开；另一组用分号隔开"
    )
    sample_title = forms.CharField(label="标题示例", required=False, help_text="{period} 代表所属期")

    def __init__(self, *args: Any, text: str, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.year = text, year

    def clean_phrase(self) -> str:
        phrase: str = self.cleaned_data["phrase"]
        if phrase not in self.text:
            raise forms.ValidationError("这几个字不在任务原文中：请照原文抄写，一字不差。")
        return phrase

    def clean_term(self) -> dict[str, int | str]:
        text = self.cleaned_data["term"].strip()
        if not text:
            return {}
        if found := _TERM.fullmatch(text):
            return {"months" if found["unit"] == "月" else "workdays": int(found["count"])}
        try:
            return {"day": dt.date.fromisoformat(text).isoformat()}
        except ValueError:
            raise forms.ValidationError(
                f"期限“{text}”不能识别：请写 1个月、20个工作日或者 2017-12-31，或者留空。"
            ) from None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("form") != "internal" and not given.get("words") and "words" not in self.errors:
            self.add_error(
                "words", "没有判定词就认不出公开的内容：请至少写一个词；内部工作请把形式改为“内部工作”。"
            )
        return given

    def facts(self, before: Facts) -> Facts:
        """The obligation as a row keeps it; what this form does not show stays as `before` has it.

        A deadline that was not touched keeps its reviewed kind and grounds.
        """
        given, old = self.cleaned_data, before.get("rule", {})
        internal = given["form"] == "internal"
        rule = rule_of(
            self._due("internal" if internal else given["cadence"], given["term"]),
            words=[] if internal else given["words"],
            form=given["form"],
            sample_title=given["sample_title"],
            measure=old.get("measure", ""),
        )
        named = {key: given[key] for key in ("title", "phrase", "cadence", "form")}
        if all(before.get(key) == given[key] for key in ("cadence", "form")) and old["due"] == given["term"]:
            rule |= {key: old[key] for key in ("kind", "due", "basis", "reason", "forms", "also")}
        return {"channels": [], **before, **named, "rule": rule}

    def _due(self, name: str, term: dict[str, Any]) -> Due:
        usual = house_terms(self.year)[name]
        if usual.kind == "internal" or not term or term == usual.term():
            return usual
        day = dt.date.fromisoformat(term["day"]) if "day" in term else None
        reason = f"核对方案时填写的期限：{term_words(term)}。"
        return Due(usual.kind, "stated", reason, term.get("months"), term.get("workdays"), day)


def initial_of(obligation: Facts) -> Facts:
    """An obligation as the form shows it."""
    rule = obligation["rule"]
    return {
        **{key: obligation[key] for key in ("title", "phrase", "cadence", "form")},
        "term": term_words(rule["due"]),
        "words": rule["words"],
        "sample_title": rule["sample_title"],
    }


class _Obligations(forms.BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.kept():
            raise forms.ValidationError("每个任务至少要有一个公开事项；内部工作也列一项，形式选“内部工作”。")

    def kept(self) -> list[tuple[int, ObligationForm]]:
        """The forms that stand for an obligation, with their place in the row's list before."""
        return [
            (number, form)
            for number, form in enumerate(self.forms)
            if (form.has_changed() or number < self.initial_form_count())
            and not form.cleaned_data.get("DELETE")
        ]


ObligationFormSet = forms.formset_factory(
    ObligationForm, formset=_Obligations, extra=1, can_delete=True, max_num=26
)
