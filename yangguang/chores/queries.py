"""How the background work stands."""

import datetime as dt

from yangguang.chores.models import Chore


def failing() -> list[Chore]:
    """The chores whose last try failed, the worst first."""
    return list(Chore.objects.filter(failures__gt=0).order_by("-failures", "name"))


def done_on(name: str, zone: dt.tzinfo | None) -> dt.date | None:
    """The day in `zone` on which a chore last succeeded; None where it never did."""
    moment = Chore.objects.filter(pk=name).values_list("done_at", flat=True).first()
    return moment.astimezone(zone).date() if moment else None
