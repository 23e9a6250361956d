"""Editions: what the public saw, fixed at the moment of publication."""

from django.db import models

from yangguang.journal.models import Line


class Form(models.TextChoices):
    """The form of what is made public (the plan's words for it: `rules.cadence`)."""

    DOCUMENT = "document", "文件、解读"
    LIST = "list", "清单、目录"
    SERIES = "series", "统计数据"
    CASES = "cases", "案件、决定、名录"
    PROJECT = "project", "项目进展"
    DATASET = "dataset", "数据集"
    CONSULTATION = "consultation", "征求意见"
    MEETING = "meeting", "会议、发布会"


class Edition(models.Model):
    """One published state of a document. Immutable: the public text is this, never the working copy."""

    document = models.ForeignKey(
        "publishing.Document", on_delete=models.PROTECT, related_name="editions", verbose_name="文件"
    )
    number = models.PositiveIntegerField("版次")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="edition", verbose_name="日志行")
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=80, blank=True)
    form = models.CharField("形式", max_length=12, choices=Form)
    keywords = models.JSONField("主题词", default=list, blank=True)
    covers = models.CharField("所属期", max_length=12, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    body = models.TextField("正文")
    note = models.CharField("修改说明", max_length=300, blank=True)
    sha256 = models.CharField("正文哈希", max_length=64)
    online_at = models.DateTimeField("上网时间")

    class Meta:
        verbose_name = "版次"
        verbose_name_plural = "版次"
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 版）"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError("版次一经发布不可更改：请发布新的版次")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("版次一经发布不可删除：请撤回文件")


class Withdrawal(models.Model):
    """A document was taken back, and why. The page stays and says so."""

    document = models.OneToOneField(
        "publishing.Document", on_delete=models.PROTECT, related_name="withdrawal", verbose_name="文件"
    )
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField("撤回理由", max_length=300)
    withdrawn_at = models.DateTimeField("撤回时间")

    class Meta:
        verbose_name = "撤回"
        verbose_name_plural = "撤回"

    def __str__(self) -> str:
        return f"{self.document} 已撤回"
