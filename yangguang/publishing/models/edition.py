"""Editions: what the public saw, fixed at the moment of publication."""

from django.db import models

from yangguang.directory.models import Unit
from yangguang.journal.models import Line
from yangguang.publishing import attachments
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models.interpretation import MaterialKind, Phase


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


class Concerns(models.TextChoices):
    """Whom a record is about, where the law may one day ask to take it down."""

    PERSON = "person", "个人"
    ENTERPRISE = "enterprise", "企业"


class Warrant(models.TextChoices):
    """On what an edition went online. Empty: the sample, or an import of what was published elsewhere."""

    REVIEWED = "reviewed", "经审核签发"
    FORCED = "forced", "未经审核直接发布"


class Facts(models.Model):
    """What a working copy and its editions both tell. All dates but the one of going online are the editor's.

    `expires_on` is the last day of the term. `issuers` names joint issuers in their order, the publishing
    unit among them; empty means the unit alone. `interpretation_due` is the last day by which interpretation
    (解读) is promised.
    """

    title = models.CharField("标题", max_length=300)
    form = models.CharField("形式", max_length=12, choices=Form, default=Form.DOCUMENT)
    topic = models.CharField("主题分类", max_length=40, blank=True)
    issuers = models.JSONField("发文机关", default=list, blank=True)
    keywords = models.JSONField("主题词", default=list, blank=True)
    covers = models.CharField(
        "所属期",
        max_length=12,
        blank=True,
        help_text="定期公开的内容写所属期：2017-08、2017Q3、2017H1 或 2017",
    )
    summary = models.CharField("内容概述", max_length=500, blank=True)
    basis = models.CharField("公开依据", max_length=300, blank=True)
    made_on = models.DateField("成文日期", null=True, blank=True)
    proclaimed_on = models.DateField("公布日期", null=True, blank=True)
    released_on = models.DateField("发布日期", null=True, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    body = models.TextField("正文", help_text="空一行分段")
    note = models.CharField("修改说明", max_length=300, blank=True, help_text="再次发布时必填，公众可见")
    attachments = models.JSONField("附件", default=list, blank=True)
    concerns = models.CharField(
        "涉及",
        max_length=12,
        choices=Concerns,
        blank=True,
        help_text="处罚、许可、名单等记录写明某个人或者某家企业的，请选：公开日志只留下加盐的承诺，"
        "依法撤下时可以删净。主题词会写进日志，不要写姓名、名称",
    )
    interpretation_due = models.DateField(
        "承诺解读日期",
        null=True,
        blank=True,
        help_text="解读随后发布的，写明哪一天以前；公众可见，逾期会标出",
    )
    interpretation_exemption = models.CharField(
        "不作解读的理由", max_length=300, blank=True, help_text="确实不需要解读的写明理由，公众可见"
    )

    class Meta:
        abstract = True

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The attachments, in order."""
        return attachments.read(self.attachments)


class Edition(Facts):
    """One published state of a document. Immutable: the public text is this, never the working copy.

    `checks` tells each step of its review as the journal does: step, role and unit, moment.
    """

    document = models.ForeignKey(
        "publishing.Document", on_delete=models.PROTECT, related_name="editions", verbose_name="文件"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="editions", verbose_name="发布单位", db_index=False
    )
    number = models.PositiveIntegerField("版次")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="edition", verbose_name="日志行")
    document_number = models.CharField("文号", max_length=80, blank=True)
    sha256 = models.CharField("正文哈希", max_length=64)
    online_at = models.DateTimeField("上网时间")
    warrant = models.CharField("凭什么发布", max_length=8, choices=Warrant, blank=True)
    warrant_reason = models.CharField("直接发布的理由", max_length=300, blank=True)
    checks = models.JSONField("审核经过", default=list, blank=True)
    interprets = models.ForeignKey(
        "publishing.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interpretations",
        verbose_name="解读的文件",
    )
    interpretation_kind = models.CharField("解读类别", max_length=8, choices=MaterialKind, blank=True)
    interpretation_phase = models.CharField("解读时间", max_length=8, choices=Phase, blank=True)
    link = models.URLField("网址", max_length=300, blank=True)

    class Meta:
        verbose_name = "版次"
        verbose_name_plural = "版次"
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="edition_number_once")]
        # The public list walks one of these from its newest end and stops after a page (decision 0009).
        indexes = [
            models.Index(fields=["-online_at", "-id"], name="edition_newest"),
            models.Index(fields=["unit", "-online_at", "-id"], name="edition_by_unit"),
            models.Index(fields=["topic", "-online_at", "-id"], name="edition_by_topic"),
            models.Index(fields=["form", "-online_at", "-id"], name="edition_by_form"),
            models.Index(
                fields=["warrant", "-id"], name="edition_forced", condition=models.Q(warrant="forced")
            ),
            models.Index(
                fields=["expires_on"], name="edition_terms", condition=models.Q(expires_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 版）"

    def get_absolute_url(self) -> str:
        """The permanent address. Reads the document."""
        return f"/documents/{self.document.index_no}/v/{self.number}/"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError("版次一经发布不可更改：请发布新的版次")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("版次一经发布不可删除：请撤回文件")


class Salt(models.Model):
    """What keeps a commitment in the public log from being guessed; deleted with what it hides."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, related_name="salt", verbose_name="版次"
    )
    value = models.BinaryField("盐值", max_length=32)

    class Meta:
        verbose_name = "盐值"
        verbose_name_plural = "盐值"

    def __str__(self) -> str:
        return f"{self.edition_id}"


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
