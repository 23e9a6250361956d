"""What counting a version's rows gave; its quality is worked out of it (`rules.tables.quality`)."""

from django.db import models

from yangguang.registers.models.version import Version
from yangguang.rules.tables.quality import RowFacts


class RowCounts(models.Model):
    """Counted once in the file that readers get, and again when rows were taken off it. Derived."""

    version = models.OneToOneField(
        Version, on_delete=models.CASCADE, related_name="row_counts", verbose_name="数据版次"
    )
    served = models.CharField("数的是哪一份数据", max_length=64)
    rows = models.PositiveBigIntegerField("行数")
    distinct = models.PositiveBigIntegerField("不重复的行数")
    columns = models.PositiveIntegerField("公开列数")
    filled = models.PositiveBigIntegerField("有值的格数")
    valid = models.PositiveBigIntegerField("合规的格数")

    class Meta:
        verbose_name = "数据质量统计"
        verbose_name_plural = "数据质量统计"
        ordering = ["version"]

    def __str__(self) -> str:
        return f"{self.version}：{self.valid}/{self.filled}"

    @property
    def facts(self) -> RowFacts:
        return RowFacts(self.rows, self.distinct, self.columns, self.filled, self.valid)
