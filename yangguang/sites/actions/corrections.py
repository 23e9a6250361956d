"""Take in and answer what readers report as wrong (我为政府网站找错)."""

import datetime as dt
import secrets

from django.db import transaction

from yangguang.directory.calendars import shipped_calendar
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.figures import figure
from yangguang.directory.models import Person
from yangguang.rules.clock import Deadline, calendar_period
from yangguang.sites.actions.sites import require_may_edit
from yangguang.sites.models import Correction, Site

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@transaction.atomic
def file(
    *, now: dt.datetime, site: Site | None, url: str, kind: str, text: str, contact: str = ""
) -> Correction:
    """Store a report and give it a reference that cannot be guessed. Raises ValidationError."""
    day = now.astimezone(SHANGHAI)
    mark = "".join(secrets.choice(LETTERS) for _ in range(8))
    row = Correction(
        site=site if site is not None and site.pk else None,
        reference=f"ZC{day:%Y%m%d}-{mark}",
        url=url.strip(),
        kind=kind,
        text=text.strip(),
        contact=contact.strip(),
        filed_at=now,
    )
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def answer(*, by: Person, now: dt.datetime, correction: Correction, text: str) -> Correction:
    """Answer a report once. Raises ValueError where it was answered or the text is empty, Forbidden."""
    require_may_edit(by, correction.site)
    row = Correction.objects.select_for_update().get(pk=correction.pk)
    if row.answered_at:
        raise ValueError(f"{row.reference} 已于 {row.answered_at.astimezone(SHANGHAI):%Y-%m-%d} 答复")
    if not text.strip():
        raise ValueError("办理结果必填：请写明改了什么，或者为什么没有改")
    row.answer, row.answered_at, row.answered_by = text.strip(), now, by
    row.full_clean()
    row.save()
    return row


def due(correction: Correction) -> Deadline:
    """The day by which a report is to be answered. Its length is unverified data (`figures.toml`)."""
    received = correction.filed_at.astimezone(SHANGHAI).date()
    return calendar_period(shipped_calendar(), received, figure("correction")["days"])
