"""The one place that reads the clock. Faces and commands ask here once, and hand the answer down.

A demonstration lives on a fixed day (`YANGGUANG_DEMONSTRATION_DAY`): its calendar day stands still,
the time of day runs on. Days are days in Shanghai, never in UTC.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """The moment now, in Shanghai; in a demonstration, this time of day on the demonstration's day."""
    moment = dt.datetime.now(SHANGHAI)
    if settings.DEMONSTRATION_DAY is None:
        return moment
    return dt.datetime.combine(settings.DEMONSTRATION_DAY, moment.timetz())


def today() -> dt.date:
    return now().date()
