"""Occasions: something happened that must be made public."""

from django.db import models

from yangguang.directory.models import Unit
from yangguang.journal.models import Line


class Occasion(models.Model):
    """A fact that opens a period of an event-driven duty: a policy made, an accident, a change."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="occasions", verbose_name="单位")
    title = models.CharField("事由", max_length=300)
    keywords = models.JSONField("主题词", default=list, blank=True)
    happened_on = models.DateField("发生日期", help_text="信息形成或者变更的日期")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="occasion")

    class Meta:
        verbose_name = "公开事由"
        verbose_name_plural = "公开事由"
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.title}（{self.happened_on}）"
