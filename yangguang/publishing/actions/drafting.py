"""One editor at a time on a working copy, and what they type kept aside until they save."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person
from yangguang.publishing.actions import editions
from yangguang.publishing.models import Document, DraftCopy, DraftLock

TERM = dt.timedelta(minutes=5)


class InUse(ValueError):
    """Somebody else has the working copy open."""


@transaction.atomic
def take(*, by: Person, now: dt.datetime, document: Document) -> DraftLock:
    """Take or renew the lock for five minutes. Raises InUse while somebody else's has not expired."""
    editions.require_may_publish(by, document)
    Document.objects.select_for_update().get(pk=document.pk)
    lock = DraftLock.objects.select_related("by").filter(document=document).first()
    if lock is not None and lock.by_id != by.pk and lock.until > now:
        name = lock.by.get_full_name() or lock.by.username
        raise InUse(
            f"{name} 正在编辑这份文件（到 {lock.until.astimezone(SHANGHAI):%H:%M} 为止，没有动作自动解锁）：请稍后再存"
        )
    return DraftLock.objects.update_or_create(document=document, defaults={"by": by, "until": now + TERM})[0]


@transaction.atomic
def keep(*, by: Person, now: dt.datetime, document: Document, typed: Mapping[str, str]) -> DraftCopy:
    """Keep what somebody typed, and renew their lock. Touches neither the working copy nor anything public."""
    take(by=by, now=now, document=document)
    return DraftCopy.objects.update_or_create(
        document=document, by=by, defaults={"typed": dict(typed), "saved_at": now}
    )[0]


@transaction.atomic
def put_away(*, by: Person, document: Document) -> None:
    """The working copy was saved: the copy aside and the lock are needed no more."""
    DraftCopy.objects.filter(document=document, by=by).delete()
    DraftLock.objects.filter(document=document, by=by).delete()
