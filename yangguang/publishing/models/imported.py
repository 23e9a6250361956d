"""Where an imported document came from, so that nothing is imported twice."""

from django.db import models


class Imported(models.Model):
    """A document that was imported: the source's name, the file or row in it, and the hash of its bytes."""

    document = models.OneToOneField(
        "publishing.Document", on_delete=models.PROTECT, related_name="imported", verbose_name="文件"
    )
    source = models.CharField("来源", max_length=200)
    key = models.CharField("来源中的位置", max_length=500)
    sha256 = models.CharField("来源哈希", max_length=64)

    class Meta:
        verbose_name = "导入记录"
        verbose_name_plural = "导入记录"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source}：{self.key}"
