"""The outbox: what is to be said on 微信 and 微博 of what was published."""

from django.db import models
from django.db.models import Q

from yangguang.directory.models import Person
from yangguang.publishing.models import Edition
from yangguang.sites.models.site import Site


class Channel(models.TextChoices):
    WEIBO = "weibo", "微博"
    WECHAT = "wechat", "微信公众号"


class Post(models.Model):
    """One text for one channel. Prepared by rule, sent only after somebody has confirmed its words.

    Where it stands follows from the facts (`state`). `draft_id` and `task_id` are the platform's numbers of
    the steps taken so far, kept before the next one is taken, so that nothing is said twice.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", "待确认"
        CONFIRMED = "confirmed", "待发送"
        WAITING = "waiting", "等待重试"
        REFUSED = "refused", "被拒绝"
        SENT = "sent", "已发送"
        DROPPED = "dropped", "不发"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="posts", verbose_name="站点")
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="posts", verbose_name="内容")
    title = models.CharField("标题", max_length=200, blank=True)
    text = models.TextField("文字")
    link = models.CharField("链接", max_length=300)
    prepared_at = models.DateTimeField("备稿时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    dropped_at = models.DateTimeField("不发时间", null=True, blank=True)
    tries = models.PositiveIntegerField("已尝试次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", null=True, blank=True)
    problem = models.CharField("最近一次的问题", max_length=300, blank=True)
    draft_id = models.CharField("对方的草稿编号", max_length=128, blank=True)
    task_id = models.CharField("对方的发布任务编号", max_length=128, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    remote_id = models.CharField("对方编号", max_length=100, blank=True)

    class Meta:
        verbose_name = "推送"
        verbose_name_plural = "推送"
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["site", "channel", "edition"], name="post_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(confirmed_at__isnull=False), name="post_sent_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.title or self.text[:20]}"

    @property
    def state(self) -> "Post.State":
        if self.sent_at:
            return Post.State.SENT
        if self.dropped_at:
            return Post.State.DROPPED
        if not self.confirmed_at:
            return Post.State.REFUSED if self.problem else Post.State.PREPARED
        return Post.State.WAITING if self.next_try_at else Post.State.CONFIRMED
