"""Acts on a document's standing in law, the lists that call for them, and requests to mark a document."""

from django.db import models
from django.db.models import Q

from yangguang.directory.models import Unit
from yangguang.journal.models import Line
from yangguang.rules.legal_status import Act, Kind


class StatusAct(models.Model):
    """A document was abolished, expired, amended, replaced or restored: a fact with its journal line.

    `effective_on` is the day from which it works. The successor and the source (the notice that says so)
    are documents here or, where they are not, titles.
    """

    class Verb(models.TextChoices):
        ABOLISH = Kind.ABOLISH.value, "废止"
        EXPIRE = Kind.EXPIRE.value, "失效"
        AMEND = Kind.AMEND.value, "修改"
        REPLACE = Kind.REPLACE.value, "被替代"
        RESTORE = Kind.RESTORE.value, "恢复有效"

    document = models.ForeignKey(
        "publishing.Document", on_delete=models.PROTECT, related_name="status_acts", verbose_name="文件"
    )
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="status_act")
    act = models.CharField("行为", max_length=12, choices=Verb)
    effective_on = models.DateField("生效日期")
    reason = models.CharField("理由", max_length=300)
    successor = models.ForeignKey(
        "publishing.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_as_successor",
        verbose_name="替代或修改它的文件",
    )
    successor_title = models.CharField("替代文件名称", max_length=300, blank=True)
    source = models.ForeignKey(
        "publishing.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acts_as_source",
        verbose_name="依据",
    )
    source_title = models.CharField("依据名称", max_length=300, blank=True)

    class Meta:
        verbose_name = "效力变动"
        verbose_name_plural = "效力变动"
        ordering = ["effective_on", "line"]
        indexes = [models.Index(fields=["document", "-effective_on"], name="status_act_by_document")]

    def __str__(self) -> str:
        return f"{self.document}：{self.get_act_display()}（{self.effective_on}）"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError("效力变动不可更改：请登记一次“恢复有效”或新的变动")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("效力变动不可删除：请登记一次“恢复有效”")

    def fact(self) -> Act:
        return Act(self.effective_on, self.line_id, Kind(self.act))


class Cleanup(models.Model):
    """A cleaning-up's result (清理结果): a list of documents that a unit decided upon on a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cleanups", verbose_name="清理单位")
    title = models.CharField("名称", max_length=300)
    number = models.CharField("文号", max_length=80, blank=True)
    decided_on = models.DateField("结果日期", help_text="废止或宣布失效之日：十个工作日的标注期限由此起算")
    notice = models.ForeignKey(
        "publishing.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cleanups",
        verbose_name="清理结果的文件",
    )
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="cleanup")
    file_name = models.CharField("来源", max_length=200, blank=True)
    sha256 = models.CharField("来源哈希", max_length=64)
    is_sample = models.BooleanField("示例", default=False, editable=False)

    class Meta:
        verbose_name = "清理结果"
        verbose_name_plural = "清理结果"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "sha256", "decided_on"], name="cleanup_list_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/cleanups/{self.pk}/"


class CleanupRow(models.Model):
    """One line of such a list, and the document that it was found or said to mean.

    `unit` answers for marking the document. `found` holds the candidates with their reasons as the matcher
    ranked them; `document` is what a person (or an exact match, where told so) confirmed.
    """

    class Verb(models.TextChoices):
        ABOLISH = Kind.ABOLISH.value, "废止"
        EXPIRE = Kind.EXPIRE.value, "失效"
        REPLACE = Kind.REPLACE.value, "被替代"
        AMEND = Kind.AMEND.value, "修改"
        KEEP = "keep", "继续有效"

    cleanup = models.ForeignKey(Cleanup, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField("序号")
    title = models.CharField("文件名称", max_length=300)
    number = models.CharField("文号", max_length=80, blank=True)
    verb = models.CharField("清理意见", max_length=12, choices=Verb, default=Verb.ABOLISH)
    reason = models.CharField("理由", max_length=300, blank=True)
    successor_title = models.CharField("替代文件", max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="cleanup_rows", verbose_name="责任单位"
    )
    found = models.JSONField("候选", default=list, blank=True)
    document = models.ForeignKey(
        "publishing.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cleanup_rows",
        verbose_name="对应文件",
    )
    act = models.OneToOneField(
        StatusAct, on_delete=models.PROTECT, null=True, blank=True, related_name="cleanup_row"
    )

    class Meta:
        verbose_name = "清理条目"
        verbose_name_plural = "清理条目"
        ordering = ["cleanup", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cleanup", "position"], name="cleanup_position_once"),
            models.CheckConstraint(
                condition=Q(act__isnull=True) | Q(document__isnull=False), name="cleanup_act_has_document"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MarkRequest(models.Model):
    """A unit asked the portal's manager to mark a document that the unit cannot mark itself (任务 5.8)."""

    row = models.OneToOneField(CleanupRow, on_delete=models.PROTECT, related_name="request")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mark_requests")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="mark_request")
    asked_at = models.DateTimeField("提请时间")

    class Meta:
        verbose_name = "提请标注"
        verbose_name_plural = "提请标注"

    def __str__(self) -> str:
        return f"{self.unit} 提请标注：{self.row}"


class TermWarning(models.Model):
    """The unit was told that a document's term is about to end: once for each term."""

    document = models.ForeignKey(
        "publishing.Document", on_delete=models.CASCADE, related_name="term_warnings"
    )
    expires_on = models.DateField("有效期至")
    told_at = models.DateTimeField("提醒时间")

    class Meta:
        verbose_name = "到期提醒"
        verbose_name_plural = "到期提醒"
        constraints = [models.UniqueConstraint(fields=["document", "expires_on"], name="term_warning_once")]

    def __str__(self) -> str:
        return f"{self.document} 有效期至 {self.expires_on}"
