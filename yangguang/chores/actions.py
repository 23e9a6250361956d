"""Keep how a chore went. A success is written when it changes something to read, or once a minute."""

import datetime as dt

from django.db.models import F

from yangguang.chores.models import Chore

LONGEST = 2000
"""Characters of a problem that are kept."""


def succeeded(*, name: str, now: dt.datetime) -> None:
    """Note a success: earlier failures are over."""
    Chore.objects.update_or_create(
        pk=name, defaults={"tried_at": now, "done_at": now, "failures": 0, "problem": ""}
    )


def failed(*, name: str, now: dt.datetime, problem: str) -> None:
    """Note a failure, in words for the desk."""
    kept = {"tried_at": now, "problem": problem[:LONGEST]}
    if not Chore.objects.filter(pk=name).update(**kept, failures=F("failures") + 1):
        Chore.objects.create(pk=name, **kept, failures=1)
