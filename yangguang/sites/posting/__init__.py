"""The platforms to which posts go: one adapter each, one step a call. When to try again is the outbox's business."""

from django.conf import settings

from yangguang.sites.models import Channel
from yangguang.sites.posting import wechat, weibo

Account = weibo.Account | wechat.Account


def accounts() -> dict[str, Account]:
    """The account of each channel, from the settings. One that is not set up (`is_ready`) is never spoken to."""
    return {
        Channel.WEIBO: weibo.Account(**settings.POSTING[Channel.WEIBO]),
        Channel.WECHAT: wechat.Account(**settings.POSTING[Channel.WECHAT]),
    }
