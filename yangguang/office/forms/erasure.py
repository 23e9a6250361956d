"""The forms of an erasure: ask, agree, turn down."""

from django import forms

from yangguang.publishing.models import ErasureGround


class AskForm(forms.Form):
    ground = forms.ChoiceField(
        label="法律依据",
        choices=[("", "请选择"), *ErasureGround.choices],
        error_messages={"required": "法律依据必选：没有依据的，保持撤回状态就可以了。"},
    )
    reason = forms.CharField(
        label="说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公众会在原网址和公开日志里看到：写明事由和文书，不要写姓名、名称、证件号。",
        error_messages={"required": "说明必填：公众会在原网址看到它。"},
    )


class AgreeForm(forms.Form):
    understood = forms.BooleanField(
        label="我核对过上面的内容，知道删除后谁也不能恢复",
        error_messages={"required": "请先核对要删除的内容，再打勾。"},
    )

    def clean(self) -> dict[str, object]:
        """The tick is for the person alone: the verb takes no such fact."""
        super().clean()
        return {}


class TurnDownForm(forms.Form):
    reason = forms.CharField(
        label="不删除的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="申请人会看到",
    )
