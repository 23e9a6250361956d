"""政府信息公开目录: the public documents of a day, filtered, page by page without counting them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.publishing.models import Edition
from yangguang.publishing.queries.status import end_of, newest_only, with_status
from yangguang.rules.legal_status import Status

OVERVIEW = 120
"""Characters of the body that stand in for a summary that nobody wrote (内容概述)."""


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for; None and empty ask for everything. `year` is that of going online."""

    unit: Unit | None = None
    topic: str = ""
    form: str = ""
    status: Status | None = None
    year: int | None = None


@dataclass(frozen=True)
class Page:
    """Editions, the newest first, and whether older and newer ones follow."""

    editions: list[Edition]
    has_older: bool
    has_newer: bool


def page(
    wanted: Wanted, as_of: dt.date, size: int, *, before: int | None = None, after: int | None = None
) -> Page:
    """The newest editions of a day; those older than edition `before`, or next newer than `after`.

    Cost depends on the page, not on how many documents there are: the page is walked off an index from the
    edition named. An edition that is not there is taken for none.
    """
    found = _found(wanted, as_of)
    mark = Edition.objects.only("pk", "online_at").filter(pk=after or before or 0).first()
    if mark and after:
        rows = list(_beyond(found, mark, newer=True).order_by("online_at", "pk")[: size + 1])
        return Page(rows[:size][::-1], True, len(rows) > size)
    if mark:
        found = _beyond(found, mark, newer=False)
    rows = list(found.order_by("-online_at", "-pk")[: size + 1])
    return Page(rows[:size], len(rows) > size, mark is not None)


def years(as_of: dt.date) -> list[int]:
    """The years in which something went online, the newest first."""
    first = Edition.objects.order_by("online_at", "pk").values_list("online_at", flat=True).first()
    if first is None:
        return []
    return list(range(as_of.year, first.astimezone(SHANGHAI).year - 1, -1))


def _found(wanted: Wanted, as_of: dt.date) -> QuerySet[Edition]:
    end = end_of(as_of)
    found = newest_only(Edition.objects.filter(online_at__lt=end), end)
    if wanted.unit is not None:
        found = found.filter(unit=wanted.unit)
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.form:
        found = found.filter(form=wanted.form)
    if wanted.year is not None:
        found = found.filter(
            online_at__gte=end_of(dt.date(wanted.year - 1, 12, 31)),
            online_at__lt=end_of(dt.date(wanted.year, 12, 31)),
        )
    if wanted.status is not None:
        found = with_status(found, wanted.status, as_of)
    return (
        found.select_related("document", "unit")
        .defer("body", "unit__position")
        .annotate(opening=Substr(F("body"), 1, OVERVIEW))
    )


def _beyond(found: QuerySet[Edition], mark: Edition, *, newer: bool) -> QuerySet[Edition]:
    """The first condition lets the database start at the mark; the second says where exactly."""
    side = "gt" if newer else "lt"
    moment, pk = mark.online_at, mark.pk
    return found.filter(
        Q(**{f"online_at__{side}e": moment}),
        Q(**{f"online_at__{side}": moment}) | Q(**{f"pk__{side}": pk}),
    )
