"""Issues of the gazette and what stands in them."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from yangguang.journal.models import Line
from yangguang.publishing.models import Edition

FIRST_YEAR, LAST_YEAR = 1949, 2099
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
NUMBERS = [MinValueValidator(1), MaxValueValidator(999)]


class Fixed(TypeError):
    """Something that was issued was to be changed."""


class IssueQuerySet(models.QuerySet["Issue"]):
    def issued(self) -> "IssueQuerySet":
        return self.filter(line__isnull=False)

    def in_preparation(self) -> "IssueQuerySet":
        return self.filter(line__isnull=True)


class Issue(models.Model):
    """One issue. Until it has its journal line it is in preparation; from then on it never changes.

    The three hashes name the compiled files in `warehouse.store`.
    """

    year = models.PositiveSmallIntegerField("年份", validators=YEARS)
    number = models.PositiveSmallIntegerField("期号", validators=NUMBERS)
    title = models.CharField("刊名", max_length=60, default="政府公报")
    publisher = models.CharField("编印单位", max_length=80, blank=True)
    is_sample = models.BooleanField("示例", default=False, editable=False)
    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, editable=False, related_name="gazette_issue"
    )
    issued_at = models.DateTimeField("出版时间", null=True, editable=False)
    page_count = models.PositiveIntegerField("页数", default=0, editable=False)
    html_sha256 = models.CharField("网页版哈希", max_length=64, blank=True, editable=False)
    pdf_sha256 = models.CharField("PDF 哈希", max_length=64, blank=True, editable=False)
    epub_sha256 = models.CharField("EPUB 哈希", max_length=64, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = "公报"
        verbose_name_plural = "公报"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="gazette_issue_once",
                violation_error_message="这一年已经有这一期：请换一个期号。",
            ),
            models.CheckConstraint(
                condition=Q(line__isnull=True) | ~(Q(html_sha256="") | Q(pdf_sha256="") | Q(epub_sha256="")),
                name="gazette_issued_with_files",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.year}年第{self.number}期"

    def get_absolute_url(self) -> str:
        return f"/gazette/{self.year}/{self.number}/"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to change what was issued."""
        if self.pk and Issue.objects.issued().filter(pk=self.pk).exists():
            raise Fixed("公报一经出版不可更改：有错请在下一期刊登更正")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.line_id is not None:
            raise Fixed("公报一经出版不可删除")
        return super().delete(*args, **kwargs)


class Entry(models.Model):
    """An edition in an issue: the edition, never the document, so that the text is fixed."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="entries", verbose_name="公报")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="gazette_entries", verbose_name="版次"
    )
    position = models.PositiveSmallIntegerField("次序")
    section = models.CharField("栏目", max_length=40)
    page_from = models.PositiveIntegerField("起始页", null=True, editable=False)

    class Meta:
        verbose_name = "公报篇目"
        verbose_name_plural = "公报篇目"
        ordering = ["issue", "position"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "edition"], name="gazette_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition.title}（{self.issue}）"

    def get_absolute_url(self) -> str:
        """The place in the issue. Reads the issue."""
        return f"{self.issue.get_absolute_url()}{self.position}/"
