"""The forms of a review: send, approve, return, force."""

from django import forms


class SendForm(forms.Form):
    reason = forms.CharField(
        label="说明",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="检查结果里标“须说明”的，在这里写明为什么可以公开；连同您的姓名记入审核记录",
    )


class ApproveForm(forms.Form):
    reason = forms.CharField(
        label="意见", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class SignForm(ApproveForm):
    release_at = forms.DateTimeField(
        label="定时发布",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="留空就立即发布",
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="退回理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="起草人会看到"
    )


class ForceForm(forms.Form):
    reason = forms.CharField(
        label="直接发布的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写入公开日志，公众在文件页上看到",
    )
