"""The release plan (有计划、有批次): which tables come online in which batch, by whom, by when."""

from django.conf import settings
from django.db import models

from yangguang.directory.models import Unit
from yangguang.journal.models import Line
from yangguang.registers.models.feedback import Feedback


class Batch(models.Model):
    """A batch of tables that are to be online by one day. How far it is, is worked out from versions."""

    title = models.CharField("名称", max_length=100, unique=True)
    due_on = models.DateField("期限")
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="制定人",
    )
    planned_at = models.DateTimeField("制定时间")
    line = models.OneToOneField(
        Line,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batch",
        verbose_name="制定的日志行",
    )
    is_sample = models.BooleanField("示例", default=False, editable=False)

    class Meta:
        verbose_name = "开放批次"
        verbose_name_plural = "开放批次"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Planned(models.Model):
    """A table that a unit is to put online in a batch.

    `slug` is the address of its register, empty as long as that is not known: then the unit's register
    of the same title counts. What was dropped stays, with the reason; what was moved is dropped here and
    begins anew elsewhere as its `successor`, so that any past day shows the plan as it stood. `request` is
    the reader's request that was agreed to. The lines are missing only from plans older than the lines.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries", verbose_name="批次")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="责任单位")
    title = models.CharField("名称", max_length=200)
    slug = models.SlugField("清单的网址名", max_length=100, blank=True)
    due_on = models.DateField("期限")
    planned_at = models.DateTimeField("列入时间")
    request = models.ForeignKey(
        Feedback,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="planned",
        verbose_name="来自数据申请",
    )
    moved_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        verbose_name="调整自",
    )
    line = models.OneToOneField(
        Line,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="planned",
        verbose_name="列入的日志行",
    )
    dropped_at = models.DateTimeField("移出时间", null=True, blank=True)
    drop_reason = models.CharField("移出理由", max_length=300, blank=True)
    drop_line = models.OneToOneField(
        Line,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dropped",
        verbose_name="移出的日志行",
    )

    class Meta:
        verbose_name = "计划开放的数据"
        verbose_name_plural = "计划开放的数据"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "unit", "title"],
                condition=models.Q(dropped_at__isnull=True),
                name="planned_once_in_a_batch",
            ),
            models.CheckConstraint(
                condition=models.Q(dropped_at__isnull=True, drop_reason="")
                | (models.Q(dropped_at__isnull=False) & ~models.Q(drop_reason="")),
                name="dropped_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}：{self.title}"
