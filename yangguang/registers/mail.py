"""The mails about feedback on data: a receipt that asks whether the answer may be mailed, and the answer.

Nothing that a reader wrote is mailed anywhere: an address that is not theirs would get it.
"""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from yangguang.registers.models import Feedback

log = logging.getLogger(__name__)


def is_on() -> bool:
    return bool(settings.MAIL_HOST)


def receipt(one: Feedback) -> EmailMessage:
    """The first mail; the second comes only to who opened its link."""
    lines = [
        f"有人（多半是您）在“{settings.WAGTAIL_SITE_NAME}”提交了一件数据反馈，留了这个邮箱。",
        "",
        f"编号：{one.reference}",
        f"查办理结果：{settings.PUBLIC_ADDRESS}/data/feedback/receipt/{one.reference}/",
        "",
        "要把答复寄到这个邮箱，请打开下面的链接，再按“寄给我”：",
        f"{settings.PUBLIC_ADDRESS}/data/feedback/mail/{one.secret}/",
        "",
        "不是您提交的，不用理会：不确认就不会再来信，答复以后邮箱即删去。",
    ]
    return _message(one.email, f"已收到数据反馈 {one.reference}", lines)


def answered(one: Feedback, address: str) -> EmailMessage:
    lines = [
        f"您提交的数据反馈 {one.reference} 已经答复：",
        "",
        one.answer,
        "",
        f"公开的答复：{settings.PUBLIC_ADDRESS}{one.get_absolute_url()}",
        "您的邮箱已从本站删去，不会再来信。",
    ]
    return _message(address, f"数据反馈 {one.reference} 已答复", lines)


def send(message: EmailMessage) -> None:
    """Try once. What goes wrong is logged without text and traceback: they may hold the address."""
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as problem:
        log.error("数据反馈的邮件没有寄出：%s；请检查 YANGGUANG_MAIL_* 设置", type(problem).__name__)


def _message(address: str, subject: str, lines: list[str]) -> EmailMessage:
    return EmailMessage(
        subject, "\n".join(lines) + "\n", to=[address], headers={"Auto-Submitted": "auto-generated"}
    )
