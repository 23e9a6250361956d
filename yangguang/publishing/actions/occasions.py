"""Record what happened and must be made public."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.models import Occasion


@transaction.atomic
def record(
    *,
    by: Person | None,
    now: dt.datetime,
    unit: Unit,
    title: str,
    happened_on: dt.date,
    keywords: Sequence[str] = (),
    is_sample: bool = False,
) -> Occasion:
    """Record an occasion and append its journal line; the ledger opens the periods that it calls for.

    Raises ValueError for a day that has not come yet, Forbidden where the person acts for another unit.
    """
    if by is not None and by.unit_id != unit.pk and not allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        raise Forbidden(f"您不能为{unit.name}登记公开事由：请由该单位的编辑或政府办公厅办理")
    if by is not None and not allows(by.role, Verb.RECORD_OCCASION):
        raise Forbidden("您的角色不能登记公开事由：请找政府办公厅")
    if happened_on > now.date():
        raise ValueError(f"发生日期 {happened_on} 还没有到：请填信息形成或者变更的日期")
    body = {
        "unit": unit.name,
        "title": title,
        "keywords": list(keywords),
        "happened_on": happened_on.isoformat(),
        "sample": is_sample,
    }
    signature = "示例" if by is None else f"{by.unit.name if by.unit else ''}{by.get_role_display()}"
    line = journal.append(act=Line.Act.OCCASION, body=body, at=now, by=signature)
    return Occasion.objects.create(
        unit=unit, title=title, keywords=list(keywords), happened_on=happened_on, line=line
    )
