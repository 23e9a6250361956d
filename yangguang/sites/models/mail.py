"""Who wants mail about new publications, and about what. An address is kept only while it is wanted."""

from django.db import models
from django.db.models.functions import Lower

from yangguang.directory.models import Unit
from yangguang.sites.models.column import Column


class Subscriber(models.Model):
    """An e-mail address. It counts once its owner has opened the link in the first mail.

    `secret` stands in the links of every mail; who leaves is deleted, with the address.
    """

    class Often(models.TextChoices):
        DAILY = "daily", "每天一次"
        WEEKLY = "weekly", "每周一次"

    email = models.EmailField("邮箱", max_length=254)
    secret = models.CharField("链接密钥", max_length=64, unique=True)
    often = models.CharField("频次", max_length=8, choices=Often, default=Often.DAILY)
    asked_at = models.DateTimeField("申请时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    told_until = models.DateTimeField("已告知到", null=True, blank=True)
    tried_at = models.DateTimeField("上次寄送", null=True, blank=True)

    class Meta:
        verbose_name = "邮件订阅人"
        verbose_name_plural = "邮件订阅人"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="subscriber_email_once")]

    def __str__(self) -> str:
        """Never the address: this text may reach a log."""
        return f"订阅人 {self.pk}"


class Subscription(models.Model):
    """What a subscriber wants: one column, one unit, one topic, or whatever a search finds."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions", verbose_name="订阅人"
    )
    column = models.ForeignKey(
        Column, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="栏目"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    topic = models.CharField("主题分类", max_length=40, blank=True)
    query = models.CharField("搜索词", max_length=100, blank=True)
    wanted_at = models.DateTimeField("申请时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "邮件订阅"
        verbose_name_plural = "邮件订阅"
        ordering = ["pk"]

    def __str__(self) -> str:
        if self.column is not None:
            return f"{self.column.site.name} · {self.column.name}"
        if self.unit is not None:
            return self.unit.name
        if self.topic:
            return f"主题：{self.topic}"
        return f"搜索：{self.query}" if self.query else "全部新公开的内容"
