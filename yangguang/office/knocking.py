"""Wrong passwords are counted, so that nobody can try them all.

Counted by account and address together: a stranger who tries the account of somebody cannot lock its owner
out. One address that tries many accounts is stopped as well.
"""

import datetime as dt
import math

from django.db.models import Q
from django.http import HttpRequest

from yangguang.office.models import FailedLogin

WINDOW = dt.timedelta(minutes=15)
"""What is older is forgiven."""
PER_ACCOUNT = 10
"""Failures for one account from one address within the window."""
PER_ADDRESS = 50
"""Failures from one address, whichever the account."""
NEAR = frozenset({"127.0.0.1", "::1"})
KEPT = dt.timedelta(days=1)


def address(request: HttpRequest) -> str:
    """Where a request comes from. What nginx on this machine says of it counts; what others say does not."""
    direct = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return (forwarded.rpartition(",")[2].strip() if direct in NEAR and forwarded else direct)[:45]


def minutes_to_wait(*, username: str, address: str, now: dt.datetime) -> int | None:
    """How many minutes until the next try is heard; None where it is heard now."""
    recent = FailedLogin.objects.filter(address=address, at__gt=now - WINDOW, at__lte=now)
    waits = []
    for found, allowed in ((recent.filter(_named(username)), PER_ACCOUNT), (recent, PER_ADDRESS)):
        newest = list(found.order_by("-at").values_list("at", flat=True)[:allowed])
        if len(newest) == allowed:
            waits.append(newest[-1] + WINDOW - now)
    return max(math.ceil(max(waits) / dt.timedelta(minutes=1)), 1) if waits else None


def failed(*, username: str, address: str, now: dt.datetime) -> None:
    """Note a wrong password; notes of days gone by are dropped."""
    FailedLogin.objects.filter(at__lt=now - KEPT).delete()
    FailedLogin.objects.create(username=username[:150], address=address, at=now)


def succeeded(*, username: str, address: str) -> None:
    """The right password: earlier mistakes of this account here are forgotten."""
    FailedLogin.objects.filter(_named(username), address=address).delete()


def _named(username: str) -> Q:
    return Q(username=username[:150])
