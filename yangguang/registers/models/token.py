"""Tokens: a unit's own system may push tables into one register."""

from django.conf import settings
from django.db import models

from yangguang.registers.models.register import Register


class Token(models.Model):
    """A standing permission to push into one register. Only its SHA-256 is kept.

    What is pushed waits for review like a file, unless a signer of the unit signed for the token once
    (decision record 0020): then what passes its checks goes online at once.
    """

    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="tokens", verbose_name="清单"
    )
    label = models.CharField("用途", max_length=80)
    digest = models.CharField("令牌哈希", max_length=64, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="建立人"
    )
    issued_at = models.DateTimeField("建立时间")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="授权人",
    )
    signed_at = models.DateTimeField("授权免审时间", null=True, blank=True)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)
    used_at = models.DateTimeField("最近使用", null=True, blank=True)

    class Meta:
        verbose_name = "接口令牌"
        verbose_name_plural = "接口令牌"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.register}：{self.label}"
