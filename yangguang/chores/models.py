"""What the machine does by itself, and how the last time went: kept so that the desk can show it."""

from django.db import models


class Chore(models.Model):
    """One piece of background work. Times are the product's clock; `failures` counts those in a row."""

    name = models.CharField("事务", max_length=40, primary_key=True)
    tried_at = models.DateTimeField("最近一次")
    done_at = models.DateTimeField("最近一次成功", null=True, blank=True)
    failures = models.PositiveIntegerField("连续失败", default=0)
    problem = models.TextField("问题", blank=True)

    class Meta:
        verbose_name = "例行事务"
        verbose_name_plural = "例行事务"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
