"""Interpretation material (解读): documents that explain a document."""

from django.db import models


class MaterialKind(models.TextChoices):
    TEXT = "text", "文字解读"
    QA = "qa", "问答"
    PICTURE = "picture", "图解"
    VIDEO = "video", "视频"
    EXPERT = "expert", "专家解读"
    PRESS = "press", "新闻发布会"


class Phase(models.TextChoices):
    """When it comes out, seen from its document."""

    BEFORE = "before", "发布前"
    WITH = "with", "同步"
    AFTER = "after", "发布后"


class Material(models.Model):
    """A document explains another one. What the public reads of this stands in its editions."""

    document = models.OneToOneField(
        "publishing.Document", on_delete=models.CASCADE, related_name="material", verbose_name="解读材料"
    )
    policy = models.ForeignKey(
        "publishing.Document", on_delete=models.PROTECT, related_name="materials", verbose_name="被解读的文件"
    )
    kind = models.CharField("类别", max_length=8, choices=MaterialKind, default=MaterialKind.TEXT)
    phase = models.CharField("时间", max_length=8, choices=Phase, default=Phase.WITH)
    link = models.URLField("视频或者实录网址", max_length=300, blank=True)

    class Meta:
        verbose_name = "解读材料"
        verbose_name_plural = "解读材料"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(document=models.F("policy")), name="material_explains_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}（{self.get_kind_display()}）"
