"""What a description needs besides the newest version: the versions before it, the batches of the plan."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Max

from yangguang.registers.models import Planned, Version
from yangguang.rules.periods import span_of


@dataclass(frozen=True)
class Edition:
    """One version of a dataset."""

    number: int
    title: str
    online_at: dt.datetime
    note: str
    period: str


@dataclass(frozen=True)
class Series:
    """A planned batch of releases."""

    number: int
    title: str
    due_on: dt.date


@dataclass(frozen=True)
class History:
    """The versions of a dataset, the oldest first, and the batches that it belongs to."""

    editions: tuple[Edition, ...]
    series: tuple[Series, ...] = field(default=())

    @property
    def covers(self) -> tuple[dt.date, dt.date] | None:
        """From the first to the last day that the versions say they are about."""
        spans = [span for edition in self.editions if (span := _span(edition.period))]
        return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def histories(slugs: Collection[str]) -> dict[str, History]:
    """The histories of datasets, in two statements."""
    editions: dict[str, list[Edition]] = {slug: [] for slug in slugs}
    rows = Version.objects.filter(register__slug__in=slugs).order_by("number")
    for slug, number, title, online_at, note, period in rows.values_list(
        "register__slug", "number", "title", "online_at", "note", "period"
    ):
        editions[slug].append(Edition(number, title, online_at, note, period))
    series: dict[str, list[Series]] = {slug: [] for slug in slugs}
    planned = Planned.objects.filter(slug__in=slugs, dropped_at=None).order_by("batch_id")
    for slug, batch, title, due_on in planned.values_list(
        "slug", "batch_id", "batch__title", "batch__due_on"
    ).distinct():
        series[slug].append(Series(batch, title, due_on))
    return {slug: History(tuple(editions[slug]), tuple(series[slug])) for slug in slugs}


def plan_stamp() -> tuple[object, ...]:
    """Another one whenever what is planned has changed."""
    told = Planned.objects.aggregate(Count("pk"), Max("planned_at"), Max("dropped_at"), Max("batch"))
    return tuple(told.values())


def _span(period: str) -> tuple[dt.date, dt.date] | None:
    try:
        span = span_of(period)
    except ValueError:
        return None
    return span.opens_on, span.ends_on
