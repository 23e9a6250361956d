"""Historic issues: scanned pages, what the machine read on them, and who corrected it."""

from django.conf import settings
from django.db import models

from yangguang.gazette.models.issue import NUMBERS, YEARS
from yangguang.journal.models import Line


class ScannedIssueQuerySet(models.QuerySet["ScannedIssue"]):
    def online(self) -> "ScannedIssueQuerySet":
        return self.filter(line__isnull=False)


class ScannedIssue(models.Model):
    """A printed issue of the past. Its text helps to find; the page images are what counts."""

    year = models.PositiveSmallIntegerField("年份", validators=YEARS)
    number = models.PositiveSmallIntegerField("期号", validators=NUMBERS)
    title = models.CharField("刊名", max_length=60, default="政府公报")
    is_sample = models.BooleanField("示例", default=False, editable=False)
    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, editable=False, related_name="scanned_issue"
    )
    online_at = models.DateTimeField("上网时间", null=True, editable=False)

    objects = ScannedIssueQuerySet.as_manager()

    class Meta:
        verbose_name = "历史公报"
        verbose_name_plural = "历史公报"
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="gazette_scanned_once")]

    def __str__(self) -> str:
        return f"{self.title}{self.year}年第{self.number}期"

    def get_absolute_url(self) -> str:
        return f"/gazette/{self.year}/{self.number}/"


class ScannedFile(models.Model):
    """A file that pages were read from, so that a second run knows what is done.

    `problem` says why a file could not be read, or which of its pages; empty means all is well.
    """

    issue = models.ForeignKey(
        ScannedIssue, on_delete=models.CASCADE, related_name="files", verbose_name="公报"
    )
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("哈希", max_length=64)
    first_page = models.PositiveIntegerField("首页页码")
    page_count = models.PositiveIntegerField("页数")
    problem = models.CharField("问题", max_length=300, blank=True)

    class Meta:
        verbose_name = "扫描文件"
        verbose_name_plural = "扫描文件"
        ordering = ["issue", "first_page"]
        constraints = [models.UniqueConstraint(fields=["issue", "sha256"], name="gazette_scan_file_once")]

    def __str__(self) -> str:
        return self.name


class ScannedPage(models.Model):
    """A page: its image in the store, the lines that the machine read, the text as it stands now.

    `lines` never change: each is {"text", "box": [left, top, right, bottom] in pixels of the image,
    "confidence": 0–1, "doubtful": [[from, to], …]} in reading order. `text` is official text; a person may
    correct it, and each earlier text stays in a `Correction`.
    """

    issue = models.ForeignKey(
        ScannedIssue, on_delete=models.CASCADE, related_name="pages", verbose_name="公报"
    )
    number = models.PositiveIntegerField("页码")
    image_sha256 = models.CharField("图像哈希", max_length=64)
    width = models.PositiveIntegerField("图像宽")
    height = models.PositiveIntegerField("图像高")
    lines = models.JSONField("机读行", default=list)
    text = models.TextField("文字", blank=True)
    confidence = models.FloatField("置信度")
    read_at = models.DateTimeField("识读时间")

    class Meta:
        verbose_name = "历史公报页"
        verbose_name_plural = "历史公报页"
        ordering = ["issue", "number"]
        constraints = [models.UniqueConstraint(fields=["issue", "number"], name="gazette_page_once")]

    def __str__(self) -> str:
        return f"{self.issue}第{self.number}页"

    def get_absolute_url(self) -> str:
        """Reads the issue."""
        return f"{self.issue.get_absolute_url()}p{self.number}/"


class Correction(models.Model):
    """Somebody corrected a page's text. The text before it is kept; `line` tells it where the page was online."""

    page = models.ForeignKey(
        ScannedPage, on_delete=models.CASCADE, related_name="corrections", verbose_name="页"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="校对人"
    )
    at = models.DateTimeField("校对时间")
    before = models.TextField("原文字")
    line = models.OneToOneField(
        Line, on_delete=models.PROTECT, null=True, related_name="gazette_correction", verbose_name="日志行"
    )

    class Meta:
        verbose_name = "校对"
        verbose_name_plural = "校对"
        ordering = ["page", "-pk"]

    def __str__(self) -> str:
        return f"{self.page} {self.at:%Y-%m-%d}"
