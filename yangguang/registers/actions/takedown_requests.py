"""Ask that the law takes a row off; another person agrees, or turns it down (decision record 0020)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden
from yangguang.registers.actions import takedowns
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.actions.wording import require_short
from yangguang.registers.models import Register, Takedown, TakedownRequest
from yangguang.registers.queries.rows import holding, key_of
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.query import Value


@transaction.atomic
def ask(
    *,
    by: Person,
    now: dt.datetime,
    register: Register,
    key: Mapping[str, Value],
    reason: str,
    ground: str,
    decided_on: dt.date | None = None,
) -> TakedownRequest:
    """Ask that the row of this key comes off; nothing comes off yet.

    Reason and ground become public and must name nobody. Raises Forbidden, and ValueError as
    `takedowns.take_off` does, and where somebody asked already.
    """
    require_may_keep(by, register.unit)
    takedowns.require_whole(register, key, reason, ground)
    told = {name: write(value) for name, value in key.items()}
    if not holding(register, key):
        raise takedowns.no_such_row(register)
    if register.takedown_requests.filter(key=told, ended_at=None).exists():
        raise ValueError("这一行已经有人申请撤下，正等另一位决定")
    return TakedownRequest.objects.create(
        register=register,
        key=told,
        reason=reason.strip(),
        ground=ground.strip(),
        decided_on=decided_on,
        asked_by=by,
        asked_at=now,
    )


@transaction.atomic
def agree(*, by: Person, now: dt.datetime, request: TakedownRequest) -> Takedown:
    """Take the row off, by a second person. Raises Forbidden for whoever asked, and as `take_off` does."""
    found = _open(request)
    takedowns.require_may_decide(by, found.register.unit)
    if by.pk == found.asked_by_id:
        raise Forbidden("申请撤下的人不能同意自己的申请：请由另一位签发人或者政府办公厅办理")
    takedown = takedowns.take_off(
        by=by,
        now=now,
        register=found.register,
        key=key_of(found.register, found.key),
        reason=found.reason,
        ground=found.ground,
        decided_on=found.decided_on,
    )
    found.ended_by, found.ended_at, found.takedown, found.key = by, now, takedown, {}
    found.save()
    return takedown


@transaction.atomic
def turn_down(*, by: Person, now: dt.datetime, request: TakedownRequest, reason: str) -> TakedownRequest:
    """Decide that it stays; whoever asked may take it back this way. Raises Forbidden, ValueError."""
    found = _open(request)
    if by.pk != found.asked_by_id:
        takedowns.require_may_decide(by, found.register.unit)
    if not reason.strip():
        raise ValueError("理由必填：请告诉申请人为什么不撤下")
    require_short(reason, "理由")
    found.ended_by, found.ended_at, found.refusal, found.key = by, now, reason.strip(), {}
    found.save()
    return found


def _open(request: TakedownRequest) -> TakedownRequest:
    rows = TakedownRequest.objects.select_for_update(of=("self",)).select_related("register__unit")
    found = rows.get(pk=request.pk)
    if found.ended_at is not None:
        raise ValueError("这件申请已经决定：请刷新页面看最新情况")
    return found
