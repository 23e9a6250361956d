"""A reader's report of an error on a page (我为政府网站找错)."""

from django.db import models
from django.db.models import Q

from yangguang.directory.models import Person
from yangguang.sites.models.site import Site


class Correction(models.Model):
    """What a reader reported, and the answer. The reference number is known to the reader only.

    `contact` is personal: it is shown on the desk to who answers, and nowhere else.
    """

    class Kind(models.TextChoices):
        CANNOT_OPEN = "cannot_open", "页面打不开"
        LINK = "link", "链接错误"
        MISPRINT = "misprint", "错别字"
        CONTENT = "content", "内容不准确"
        STALE = "stale", "内容更新不及时"
        OTHER = "other", "其他"

    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="站点"
    )
    reference = models.CharField("编号", max_length=30, unique=True)
    url = models.CharField("出错的页面", max_length=500)
    kind = models.CharField("问题类型", max_length=12, choices=Kind)
    text = models.TextField("问题描述", max_length=2000)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    filed_at = models.DateTimeField("提交时间")
    answer = models.TextField("办理结果", max_length=2000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )

    class Meta:
        verbose_name = "找错留言"
        verbose_name_plural = "找错留言"
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="correction_answered_with_text",
            )
        ]

    def __str__(self) -> str:
        return self.reference
