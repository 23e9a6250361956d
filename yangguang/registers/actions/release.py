"""Plan which tables come online in which batch, and drop what will not come, with the reason."""

import datetime as dt

from django.db import transaction

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.models import Batch, Planned


@transaction.atomic
def open_batch(
    *, by: Person | None, now: dt.datetime, title: str, due_on: dt.date, is_sample: bool = False
) -> Batch:
    """Begin a batch, for the office that leads the plan. Raises Forbidden, and ValueError for a known title."""
    if by is not None and not (by.is_active and allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT)):
        raise Forbidden("开放批次由政府办公厅制定：请把您的计划告诉他们")
    if not title.strip() or Batch.objects.filter(title=title.strip()).exists():
        raise ValueError(f"批次名称“{title.strip()}”空着或者已经有了：请换一个名称")
    return Batch.objects.create(
        title=title.strip(), due_on=due_on, planned_by=by, planned_at=now, is_sample=is_sample
    )


@transaction.atomic
def plan(
    *,
    by: Person | None,
    now: dt.datetime,
    batch: Batch,
    unit: Unit,
    title: str,
    slug: str = "",
    due_on: dt.date | None = None,
) -> Planned:
    """Put a table of a unit into a batch; due by the batch's day where no other is given.

    Raises Forbidden, and ValueError for what the batch holds already.
    """
    require_may_keep(by, unit)
    if not title.strip():
        raise ValueError("名称必填：请写明要开放的清单或者数据的名称")
    if batch.entries.filter(unit=unit, title=title.strip()).exists():
        raise ValueError(f"{batch.title}里已经有{unit.name}的“{title.strip()}”")
    return Planned.objects.create(
        batch=batch, unit=unit, title=title.strip(), slug=slug, due_on=due_on or batch.due_on, planned_at=now
    )


@transaction.atomic
def drop(*, by: Person | None, now: dt.datetime, planned: Planned, reason: str) -> Planned:
    """Take a table out of the plan; the reason stays public. Raises Forbidden, ValueError."""
    found = Planned.objects.select_for_update(of=("self",)).select_related("unit").get(pk=planned.pk)
    require_may_keep(by, found.unit)
    if found.dropped_at is not None:
        raise ValueError(f"“{found.title}”已经移出：请刷新页面看最新情况")
    if not reason.strip():
        raise ValueError("移出理由必填：请告诉公众为什么不开放")
    found.dropped_at, found.drop_reason = now, reason.strip()
    found.save()
    return found
