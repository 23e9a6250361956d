"""The working copy of a document, as its editor sees it."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin

from yangguang.directory import clock
from yangguang.directory.models import Person, Unit
from yangguang.publishing.actions import editions
from yangguang.publishing.models.edition import Edition, Facts
from yangguang.rules import document_dates


class Openness(models.TextChoices):
    """公开属性: decided when a document is drafted (国办发〔2016〕80号)."""

    ACTIVE = "active", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    NONE = "none", "不予公开"


class Ground(models.TextChoices):
    """Why a document is not published of our own accord: 政府信息公开条例 (国务院令第711号, 2019)."""

    SECRET = "14-secret", "第十四条：依法确定为国家秘密"
    LAW = "14-law", "第十四条：法律、行政法规禁止公开"
    SAFETY = "14-safety", "第十四条：公开后可能危及国家安全、公共安全、经济安全、社会稳定"
    THIRD_PARTY = "15", "第十五条：涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害"
    INTERNAL = "16-internal", "第十六条第一款：内部事务信息（人事管理、后勤管理、内部工作流程等）"
    PROCESS = "16-process", "第十六条第二款：过程性信息（讨论记录、过程稿、磋商信函、请示报告等）"
    CASE_FILE = "16-case", "第十六条第二款：行政执法案卷信息"
    ON_REQUEST = "27", "第二十七条：不属于主动公开范围，可以依申请获取"


class DocumentQuerySet(models.QuerySet["Document"]):
    def public(self) -> "DocumentQuerySet":
        """Those that the public can open: with an edition. Withdrawn ones keep their place."""
        return self.filter(Exists(Edition.objects.filter(document=OuterRef("pk"))))

    def in_force(self) -> "DocumentQuerySet":
        return self.public().filter(withdrawal__isnull=True)


class Document(DraftStateMixin, LockableMixin, RevisionMixin, Facts):
    """A text that a unit publishes. What the public reads are its editions."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", verbose_name="发布单位"
    )
    index_no = models.CharField("索引号", max_length=100, unique=True, editable=False)
    number = models.CharField("文号", max_length=80, blank=True)
    openness = models.CharField("公开属性", max_length=12, choices=Openness, default=Openness.ACTIVE)
    openness_ground = models.CharField("不主动公开的依据", max_length=12, choices=Ground, blank=True)
    is_sample = models.BooleanField("示例", default=False, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(openness=Openness.ACTIVE) | ~Q(openness_ground=""),
                name="document_closed_with_ground",
                violation_error_message="不主动公开的文件须选法定依据（政府信息公开条例第十四条至第十六条）。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/documents/{self.index_no}/"

    @property
    def edition(self) -> Edition | None:
        """What the public reads now: the newest edition."""
        return self.editions.order_by("number").last()

    def clean(self) -> None:
        """Refuse dates in an impossible order, and anything but 主动公开 without its ground in law."""
        problems: dict[str, list[str]] = {}
        for name, sentence in document_dates.disorder(vars(self)):
            problems.setdefault(name, []).append(sentence)
        if self.openness != Openness.ACTIVE and not self.openness_ground:
            problems["openness_ground"] = [
                f"公开属性选“{self.get_openness_display()}”时，依据必选：条例第十四条至第十六条或第二十七条。"
            ]
        if problems:
            raise ValidationError(problems)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new document its index number, in the same transaction."""
        with transaction.atomic():
            if not self.index_no:
                self.index_no = IndexSeries.next_number(unit=self.unit, year=clock.today().year)
            super().save(*args, **kwargs)

    def publish(self, revision: Revision, user: Person | None = None, **options: Any) -> None:
        """Wagtail's door (editor, scheduled command, workflow): one transaction with the edition."""
        with transaction.atomic():
            super().publish(revision, user=user, **options)
            self.refresh_from_db()
            if self.live:
                editions.issue(document=self, by=user, now=clock.now())

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Wagtail's silent unpublish is not open to us: the public is owed a reason."""
        raise TypeError("撤回须写明理由：请用 publishing.actions.documents.withdraw")


class IndexSeries(models.Model):
    """The last index number given in a unit and year, so that none is given twice."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="index_series_once")]

    def __str__(self) -> str:
        return f"{self.unit.slug}-{self.year}-{self.last:05d}"

    @classmethod
    def next_number(cls, *, unit: Unit, year: int) -> str:
        """Take the next number, inside the caller's transaction: `fagaiwei-2017-00012`."""
        return cls.next_numbers(unit=unit, year=year, count=1)[0]

    @classmethod
    def next_numbers(cls, *, unit: Unit, year: int, count: int) -> list[str]:
        """Take the next `count` numbers."""
        series, _ = cls.objects.select_for_update().get_or_create(unit=unit, year=year)
        first = series.last + 1
        series.last += count
        series.save()
        return [f"{unit.slug}-{year}-{number:05d}" for number in range(first, first + count)]

    @classmethod
    def pass_over(cls, *, unit: Unit, index_no: str) -> None:
        """A document brought this number along: where it looks like one of ours, never give it again."""
        found = re.fullmatch(rf"{re.escape(unit.slug)}-(\d{{4}})-(\d{{1,9}})", index_no)
        if found:
            series, _ = cls.objects.select_for_update().get_or_create(unit=unit, year=int(found[1]))
            series.last = max(series.last, int(found[2]))
            series.save()
