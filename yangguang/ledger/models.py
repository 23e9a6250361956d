"""What the ledger keeps: which public line serves which duty. All of it can be dropped and rebuilt.

Periods and verdicts are not kept: they follow from the plan, the calendar, these matches and a day.
"""

from typing import Any

from django.db import models

from yangguang.directory.models import Unit
from yangguang.plan.models import Obligation, PlanVersion

UNCHECKED: dict[str, Any] = {
    "on_delete": models.CASCADE,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


class Match(models.Model):
    """One journal line serves one obligation of one unit (`rules.matching.Match`, stored)."""

    # Derived rows, written by the hundred thousand: no constraints to check, no index without a reader.
    version = models.ForeignKey(PlanVersion, verbose_name="方案版次", **UNCHECKED)
    obligation = models.ForeignKey(Obligation, verbose_name="公开事项", **UNCHECKED)
    seat = models.ForeignKey(Unit, verbose_name="责任单位", **UNCHECKED)
    publisher = models.ForeignKey(Unit, verbose_name="发布单位", **UNCHECKED)
    seq = models.PositiveBigIntegerField("日志行")
    on = models.DateField("上网日期")
    document = models.CharField("索引号", max_length=100, blank=True)
    key = models.CharField("期", max_length=12, blank=True)
    day = models.DateField("成文或者发生日期", null=True, blank=True)
    text = models.TextField("标题和主题词", blank=True)
    until = models.DateField("撤回日期", null=True, blank=True)
    counted = models.CharField("数量核对", max_length=24, blank=True)

    class Meta:
        verbose_name = "相符"
        verbose_name_plural = "相符"
        ordering = ["seq", "pk"]
        indexes = [
            models.Index(fields=["obligation"], name="match_by_obligation"),
            models.Index(fields=["seat"], name="match_by_seat"),
            models.Index(fields=["document"], name="match_by_document"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} → {self.obligation_id} {self.key}"


class Mark(models.Model):
    """How far the ledger has read for one version of a plan, and of which units it knew then."""

    version = models.OneToOneField(
        PlanVersion, on_delete=models.CASCADE, related_name="+", verbose_name="方案版次"
    )
    size = models.PositiveBigIntegerField("已读行数")
    units = models.CharField("单位指纹", max_length=64)

    class Meta:
        verbose_name = "台账进度"
        verbose_name_plural = "台账进度"

    def __str__(self) -> str:
        return f"{self.version}：第 {self.size} 行"
