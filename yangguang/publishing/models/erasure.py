"""Taking a person's or an enterprise's record out for good: who asked, on what ground, who agreed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yangguang.journal.models import Line


class ErasureGround(models.TextChoices):
    """What in law asks for it."""

    PURPOSE_OVER = (
        "pipl-47",
        "个人信息保护法第四十七条：处理目的已实现、保存期限届满、撤回同意或者违法处理",
    )
    PENALTY_CHANGED = "penalty-48", "行政处罚法第四十八条：公开的处罚决定被变更、撤销、确认违法或者无效"
    THIRD_PARTY = "disclosure-15", "政府信息公开条例第十五条：商业秘密、个人隐私，公开会损害第三方"
    OTHER = "other", "其他法律、法规、规章（在说明里写明名称和条）"


class Erasure(models.Model):
    """One asking, and what became of it: open, turned down (`refusal`), or carried out (`line`).

    Whoever asked never decides. Ground and reason are public once it is carried out.
    """

    document = models.ForeignKey(
        "publishing.Document", on_delete=models.PROTECT, related_name="erasures", verbose_name="文件"
    )
    ground = models.CharField("法律依据", max_length=16, choices=ErasureGround)
    reason = models.CharField("说明", max_length=300)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="申请人"
    )
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="决定人",
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    refusal = models.CharField("不同意的理由", max_length=300, blank=True)
    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="erasure", verbose_name="日志行"
    )

    class Meta:
        verbose_name = "删除内容"
        verbose_name_plural = "删除内容"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(decided_at__isnull=True) | Q(line__isnull=False),
                name="erasure_once",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")) & Q(refusal="")),
                name="erasure_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"删除 {self.document_id} 的内容"
