"""The forms of registers: hand in a file, answer its check, review it, take a row off, make a token."""

from typing import Any

from django import forms
from django.conf import settings
from wagtail.admin.widgets import AdminDateInput

from yangguang.office.forms.fields import CoversField
from yangguang.registers.actions.takedowns import LONGEST_GROUND
from yangguang.registers.actions.tokens import LONGEST_LABEL
from yangguang.registers.actions.wording import LONGEST
from yangguang.registers.models import Register
from yangguang.rules.tables.schema import Intake, Type

ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".json")


def words(label: str, **more: Any) -> forms.CharField:
    """A note or a reason, as long as the records hold."""
    given = {"max_length": LONGEST, "widget": forms.Textarea(attrs={"rows": 2}), **more}
    field = forms.CharField(label=label, **given)
    most = given["max_length"]
    field.error_messages["required"] = f"{label}必填。"
    field.error_messages["max_length"] = f"{label}有 %(show_value)s 个字，最多 {most} 个：请写短一些。"
    return field


class UploadForm(forms.Form):
    """A file for a register and a period; the period is asked for where the register has any."""

    file = forms.FileField(
        label="数据文件",
        error_messages={"required": "请选择数据文件。", "empty": "文件是空的：请核对后重新选择。"},
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    period = CoversField(label="所属期", required=False, max_length=12)
    made_on = forms.DateField(
        label="形成日期",
        required=False,
        widget=AdminDateInput,
        help_text="这份数据是哪天形成的；期限从形成之日起算的公开事项以此为准，其他可以不填",
    )
    note = words("更新说明", required=False, help_text="一句话告诉公众这一版有什么变化；公开")

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = register.described
        most = settings.LARGEST_ATTACHMENT // 1_000_000
        self.fields[
            "file"
        ].help_text = f"可用 {' '.join(ENDINGS)}，不超过 {most} MB；照平时的样子交，不用改格式"
        period = self.fields["period"]
        period.required = described.intake is Intake.PERIOD
        period.error_messages["required"] = "所属期必填：这份清单按期更新，例如 2017-08。"
        period.help_text = "2017-08、2017Q3、2017H1 或 2017" + (
            "；文件替换这一期的行，其他期不动" if period.required else "；不按期的留空"
        )
        if not (described.period or "{period}" in described.publication):
            del self.fields["period"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(f"不接受“{file.name}”：请另存为 .xlsx、.csv 或 .json 再上传。")
        if file.size > settings.LARGEST_ATTACHMENT:
            raise forms.ValidationError(
                f"文件有 {file.size // 1_000_000} MB，上限 {settings.LARGEST_ATTACHMENT // 1_000_000} MB，没有接收："
                "请去掉图片和不用的工作表，或者另存为 .csv 再传。"
            )
        return file


class SendForm(forms.Form):
    reason = words(
        "说明", required=False, help_text="检查结果里“请核对”的，在这里写明为什么可以公开；审核的人会看到"
    )


class ApproveForm(forms.Form):
    reason = words("意见", required=False)


class ReturnForm(forms.Form):
    reason = words("退回理由", help_text="经办人会看到：写明要改什么")


class ForceForm(forms.Form):
    reason = words("直接发布的理由", help_text="写入公开日志，公众在数据页上看到")


class TurnDownForm(forms.Form):
    reason = words("不撤下的理由", help_text="申请人会看到")


class AgreeForm(forms.Form):
    understood = forms.BooleanField(
        label="我核对过这一行和法律依据，知道撤下后各版的文件里都不再有它",
        error_messages={"required": "请先核对这一行，再打勾。"},
    )


class KeyForm(forms.Form):
    """The primary key of one row, a field for each of its columns."""

    def __init__(self, *args: Any, register: Register, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = register.described
        for name in described.primary_key:
            field = described.field(name)
            shown = field.example or {Type.YEARMONTH: "2017-08", Type.DATE: "2017-08-14"}.get(field.type, "")
            self.fields[name] = forms.CharField(
                label=field.title,
                max_length=400,
                help_text=f"例如 {shown}" if shown else "",
                error_messages={"required": f"请填写{field.title}：主键各列都要写全。"},
            )


class TakeOffForm(forms.Form):
    reason = words("撤下理由", help_text="公众看得到：写明事由，不要写姓名、名称、证件号")
    ground = words(
        "法律依据",
        max_length=LONGEST_GROUND,
        help_text="法律的名称和条，例如 行政处罚法第四十八条第二款",
    )
    decided_on = forms.DateField(
        label="撤销、变更或者确认违法的决定日期",
        required=False,
        widget=AdminDateInput,
        help_text="行政处罚被撤销、变更的，要在这一天起三日内撤回",
    )


class TokenForm(forms.Form):
    label = forms.CharField(
        label="用途", max_length=LONGEST_LABEL, help_text="由哪个系统推送，例如 案件管理系统"
    )
