"""What every page's frame needs."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest

from yangguang.directory import clock
from yangguang.portal import day
from yangguang.rules.verdict import State
from yangguang.sites.queries import sites

BAR_STATES = (State.ON_TIME, State.LATE, State.PARTIAL, State.MISSING, State.NOT_YET)


def portal(request: HttpRequest) -> dict[str, object]:
    """The day the page speaks for and the day it is; nothing for the desk, which has its own frame."""
    if request.path.startswith("/office/"):
        return {}
    today = clock.today()
    try:
        as_of = day.of(request)
    except BadRequest:
        as_of = today
    return {
        "as_of": as_of,
        "today": today,
        "is_today": as_of == today,
        "is_demonstration": settings.DEMONSTRATION_DAY is not None,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "site": getattr(request, "own_site", None) or sites.portal(),
        "site_is_at_host": hasattr(request, "own_site"),
        "bar_states": BAR_STATES,
    }
