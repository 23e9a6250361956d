"""Plans on their way to adoption (an uploaded file, its rows as read and as corrected); wrong passwords."""

from django.conf import settings
from django.db import models

from yangguang.plan.models import Plan, PlanVersion


class PlanUpload(models.Model):
    """A plan's file, what it says of itself, and how far its review has come.

    `lines` holds every non-blank line of the source in order: {"text", "role", "place"}.
    """

    file_name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("原文件")
    sha256 = models.CharField("原文件哈希", max_length=64)
    lines = models.JSONField("原文各行", default=list)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    amends = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修订"
    )
    slug = models.SlugField("网址名", max_length=60)
    title = models.CharField("标题", max_length=300)
    number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("印发单位", max_length=120, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    year = models.PositiveIntegerField("年度", null=True, blank=True)
    note = models.CharField("修订说明", max_length=300, blank=True)
    adopted = models.OneToOneField(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="通过"
    )

    class Meta:
        verbose_name = "待通过的方案"
        verbose_name_plural = "待通过的方案"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or self.file_name


class UploadRow(models.Model):
    """One task of an uploaded plan.

    `printed` is what the file says (text, leads_printed, lead_inherited, printed_number, cadences, channels,
    measures, source); `read` what the reader proposes and `now` what stands after correction, both with
    the keys leads, cadence, form and obligations. `notices` are sentences about this row.
    """

    upload = models.ForeignKey(PlanUpload, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField("顺序")
    code = models.CharField("编号", max_length=16)
    area_number = models.PositiveIntegerField("领域序号", null=True, blank=True)
    area_name = models.CharField("领域", max_length=200, blank=True)
    printed = models.JSONField("原文")
    read = models.JSONField("识读")
    now = models.JSONField("现在")
    notices = models.JSONField("说明", default=list, blank=True)
    unplaced = models.JSONField("未归入的原文", default=list, blank=True)
    carried = models.BooleanField("沿用上一版", default=False)
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "方案行"
        verbose_name_plural = "方案行"
        ordering = ["upload", "position"]
        constraints = [models.UniqueConstraint(fields=["upload", "code"], name="upload_row_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.printed['text'][:30]}"

    @property
    def corrected(self) -> bool:
        return self.now != self.read

    @property
    def without_doubts(self) -> bool:
        """Nothing about this row asks for a person's eye."""
        return not self.notices and not self.unplaced


class FailedLogin(models.Model):
    """Somebody gave a wrong password. Kept for a day."""

    username = models.CharField("用户名", max_length=150)
    address = models.CharField("网络地址", max_length=45)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "登录失败"
        verbose_name_plural = "登录失败"
        indexes = [models.Index(fields=["address", "at"], name="failed_login_recent")]

    def __str__(self) -> str:
        return f"{self.username} {self.address}"
