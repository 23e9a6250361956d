"""The editions that the public reads on a day."""

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery

from yangguang.directory.clock import SHANGHAI
from yangguang.publishing.models import Edition


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day in Shanghai."""
    return dt.datetime.combine(day, dt.time.max, SHANGHAI)


def public_editions(as_of: dt.date) -> QuerySet[Edition]:
    """The newest edition of every document at the end of the day; withdrawn documents keep theirs."""
    online = Edition.objects.filter(online_at__lte=end_of(as_of))
    newest = online.filter(document=OuterRef("document")).order_by("-number").values("pk")[:1]
    return online.filter(pk=Subquery(newest))
