"""The public append-only journal: one line an act."""

from django.db import models

from yangguang.rules.chain import Link


class Line(models.Model):
    """One act, as it was told to the public. Never changed, never deleted."""

    class Act(models.TextChoices):
        ADOPT = "adopt", "通过方案"
        PUBLISH = "publish", "发布"
        REVISE = "revise", "修改"
        WITHDRAW = "withdraw", "撤回"
        OCCASION = "occasion", "登记公开事由"
        ABOLISH = "abolish", "废止"
        EXPIRE = "expire", "失效"
        AMEND = "amend", "被修改"
        REPLACE = "replace", "被替代"
        RESTORE = "restore", "恢复有效"
        CLEANUP = "cleanup", "公布清理结果"
        ASK_TO_MARK = "ask_to_mark", "提请标注"
        ERASE = "erase", "删除涉及个人或者企业的内容"
        GAZETTE = "gazette", "出版公报"
        SCAN = "scan", "历史公报上网"
        PROOFREAD = "proofread", "校对历史公报"
        VERSION = "version", "发布数据"
        TAKE_OFF = "take_off", "撤下数据行"
        FEEDBACK = "feedback", "收到数据反馈"
        PASS_ON = "pass_on", "转办数据反馈"
        ANSWER = "answer", "答复数据反馈"
        BATCH = "batch", "制定开放批次"
        PLAN_DATA = "plan_data", "列入开放计划"
        MOVE_DATA = "move_data", "调整开放批次"
        DROP_DATA = "drop_data", "移出开放计划"

    seq = models.PositiveBigIntegerField("编号", primary_key=True)
    act = models.CharField("行为", max_length=12, choices=Act)
    at = models.DateTimeField("上网时间")
    body = models.TextField("内容")
    previous = models.CharField("前一行哈希", max_length=64)
    digest = models.CharField("哈希", max_length=64, unique=True)

    class Meta:
        verbose_name = "日志行"
        verbose_name_plural = "日志"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"#{self.seq} {self.get_act_display()}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Only `journal.actions.append` writes, and only new lines."""
        raise TypeError("日志只能追加：请用 journal.actions.append")

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("日志只能追加，不能删除")

    def link(self) -> Link:
        return Link(seq=self.seq, body=self.body, previous=self.previous, digest=self.digest)


class Head(models.Model):
    """The one row that appends lock: how long the journal is, and its last hash."""

    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    # The newest signed tree, kept here and in a file: either alone is enough to refuse a fork.
    signed_size = models.PositiveBigIntegerField(default=0)
    signed_root = models.CharField(max_length=64, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="journal_has_one_head")]

    def __str__(self) -> str:
        return f"{self.size} {self.digest[:12]}"


class Patrol(models.Model):
    """One round that compared everything public with its journal line, and what it found."""

    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间")
    checked = models.PositiveIntegerField("核对数")
    findings = models.JSONField("不符之处", default=list)

    class Meta:
        verbose_name = "巡查"
        verbose_name_plural = "巡查"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d} 核对 {self.checked} 项，不符 {len(self.findings)} 项"
