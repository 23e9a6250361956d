"""Send each subscriber what is new since the last mail."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet

from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.models import Edition
from yangguang.sites import mail
from yangguang.sites.actions import subscriptions
from yangguang.sites.models import Subscriber, Subscription
from yangguang.sites.queries import items

AT = dt.time(8, 0)
"""When digests go out, in Shanghai."""
RETRY = dt.timedelta(minutes=30)
MOST_ITEMS = 200

Search = Callable[[str, dt.date], Iterable[str]]
"""Words and a day to the index numbers of the newest documents that hold them: the search room's own."""

log = logging.getLogger(__name__)


def send_due(*, now: dt.datetime, search: Search | None = None) -> int:
    """Mail everybody whose hour has come and for whom there is something new; returns how many mails.

    A mail that cannot be sent is tried again after half an hour; what it would have told is not lost.
    A crash between sending and noting it can send a mail twice, under the same Message-ID; never none.
    """
    if not mail.is_on():
        return 0
    subscriptions.forget_unconfirmed(now=now)
    found = _Found(now, search)
    waiting = Subscriber.objects.filter(
        Q(tried_at=None) | Q(tried_at__lte=now - RETRY), confirmed_at__isnull=False, told_until__lt=now
    )
    keys = [one.pk for one in waiting.iterator() if next_hour(one) <= now]
    return sum(_send(pk, now, found) for pk in keys)


def next_hour(subscriber: Subscriber) -> dt.datetime:
    """The first eight o'clock after the subscriber was last told; for a weekly one, on a Monday."""
    told = (subscriber.told_until or subscriber.asked_at).astimezone(SHANGHAI)
    day = told.date() if told.time() < AT else told.date() + dt.timedelta(days=1)
    if subscriber.often == Subscriber.Often.WEEKLY:
        day += dt.timedelta(days=-day.weekday() % 7)
    return dt.datetime.combine(day, AT, SHANGHAI)


def _send(pk: int, now: dt.datetime, found: "_Found") -> bool:
    """One subscriber. No transaction is open while the mail server is spoken to; one worker does this."""
    subscriber = Subscriber.objects.filter(pk=pk).first()
    if subscriber is None or subscriber.told_until is None:
        return False
    told_until = subscriber.told_until
    wanted = subscriber.subscriptions.filter(confirmed_at__isnull=False)
    news = [
        (one, editions)
        for one in wanted.select_related("column__site__unit", "unit")
        if (editions := found.since(told_until, one))
    ]
    row = Subscriber.objects.filter(pk=pk, told_until=told_until)
    if news:
        try:
            mail.connection().send_messages([mail.digest(subscriber, news, now)])
        except mail.MailProblem as problem:
            log.error("订阅邮件没有寄出（%s）：%s，半小时后再试", subscriber, type(problem).__name__)
            row.update(tried_at=now)
            return False
    row.update(told_until=now, tried_at=None)
    return bool(news)


class _Found:
    """What is new for a wish since a moment. Many subscribers share wish and moment: each is worked out once."""

    def __init__(self, now: dt.datetime, search: Search | None) -> None:
        self.now = now
        self.day = now.astimezone(SHANGHAI).date()
        self.search = search
        self._known: dict[object, list[Edition]] = {}

    def since(self, moment: dt.datetime, wish: Subscription) -> list[Edition]:
        key = (moment, wish.column_id, wish.unit_id, wish.topic, wish.query)
        if key not in self._known:
            changed = Q(online_at__gt=moment, online_at__lte=self.now) | Q(
                document__withdrawal__withdrawn_at__gt=moment,
                document__withdrawal__withdrawn_at__lte=self.now,
            )
            rows = self._wished(wish).filter(changed).order_by("-online_at", "-pk")
            self._known[key] = list(rows[:MOST_ITEMS])
        return self._known[key]

    def _wished(self, wish: Subscription) -> QuerySet[Edition]:
        if wish.column is not None:
            return items.in_column(wish.column, self.day, even_withdrawn=True)
        rows = items.read_on(self.day)
        if wish.unit is not None:
            return rows.filter(unit=wish.unit)
        if wish.topic:
            return rows.filter(topic=wish.topic)
        if wish.query:
            holding = list(self.search(wish.query, self.day)) if self.search else []
            return rows.filter(document__index_no__in=holding)
        return rows
