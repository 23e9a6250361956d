"""A register (清单、台账、名录): what its table looks like, and who keeps it."""

from functools import cached_property

from django.db import models

from yangguang.directory.models import Unit
from yangguang.rules.tables.schema import Descriptor, read


class Kind(models.TextChoices):
    """What a register holds; also the form of its publications (the plan's words: `rules.cadence`)."""

    LIST = "list", "清单、目录"
    SERIES = "series", "统计数据"
    CASES = "cases", "案件、决定、名录"
    PROJECT = "project", "项目进展"


class Register(models.Model):
    """A table that a unit keeps in public. What the public reads are its versions.

    `descriptor` is the schema with all that is known of the register (`rules.tables.schema`); each version
    keeps the one that it was checked against.
    """

    slug = models.SlugField("网址名", max_length=100, unique=True)
    title = models.CharField("名称", max_length=200)
    kind = models.CharField("类型", max_length=8, choices=Kind)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="registers", verbose_name="发布单位"
    )
    topic = models.CharField("主题分类", max_length=40, blank=True)
    cadence = models.CharField("更新周期", max_length=16)
    descriptor = models.JSONField("表结构")
    established_at = models.DateTimeField("建立时间")
    is_sample = models.BooleanField("示例", default=False, editable=False)

    class Meta:
        verbose_name = "清单"
        verbose_name_plural = "清单"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/data/{self.slug}/"

    @cached_property
    def described(self) -> Descriptor:
        """The descriptor as a value."""
        return read(self.descriptor)


class Remembered(models.Model):
    """How a person once matched the headings of a file to the columns of a register."""

    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="remembered", verbose_name="清单"
    )
    headings = models.CharField("表头指纹", max_length=64)
    choices = models.JSONField("对应关系")
    confirmed_at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = "记住的列对应"
        verbose_name_plural = "记住的列对应"
        constraints = [models.UniqueConstraint(fields=["register", "headings"], name="remembered_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.headings[:8]}"
