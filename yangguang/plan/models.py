"""Plans as signed, and the obligations cut from them."""

from django.db import models

from yangguang.directory.models import Unit
from yangguang.journal.models import Line


class Plan(models.Model):
    """A signed plan (分工方案). Its content stands in versions: amending it keeps the old one."""

    slug = models.SlugField("网址名", max_length=60, unique=True)
    title = models.CharField("标题", max_length=300)
    number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("印发单位", max_length=120, blank=True)
    issued_on = models.DateField("印发日期")
    year = models.PositiveIntegerField("年度")

    class Meta:
        verbose_name = "分工方案"
        verbose_name_plural = "分工方案"
        ordering = ["-issued_on"]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """The plan as adopted on one day: its source text, areas, tasks and obligations."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions", verbose_name="分工方案")
    number = models.PositiveIntegerField("版次")
    adopted_on = models.DateField("通过日期")
    line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="plan_version")
    source_name = models.CharField("原文文件名", max_length=200)
    source_sha256 = models.CharField("原文哈希", max_length=64)
    notices = models.JSONField("识读说明", default=list, blank=True)
    note = models.CharField("修订说明", max_length=300, blank=True)
    defaults = models.JSONField("默认期限", default=dict, blank=True)

    class Meta:
        verbose_name = "方案版次"
        verbose_name_plural = "方案版次"
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return f"{self.plan.title}（第 {self.number} 版）"


class Area(models.Model):
    """A numbered heading of the plan (工作任务)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="areas")
    number = models.PositiveIntegerField("序号")
    name = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = "领域"
        verbose_name_plural = "领域"
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="area_number_once")]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """One row of the plan as printed. `code` is area.number ("2.7"); duties outside the table are "0.n"."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="tasks")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks")
    code = models.CharField("编号", max_length=16)
    position = models.PositiveIntegerField("顺序")
    printed_number = models.CharField("原文序号", max_length=16, blank=True)
    text = models.TextField("具体要求")
    units = models.ManyToManyField(Unit, related_name="tasks", verbose_name="牵头落实单位")
    leads_printed = models.CharField("原文单位", max_length=300, blank=True)
    lead_inherited = models.BooleanField("单位沿用上行", default=False)
    cadence = models.CharField("频次", max_length=16)
    cadences = models.JSONField("频次原文", default=list, blank=True)
    channels = models.JSONField("渠道", default=list, blank=True)
    form = models.CharField("形式", max_length=16)
    measures = models.JSONField("量化要求", default=list, blank=True)
    source = models.JSONField("原文位置", default=dict, blank=True)

    class Meta:
        verbose_name = "任务"
        verbose_name_plural = "任务"
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="task_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:30]}"

    def get_absolute_url(self) -> str:
        return f"/plan/{self.code}/"


class Obligation(models.Model):
    """One checkable duty (公开事项) cut from a task. `rule` is what the verdict is worked out from."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="obligations")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="obligations", verbose_name="任务")
    code = models.CharField("编号", max_length=16)
    position = models.PositiveIntegerField("顺序")
    title = models.CharField("公开事项", max_length=120)
    phrase = models.TextField("原文")
    units = models.ManyToManyField(Unit, related_name="obligations", verbose_name="责任单位")
    form = models.CharField("形式", max_length=16)
    cadence = models.CharField("频次", max_length=16)
    channels = models.JSONField("渠道", default=list, blank=True)
    rule = models.JSONField("判定规则")
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "公开事项"
        verbose_name_plural = "公开事项"
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="obligation_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return f"/obligations/{self.version.plan.slug}-{self.code}/"
