"""The review of what is to be published: who sent what, who took which step, and drafts being worked on."""

from django.conf import settings
from django.db import models

from yangguang.directory.models import Unit
from yangguang.publishing.models.edition import Edition
from yangguang.rules import four_eyes


class Review(models.Model):
    """One sending for review: a document, with the interpretation that goes live together with it.

    `authors` are all who wrote at it since the last edition: they take no step. `findings` are the
    scanner's (masked); `reason` is what the sender signed for those that ask for one. `ended_at` is when
    it was released, returned, recalled or overtaken; `problem` is why a scheduled release failed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reviews", verbose_name="单位")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="送审人"
    )
    sent_at = models.DateTimeField("送审时间")
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name="起草人")
    findings = models.JSONField("检查结果", default=list)
    reason = models.CharField("说明", max_length=300, blank=True)
    release_at = models.DateTimeField("定时发布", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    problem = models.CharField("没有发出的原因", max_length=500, blank=True)

    class Meta:
        verbose_name = "送审"
        verbose_name_plural = "送审"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["unit", "sent_at"], name="review_open", condition=models.Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"送审 {self.pk}"


class ReviewEntry(models.Model):
    """A document in a review, by the SHA-256 of exactly the content reviewed; and the edition it became."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="entries")
    document = models.ForeignKey(
        "publishing.Document", on_delete=models.CASCADE, related_name="review_entries", verbose_name="文件"
    )
    content = models.CharField("内容哈希", max_length=64)
    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="review_entry"
    )

    class Meta:
        verbose_name = "送审的文件"
        verbose_name_plural = "送审的文件"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "document"], name="review_entry_once")]

    def __str__(self) -> str:
        return f"{self.review}：{self.document}"


class ReviewStep(models.Model):
    """Somebody approved, returned or recalled."""

    class Kind(models.TextChoices):
        UNIT = four_eyes.Step.UNIT.value, "单位审核"
        SECRECY = four_eyes.Step.SECRECY.value, "保密审查"
        SIGN = four_eyes.Step.SIGN.value, "签发"
        RETURN = "return", "退回"
        RECALL = "recall", "收回"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("步骤", max_length=8, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间")
    reason = models.CharField("意见", max_length=300, blank=True)

    class Meta:
        verbose_name = "审核步骤"
        verbose_name_plural = "审核步骤"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "kind"], name="review_step_once")]

    def __str__(self) -> str:
        return f"{self.review}：{self.get_kind_display()}"


class DraftLock(models.Model):
    """Somebody has the working copy open; nobody else saves until it expires or is given back."""

    document = models.OneToOneField(
        "publishing.Document", on_delete=models.CASCADE, related_name="draft_lock", verbose_name="文件"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="编辑人"
    )
    until = models.DateTimeField("锁定至")

    class Meta:
        verbose_name = "编辑锁"
        verbose_name_plural = "编辑锁"

    def __str__(self) -> str:
        return f"{self.document}：{self.by}"


class DraftCopy(models.Model):
    """What somebody has typed and not saved yet: kept aside, read by nobody but them."""

    document = models.ForeignKey(
        "publishing.Document", on_delete=models.CASCADE, related_name="draft_copies", verbose_name="文件"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="编辑人"
    )
    typed = models.JSONField("内容")
    saved_at = models.DateTimeField("自动保存时间")

    class Meta:
        verbose_name = "自动保存"
        verbose_name_plural = "自动保存"
        constraints = [models.UniqueConstraint(fields=["document", "by"], name="draft_copy_once")]

    def __str__(self) -> str:
        return f"{self.document}：{self.by}"
