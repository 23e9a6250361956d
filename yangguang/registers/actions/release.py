"""Plan which tables come online in which batch, move them, and drop what will not come, with the reason.

Each act has its line in the public log: a day that is put off is put off in public.
"""

import datetime as dt

from django.db import transaction

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.actions.wording import require_short
from yangguang.registers.models import Batch, Feedback, Planned

BOARD = "/data/plan/"
LONGEST_BATCH, LONGEST_TITLE = 100, 200
"""Characters of a batch's name and of a table's, as the records hold them."""


@transaction.atomic
def open_batch(
    *, by: Person | None, now: dt.datetime, title: str, due_on: dt.date, is_sample: bool = False
) -> Batch:
    """Begin a batch, for the office that leads the plan. Raises Forbidden, and ValueError for a known title."""
    _require_leads(by, "开放批次由政府办公厅制定：请把您的计划告诉他们")
    require_short(title, "批次名称", LONGEST_BATCH)
    if not title.strip() or Batch.objects.filter(title=title.strip()).exists():
        raise ValueError(f"批次名称“{title.strip()}”空着或者已经有了：请换一个名称")
    batch = Batch(title=title.strip(), due_on=due_on, planned_by=by, is_sample=is_sample)
    batch.line = journal.append(
        act=Line.Act.BATCH, body=batch_facts(batch), at=now, by=signature(by, sample=is_sample)
    )
    batch.planned_at = batch.line.at
    batch.save()
    return batch


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
    request: Feedback | None = None,
) -> Planned:
    """Put a table of a unit into a batch; due by the batch's day where no other is given.

    `request` is the reader's request that it answers. Raises Forbidden, and ValueError for what the batch
    holds already.
    """
    require_may_keep(by, unit)
    if not title.strip():
        raise ValueError("名称必填：请写明要开放的清单或者数据的名称")
    require_short(title, "名称", LONGEST_TITLE)
    planned = Planned(
        batch=batch,
        unit=unit,
        title=title.strip(),
        slug=slug,
        due_on=due_on or batch.due_on,
        request=request,
    )
    return _begin(planned, Line.Act.PLAN_DATA, facts(planned), by, now)


@transaction.atomic
def move(
    *,
    by: Person | None,
    now: dt.datetime,
    planned: Planned,
    batch: Batch,
    reason: str,
    due_on: dt.date | None = None,
) -> Planned:
    """Give a table to another batch, or another day in its own; returns the entry that stands from now on.

    For the office that leads the plan: a unit does not put off its own day. Where it stood and why it was
    moved stays public. Raises Forbidden, and ValueError for what is not in the plan any more, a move that
    changes nothing, and a reason left out.
    """
    _require_leads(by, "批次和期限由政府办公厅调整：请把理由告诉他们")
    found = _standing(planned)
    due = due_on or batch.due_on
    if (found.batch_id, found.due_on) == (batch.pk, due):
        raise ValueError(f"“{found.title}”已经在{batch.title}，期限也是 {due}：请选别的批次或者日子")
    _end(found, now, reason, "调整理由必填：请告诉公众为什么换批次或者期限")
    # Saved first: within one batch the entry that ends makes room for the one that begins.
    found.save()
    moved = Planned(
        batch=batch,
        unit=found.unit,
        title=found.title,
        slug=found.slug,
        due_on=due,
        request=found.request,
        moved_from=found,
    )
    _begin(moved, Line.Act.MOVE_DATA, move_facts(moved, found), by, now)
    found.dropped_at = moved.planned_at
    found.save()
    return moved


@transaction.atomic
def drop(*, by: Person | None, now: dt.datetime, planned: Planned, reason: str) -> Planned:
    """Take a table out of the plan; the reason stays public. Raises Forbidden, ValueError."""
    found = _standing(planned)
    require_may_keep(by, found.unit)
    _end(found, now, reason, "移出理由必填：请告诉公众为什么不开放")
    found.drop_line = journal.append(
        act=Line.Act.DROP_DATA, body=drop_facts(found), at=now, by=_signed(by, found.batch)
    )
    found.dropped_at = found.drop_line.at
    found.save()
    return found


def batch_on(day: dt.date) -> Batch:
    """The first batch whose day is not before one. Raises ValueError where there is none."""
    found = Batch.objects.filter(due_on__gte=day).first()
    if found is None:
        raise ValueError(f"没有期限在 {day} 以后的批次：请政府办公厅先制定一个批次")
    return found


def batch_facts(batch: Batch) -> dict[str, object]:
    """What the log tells of a batch."""
    return {
        "title": batch.title,
        "due_on": batch.due_on.isoformat(),
        "url": BOARD,
        "sample": batch.is_sample,
    }


def facts(planned: Planned) -> dict[str, object]:
    """What the log tells of a table in the plan. `request` is the public number of a reader's request."""
    return {
        "title": planned.title,
        "unit": planned.unit.name,
        "batch": planned.batch.title,
        "register": planned.slug or None,
        "due_on": planned.due_on.isoformat(),
        "request": planned.request_id,
        "url": BOARD,
        "sample": planned.batch.is_sample,
    }


def move_facts(planned: Planned, before: Planned) -> dict[str, object]:
    """What the log tells of a move: where the table stands now, where it stood before, and why."""
    return {
        **facts(planned),
        "from_batch": before.batch.title,
        "from_due_on": before.due_on.isoformat(),
        "reason": before.drop_reason,
    }


def drop_facts(planned: Planned) -> dict[str, object]:
    return {**facts(planned), "reason": planned.drop_reason}


def _begin(
    planned: Planned, act: Line.Act, body: dict[str, object], by: Person | None, now: dt.datetime
) -> Planned:
    batch, unit = planned.batch, planned.unit
    if batch.entries.filter(unit=unit, title=planned.title, dropped_at=None).exists():
        raise ValueError(f"{batch.title}里已经有{unit.name}的“{planned.title}”")
    planned.line = journal.append(act=act, body=body, at=now, by=_signed(by, batch))
    planned.planned_at = planned.line.at
    planned.save()
    return planned


def _standing(planned: Planned) -> Planned:
    rows = Planned.objects.select_for_update(of=("self",)).select_related("unit", "batch")
    found = rows.get(pk=planned.pk)
    if found.dropped_at is not None:
        raise ValueError(f"“{found.title}”已经移出或者调整过：请刷新页面看最新情况")
    return found


def _end(planned: Planned, now: dt.datetime, reason: str, missing: str) -> None:
    if not reason.strip():
        raise ValueError(missing)
    require_short(reason, "理由")
    planned.dropped_at, planned.drop_reason = now, reason.strip()


def _require_leads(by: Person | None, refusal: str) -> None:
    if by is not None and not (by.is_active and allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT)):
        raise Forbidden(refusal)


def _signed(by: Person | None, batch: Batch) -> str:
    return signature(by, sample=batch.is_sample)
