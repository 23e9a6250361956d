"""Bring a plan from an uploaded file to adoption. Every step is kept as it is taken."""

import datetime as dt
import hashlib
import re
from typing import Any

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.office.adoption.carry import carried, folded, reviewed_tasks
from yangguang.office.adoption.drafts import Unfinished, draft_of
from yangguang.office.adoption.proposal import Row, rows_of
from yangguang.office.models import PlanUpload, UploadRow
from yangguang.plan import actions as plans
from yangguang.plan.models import Plan, PlanVersion
from yangguang.plan.readers import read_bytes
from yangguang.rules.plan_table import PlanReading
from yangguang.rules.terms import house_terms

_YEAR = re.compile(r"(20\d\d)\s*年")


@transaction.atomic
def receive(
    *, by: Person, now: dt.datetime, file_name: str, content: bytes, amends: Plan | None = None
) -> PlanUpload:
    """Read a plan's file and keep it with the reader's proposal, row by row.

    `amends` is the plan whose next version this will be: tasks whose text is the same as in its newest
    version keep what was reviewed there. Raises `rules.plan_table.Unreadable` where no plan can be read.
    """
    _require_adopter(by)
    reading = read_bytes(content, file_name)
    year = _year(reading, amends)
    sha256 = hashlib.sha256(content).hexdigest()
    upload = PlanUpload.objects.create(
        file_name=file_name,
        content=content,
        sha256=sha256,
        lines=[
            {"text": line.text, "role": line.role, "place": line.place.as_dict()} for line in reading.placed
        ],
        uploaded_by=by,
        uploaded_at=now,
        amends=amends,
        slug=amends.slug if amends else f"plan-{year or now.year}-{sha256[:6]}",
        title=reading.title,
        number=reading.number or "",
        issuer=reading.issuer or "",
        issued_on=reading.issued_on,
        year=year,
    )
    old = reviewed_tasks(_newest(amends)) if amends else {}
    UploadRow.objects.bulk_create(
        _row(upload, position, row, old)
        for position, row in enumerate(rows_of(reading, house_terms(year or now.year)), 1)
    )
    return upload


@transaction.atomic
def describe(*, by: Person, upload: PlanUpload, **head: Any) -> PlanUpload:
    """Correct what the plan says of itself: title, number, issuer, issued_on, year, slug, note."""
    _require_open(by, upload)
    for name, value in head.items():
        setattr(upload, name, value)
    upload.full_clean(exclude=["content"])
    upload.save()
    return upload


@transaction.atomic
def correct(*, by: Person, now: dt.datetime, row: UploadRow, facts: dict[str, Any]) -> UploadRow:
    """Replace a row's leads, cadence, form and obligations; it then counts as checked."""
    _require_open(by, row.upload)
    row.now = facts
    row.carried = False
    return _checked(row, by, now)


@transaction.atomic
def accept(*, by: Person, now: dt.datetime, row: UploadRow) -> UploadRow:
    """Mark a row as checked, as it stands."""
    _require_open(by, row.upload)
    return _checked(row, by, now)


@transaction.atomic
def reopen(*, by: Person, row: UploadRow) -> UploadRow:
    """Take a row's check back."""
    _require_open(by, row.upload)
    row.checked_at = row.checked_by = None
    row.save()
    return row


@transaction.atomic
def accept_clean(*, by: Person, now: dt.datetime, upload: PlanUpload) -> int:
    """Mark all unchecked rows without notices as checked; returns how many."""
    _require_open(by, upload)
    waiting = [row for row in upload.rows.filter(checked_at__isnull=True) if row.without_doubts]
    for row in waiting:
        row.checked_at, row.checked_by = now, by
    UploadRow.objects.bulk_update(waiting, ["checked_at", "checked_by"])
    return len(waiting)


@transaction.atomic
def adopt(*, by: Person, now: dt.datetime, upload: PlanUpload) -> PlanVersion:
    """Make the checked upload the plan's next version.

    Raises Unfinished while rows wait to be checked or the head lacks a date, and what `plan.actions.adopt`
    raises.
    """
    _require_open(by, upload)
    waiting = list(upload.rows.filter(checked_at__isnull=True).values_list("code", flat=True))
    if waiting:
        named = "、".join(waiting[:6]) + ("等" if len(waiting) > 6 else "")
        raise Unfinished(f"还有 {len(waiting)} 行没有核对（{named}）：请逐行接受或改正后再通过")
    if upload.amends is None:
        _require_new(upload)
    upload.adopted = plans.adopt(by=by, now=now, draft=draft_of(upload))
    upload.save()
    return upload.adopted


def discard(*, by: Person, upload: PlanUpload) -> None:
    """Throw an upload away. Adopted ones stay."""
    _require_open(by, upload)
    upload.delete()


def _row(upload: PlanUpload, position: int, row: Row, old: dict[str, Any]) -> UploadRow:
    before = old.get(folded(row.printed["text"]))
    return UploadRow(
        upload=upload,
        position=position,
        code=row.code,
        area_number=row.area_number,
        area_name=row.area_name,
        printed=row.printed,
        read=row.read,
        now=carried(row, before) if before else row.read,
        carried=before is not None,
        notices=row.notices,
        unplaced=row.unplaced,
    )


def _checked(row: UploadRow, by: Person, now: dt.datetime) -> UploadRow:
    row.checked_at, row.checked_by = now, by
    row.save()
    return row


def _newest(plan: Plan) -> PlanVersion:
    return plan.versions.order_by("-number")[0]


def _require_new(upload: PlanUpload) -> None:
    if upload.number and Plan.objects.filter(number=upload.number).exists():
        raise Unfinished(f"文号 {upload.number} 的方案已经通过：请在上传时选它作为“修订”")
    if Plan.objects.filter(slug=upload.slug).exists():
        raise Unfinished(f"网址名 {upload.slug} 已经用于另一份方案：请在“方案要素”里换一个")


def _year(reading: PlanReading, amends: Plan | None) -> int | None:
    if amends:
        return amends.year
    named = _YEAR.search(reading.title)
    if named:
        return int(named[1])
    return reading.issued_on.year if reading.issued_on else None


def _require_adopter(by: Person) -> None:
    if not allows(by.role, Verb.ADOPT_PLAN):
        raise Forbidden("您不能上传或通过分工方案：请由政府办公厅办理")


def _require_open(by: Person, upload: PlanUpload) -> None:
    _require_adopter(by)
    if upload.adopted_id:
        raise ValueError(f"《{upload}》已经通过，不能再改：请作为修订重新上传")
