"""The working copy of a document, as its editor sees it."""

from typing import Any

from django.db import models, transaction
from wagtail.models import DraftStateMixin, LockableMixin, Revision, RevisionMixin

from yangguang.directory import clock
from yangguang.directory.models import Person, Unit
from yangguang.publishing.actions import editions
from yangguang.publishing.models.edition import Edition, Form


class DocumentQuerySet(models.QuerySet["Document"]):
    def public(self) -> "DocumentQuerySet":
        """Those that the public can open: with an edition. Withdrawn ones keep their place."""
        return self.filter(editions__isnull=False).distinct()

    def in_force(self) -> "DocumentQuerySet":
        return self.public().filter(withdrawal__isnull=True)


class Document(DraftStateMixin, LockableMixin, RevisionMixin, models.Model):
    """A text that a unit publishes. What the public reads are its editions."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="documents", verbose_name="发布单位"
    )
    index_no = models.CharField("索引号", max_length=100, unique=True, editable=False)
    title = models.CharField("标题", max_length=300)
    number = models.CharField("文号", max_length=80, blank=True)
    form = models.CharField("形式", max_length=12, choices=Form, default=Form.DOCUMENT)
    keywords = models.JSONField("主题词", default=list, blank=True)
    covers = models.CharField(
        "所属期",
        max_length=12,
        blank=True,
        help_text="定期公开的内容写所属期：2017-08、2017Q3、2017H1 或 2017",
    )
    made_on = models.DateField("成文日期", null=True, blank=True)
    body = models.TextField("正文", help_text="空一行分段")
    note = models.CharField("修改说明", max_length=300, blank=True, help_text="再次发布时必填，公众可见")
    is_sample = models.BooleanField("示例", default=False, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/documents/{self.index_no}/"

    @property
    def edition(self) -> Edition | None:
        """What the public reads now: the newest edition."""
        return self.editions.order_by("number").last()

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
        series, _ = cls.objects.select_for_update().get_or_create(unit=unit, year=year)
        series.last += 1
        series.save()
        return str(series)
