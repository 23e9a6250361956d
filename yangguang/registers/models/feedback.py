"""What readers say about data: a table they want, an error in a row, what they made of the data."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from yangguang.directory.models import Person, Unit
from yangguang.journal.models import Line
from yangguang.registers.models.register import Register


class Feedback(models.Model):
    """One reader's word to the unit that keeps the data, and the answer. No account, no name.

    `reference` is known to the reader only, `pk` is the number that the public sees. `text` and `email` are
    the reader's: they are shown to who answers and to who has the reference. The public reads `summary` and
    `answer`, once there is an answer. `row` is the key of the row in canonical text, or `_id` with its number
    in that version. Without a unit the general office answers, or passes it on.
    """

    class Kind(models.TextChoices):
        REQUEST = "request", "申请开放数据"
        ERROR = "error", "报告数据差错"
        REUSE = "reuse", "展示数据应用"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "采纳"
        DECLINED = "declined", "不采纳"

    kind = models.CharField("类别", max_length=8, choices=Kind)
    reference = models.CharField("编号", max_length=30, unique=True)
    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, related_name="feedback", verbose_name="收到的日志行"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复单位"
    )
    register = models.ForeignKey(
        Register,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name="清单",
    )
    version = models.PositiveIntegerField("版次", default=0)
    row = models.JSONField("行", default=dict, blank=True)
    column = models.CharField("列", max_length=100, blank=True)
    title = models.CharField("名称", max_length=100, blank=True)
    url = models.URLField("网址", max_length=300, blank=True, validators=[URLValidator(["http", "https"])])
    text = models.TextField("来信", max_length=2000)
    email = models.EmailField("邮箱", max_length=254, blank=True)
    secret = models.CharField("链接密钥", max_length=64, unique=True)
    email_confirmed_at = models.DateTimeField("邮箱确认时间", null=True, blank=True)
    filed_at = models.DateTimeField("收到时间")
    workdays = models.PositiveSmallIntegerField("答复期限（工作日）")
    outcome = models.CharField("结果", max_length=8, choices=Outcome, blank=True)
    summary = models.TextField("公开的问题摘要", max_length=2000, blank=True)
    answer = models.TextField("答复", max_length=2000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answer_line = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, blank=True, related_name="feedback_answer"
    )
    is_sample = models.BooleanField("示例", default=False, editable=False)

    class Meta:
        verbose_name = "数据反馈"
        verbose_name_plural = "数据反馈"
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", summary="", outcome="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(summary="") & ~Q(outcome="")),
                name="feedback_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="request") | Q(register__isnull=False), name="feedback_about_a_register"
            ),
        ]
        indexes = [models.Index(fields=["answered_at"], name="feedback_open")]

    def __str__(self) -> str:
        return f"数据反馈第 {self.pk} 号"

    def get_absolute_url(self) -> str:
        """Where the public reads it, once it is answered."""
        return f"/data/feedback/{self.pk}/"

    @property
    def about(self) -> str:
        """What it is about: the table wanted, what was made, or the register (read with it)."""
        return self.title or (self.register.title if self.register else "")
