"""Write and send the mails to subscribers, over the mail server of the settings."""

import datetime as dt
import hashlib
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.models import Edition
from yangguang.sites.models import Subscriber, Subscription

SHOWN = 30

MailProblem = (smtplib.SMTPException, OSError)
"""What sending can raise. Neither text nor traceback of it is logged: they may hold the address."""


def is_on() -> bool:
    return bool(settings.MAIL_HOST)


def leave_address(subscriber: Subscriber) -> str:
    return f"{settings.PUBLIC_ADDRESS}/subscribe/leave/{subscriber.secret}/"


def own_address(subscriber: Subscriber) -> str:
    return f"{settings.PUBLIC_ADDRESS}/subscribe/mine/{subscriber.secret}/"


def connection() -> BaseEmailBackend:
    return get_connection(fail_silently=False)


def asks(subscriber: Subscriber, wanted: Sequence[Subscription]) -> EmailMessage:
    """The first mail: nothing more comes unless its link is opened."""
    lines = [
        f"有人（多半是您）用这个邮箱向“{settings.WAGTAIL_SITE_NAME}”订阅：",
        "",
        *(f"  · {one}" for one in wanted),
        "",
        "确认请打开下面的链接，再按“确认订阅”：",
        own_address(subscriber),
        "",
        "不是您申请的，不用理会：七天内不确认，邮箱就从这里删去，不会再来信。",
    ]
    return _message(subscriber, "请确认您的邮件订阅", lines, f"ask {subscriber.asked_at.isoformat()}")


def digest(
    subscriber: Subscriber, found: Sequence[tuple[Subscription, Sequence[Edition]]], now: dt.datetime
) -> EmailMessage:
    """What is new since the last mail, under each subscription."""
    total = len({edition.pk for _, editions in found for edition in editions})
    lines: list[str] = []
    for subscription, editions in found:
        lines += [f"【{subscription}】", ""]
        for edition in editions[:SHOWN]:
            lines += [*_entry(edition), ""]
        if len(editions) > SHOWN:
            lines += [f"另有 {len(editions) - SHOWN} 项，请到网站上看。", ""]
    subject = f"{settings.WAGTAIL_SITE_NAME} {now.astimezone(SHANGHAI):%Y-%m-%d} 新公开 {total} 项"
    return _message(subscriber, subject, lines, f"digest {subscriber.told_until}")


def _entry(edition: Edition) -> list[str]:
    withdrawal = getattr(edition.document, "withdrawal", None)
    what = f"已撤回：{withdrawal.reason}" if withdrawal else "有修改" if edition.number > 1 else ""
    moment = withdrawal.withdrawn_at if withdrawal else edition.online_at
    return [
        f"· {edition.title}{f'（{what}）' if what else ''}",
        f"  {edition.unit.name}　{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        f"  {settings.PUBLIC_ADDRESS}{edition.document.get_absolute_url()}",
    ]


def _message(subscriber: Subscriber, subject: str, lines: list[str], occasion: str) -> EmailMessage:
    """One-click leave as RFC 8058 has it. The Message-ID is the same for the same mail, tried again."""
    mark = hashlib.sha256(f"{subscriber.secret} {occasion}".encode()).hexdigest()[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    foot = ["--", f"管理或退订：{own_address(subscriber)}"]
    return EmailMessage(
        subject,
        "\n".join([*lines, *foot]) + "\n",
        to=[subscriber.email],
        headers={
            "List-Unsubscribe": f"<{leave_address(subscriber)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{mark}@{host}>",
        },
    )
