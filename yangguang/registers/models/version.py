"""Versions: a register's whole table as the public saw it from one moment on."""

from functools import cached_property

from django.conf import settings
from django.db import models

from yangguang.journal.models import Line
from yangguang.registers.models.register import Register
from yangguang.rules.tables.schema import Descriptor, read


class Warrant(models.TextChoices):
    """On what a version went online. Empty: the sample."""

    REVIEWED = "reviewed", "经审核签发"
    TOKEN = "token", "接口推送（经授权）"
    FORCED = "forced", "未经审核直接发布"
    TAKEN_OFF = "taken_off", "依法撤下数据行"


class Version(models.Model):
    """One published state of a register. Immutable, but for the rows that the law takes off it.

    `sha256` is the Parquet file as published, which the journal holds; `served` the one that readers get:
    the same, unless rows were taken off (`Takedown`). `reporting` is the file of the columns that are
    reported and never public, empty where there are none. `facts` tells of every column how many cells
    are filled, how many values differ, the least and the greatest. `checks` tells each step of its review.
    """

    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="versions", verbose_name="清单"
    )
    number = models.PositiveIntegerField("版次")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="version", verbose_name="日志行")
    title = models.CharField("标题", max_length=300)
    period = models.CharField("所属期", max_length=12, blank=True)
    made_on = models.DateField("形成日期", null=True, blank=True)
    descriptor = models.JSONField("表结构")
    sha256 = models.CharField("数据哈希", max_length=64)
    served = models.CharField("对外提供的数据哈希", max_length=64)
    reporting = models.CharField("报送列的数据哈希", max_length=64, blank=True)
    rows = models.PositiveBigIntegerField("行数")
    size = models.PositiveBigIntegerField("字节数")
    facts = models.JSONField("各列概况", default=list)
    counted = models.JSONField("数量核对", null=True, blank=True)
    note = models.CharField("更新说明", max_length=300, blank=True)
    online_at = models.DateTimeField("上网时间")
    warrant = models.CharField("凭什么发布", max_length=10, choices=Warrant, blank=True)
    warrant_reason = models.CharField("理由", max_length=300, blank=True)
    checks = models.JSONField("审核经过", default=list, blank=True)

    class Meta:
        verbose_name = "数据版次"
        verbose_name_plural = "数据版次"
        ordering = ["register", "number"]
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="version_number_once")]
        indexes = [models.Index(fields=["-online_at", "-id"], name="version_newest")]

    def __str__(self) -> str:
        return f"{self.title}（第 {self.number} 版）"

    def get_absolute_url(self) -> str:
        """The permanent address. Reads the register."""
        return f"/data/{self.register.slug}/v/{self.number}/"

    @cached_property
    def described(self) -> Descriptor:
        """The descriptor that this version was checked against, as a value."""
        return read(self.descriptor)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("数据版次一经发布不可删除：依法须撤下的数据行，请用“撤下数据行”")


class File(models.Model):
    """A file made of a version for downloading. Derived: it can be made again, the same byte for byte."""

    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="files", verbose_name="数据版次"
    )
    format = models.CharField("格式", max_length=12)
    sha256 = models.CharField("哈希", max_length=64)
    size = models.PositiveBigIntegerField("字节数")

    class Meta:
        verbose_name = "下载文件"
        verbose_name_plural = "下载文件"
        ordering = ["version", "format"]
        constraints = [models.UniqueConstraint(fields=["version", "format"], name="file_format_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.format}"


class Takedown(models.Model):
    """A row that the law takes off the register, from all of its versions; the reason stays.

    Penalties that were revoked or changed come off within three working days (行政处罚法 2021 第四十八条).
    `key` is the row's primary key in canonical text; no page shows it. `salt` opens the journal's commitment
    to it. `served` holds, by number of version, the file without the row.
    """

    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="takedowns", verbose_name="清单"
    )
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="takedown")
    key = models.JSONField("主键")
    salt = models.BinaryField("盐值", max_length=32, default=bytes)
    served = models.JSONField("撤下以后的数据哈希", default=dict)
    reason = models.CharField("撤下理由", max_length=300)
    ground = models.CharField("法律依据", max_length=200)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    taken_off_at = models.DateTimeField("撤下时间")

    class Meta:
        verbose_name = "撤下的数据行"
        verbose_name_plural = "撤下的数据行"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register} {self.key}"


class TakedownRequest(models.Model):
    """Somebody asks that the law takes a row off; a second person agrees, or says why not.

    `key` is emptied once that is decided: a row that stays needs no second record, one that went has its own.
    """

    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="takedown_requests", verbose_name="清单"
    )
    key = models.JSONField("主键")
    reason = models.CharField("撤下理由", max_length=300)
    ground = models.CharField("法律依据", max_length=200)
    decided_on = models.DateField("原决定日期", null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="申请人"
    )
    asked_at = models.DateTimeField("申请时间")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="决定人",
    )
    ended_at = models.DateTimeField("决定时间", null=True, blank=True)
    refusal = models.CharField("不撤下的理由", max_length=300, blank=True)
    takedown = models.OneToOneField(
        Takedown, on_delete=models.PROTECT, null=True, blank=True, related_name="request"
    )

    class Meta:
        verbose_name = "撤下数据行的申请"
        verbose_name_plural = "撤下数据行的申请"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register}：{self.reason}"
