"""Ask for mail, confirm it, leave."""

import datetime as dt
import logging
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from yangguang.directory.models import Unit
from yangguang.sites import mail
from yangguang.sites.models import Column, Subscriber, Subscription

MOST = 30
"""How many subscriptions one address may have."""
KEPT_UNCONFIRMED = dt.timedelta(days=7)
BETWEEN_MAILS = dt.timedelta(minutes=10)

log = logging.getLogger(__name__)


@transaction.atomic
def ask(
    *,
    now: dt.datetime,
    email: str,
    often: str,
    column: Column | None = None,
    unit: Unit | None = None,
    topic: str = "",
    query: str = "",
) -> Subscriber:
    """Note the wish and mail a link by which the address's owner confirms it.

    Raises ValidationError for an address or a frequency that cannot be, ValueError where mail is off. Asking
    again within ten minutes sends no second mail. The caller must not tell whether the address was known.
    """
    if not mail.is_on():
        raise ValueError("本站没有设置邮件服务器，暂时不能用邮件订阅：请改用 Atom 订阅")
    email = email.strip()
    subscriber = Subscriber.objects.select_for_update().filter(email__iexact=email).first()
    fresh = subscriber is None or now - subscriber.asked_at >= BETWEEN_MAILS
    if subscriber is None:
        subscriber = Subscriber(email=email, secret=secrets.token_urlsafe(32), often=often, asked_at=now)
        subscriber.full_clean()
        subscriber.save()
    if subscriber.subscriptions.count() >= MOST:
        return subscriber
    wanted, is_new = Subscription.objects.get_or_create(
        subscriber=subscriber,
        column=column,
        unit=unit,
        topic=topic,
        query=query,
        defaults={"wanted_at": now},
    )
    if wanted.confirmed_at is None and (fresh or is_new):
        subscriber.asked_at = now
        subscriber.save()
        transaction.on_commit(lambda: _mail_the_link(subscriber))
    return subscriber


def _mail_the_link(subscriber: Subscriber) -> None:
    waiting = subscriber.subscriptions.filter(confirmed_at=None).select_related("column__site", "unit")
    try:
        mail.connection().send_messages([mail.asks(subscriber, list(waiting))])
    except mail.MailProblem as problem:
        log.error(
            "确认邮件没有寄出（%s）：%s；请检查 YANGGUANG_MAIL_* 设置", subscriber, type(problem).__name__
        )


@transaction.atomic
def confirm(*, now: dt.datetime, subscriber: Subscriber, often: str = "") -> None:
    """The owner of the address wants what was asked for. Mail begins with what comes after this moment."""
    subscriber.subscriptions.filter(confirmed_at=None).update(confirmed_at=now)
    subscriber.confirmed_at = subscriber.confirmed_at or now
    subscriber.told_until = subscriber.told_until or now
    if often:
        if often not in Subscriber.Often.values:
            raise ValidationError({"often": "频次只能选每天或者每周。"})
        subscriber.often = often
    subscriber.save()


@transaction.atomic
def drop(*, subscriber: Subscriber, subscription: int) -> None:
    """Want one thing no more; who wants nothing more is forgotten."""
    subscriber.subscriptions.filter(pk=subscription).delete()
    if not subscriber.subscriptions.exists():
        subscriber.delete()


def leave(*, subscriber: Subscriber) -> None:
    """Forget the subscriber, with the address."""
    subscriber.delete()


def forget_unconfirmed(*, now: dt.datetime) -> int:
    """Delete the addresses that nobody confirmed within seven days, and such wishes of others."""
    before = now - KEPT_UNCONFIRMED
    Subscription.objects.filter(confirmed_at=None, wanted_at__lt=before).delete()
    gone, _ = Subscriber.objects.filter(confirmed_at=None, asked_at__lt=before).delete()
    return gone
