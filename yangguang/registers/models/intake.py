"""A file on its way into a register: received, read, checked, reviewed, published or given up."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models

from yangguang.registers.models.register import Register
from yangguang.registers.models.token import Token
from yangguang.registers.models.version import Version
from yangguang.rules import four_eyes


class Intake(models.Model):
    """A spreadsheet, CSV or JSON file as a unit sent it in, what was chosen for it, and what checking found.

    `choices` says which sheet, which heading rows, which column is which field (`rules.tables.columns`).
    `report` is the newest check: problems and changes with their sheet, row and column. `staged` is the
    Parquet file of the whole new table, made from version `based_on`; empty as long as anything is wrong.
    Nothing here is public. `sheets` is what the file was read as, kept by who received it and goes on at once.
    """

    sheets: Sequence[Any] = ()
    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="intakes", verbose_name="清单"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办人",
    )
    token = models.ForeignKey(
        Token, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="接口令牌"
    )
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件哈希", max_length=64)
    received_at = models.DateTimeField("收到时间")
    period = models.CharField("所属期", max_length=12, blank=True)
    made_on = models.DateField("形成日期", null=True, blank=True)
    note = models.CharField("更新说明", max_length=300, blank=True)
    choices = models.JSONField("读法", default=dict, blank=True)
    report = models.JSONField("检查结果", default=dict, blank=True)
    staged = models.JSONField("检查通过的数据", default=dict, blank=True)
    based_on = models.PositiveIntegerField("以哪一版为基础", default=0)
    sent_at = models.DateTimeField("送审时间", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="送审人",
    )
    reason = models.CharField("送审说明", max_length=300, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    version = models.OneToOneField(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="intake"
    )

    class Meta:
        verbose_name = "收到的数据文件"
        verbose_name_plural = "收到的数据文件"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register}：{self.name}"


class IntakeStep(models.Model):
    """Somebody approved, returned or recalled what was sent for review."""

    class Kind(models.TextChoices):
        UNIT = four_eyes.Step.UNIT.value, "单位审核"
        SECRECY = four_eyes.Step.SECRECY.value, "保密审查"
        SIGN = four_eyes.Step.SIGN.value, "签发"
        RETURN = "return", "退回"
        RECALL = "recall", "收回"

    intake = models.ForeignKey(
        Intake, on_delete=models.CASCADE, related_name="steps", verbose_name="数据文件"
    )
    kind = models.CharField("步骤", max_length=8, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间")
    reason = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "数据审核步骤"
        verbose_name_plural = "数据审核步骤"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.intake}：{self.get_kind_display()}"
