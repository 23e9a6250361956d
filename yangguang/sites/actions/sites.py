"""Set up sites and columns."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.sites.hosts import is_answered
from yangguang.sites.models import Column, Site


@transaction.atomic
def set_up(*, by: Person | None, site: Site, editors: Iterable[Person] | None = None, **facts: Any) -> Site:
    """Make a site or change it. `by` is None only for the sample.

    Raises Forbidden, ValidationError for facts that cannot stand (a host that this installation does not
    answer to, colours in which text cannot be read).
    """
    if by is not None and not allows(by.role, Verb.KEEP_SITES):
        raise Forbidden("您不能设置站点：请由政府办公厅办理")
    _set(site, facts)
    if site.host and not is_answered(site.host, settings.ALLOWED_HOSTS):
        raise ValidationError(
            {
                "host": f"服务器还不应答 {site.host}：请先把它写进设置 YANGGUANG_ALLOWED_HOSTS"
                "（可写 .example.gov.cn 代表整个域），重新启动后再保存。"
            }
        )
    site.full_clean()
    site.save()
    if editors is not None:
        site.editors.set(editors)
    return site


@transaction.atomic
def lay_out(
    *, by: Person | None, now: dt.datetime, column: Column, units: Iterable[Unit] | None = None, **facts: Any
) -> Column:
    """Make a column or change it. One that begins to post begins with today's items, not with old ones.

    Raises Forbidden, ValidationError.
    """
    _set(column, facts)
    before = Site.objects.filter(columns=column.pk) if column.pk else []
    for site in (*before, column.site):
        require_may_edit(by, site)
    if not column.posts_to:
        column.posts_since = None
    elif column.posts_since is None:
        column.posts_since = now.astimezone(SHANGHAI).date()
    column.full_clean()
    column.save()
    if units is not None:
        column.units.set(units)
    return column


@transaction.atomic
def take_away(*, by: Person | None, column: Column) -> None:
    """Remove a column. What it listed is not touched. Raises ValueError where others hang beneath it."""
    require_may_edit(by, column.site)
    if column.children.exists():
        raise ValueError(f"“{column}”下面还有栏目：请先移走或删去下级栏目")
    column.delete()


def require_may_edit(by: Person | None, site: Site | None) -> None:
    """Raise Forbidden unless the person keeps sites, or is an editor of this one."""
    if by is None or allows(by.role, Verb.KEEP_SITES):
        return
    if site is None or not site.editors.filter(pk=by.pk).exists():
        raise Forbidden(f"您不是{site.name if site else '门户'}的网站编辑：请由政府办公厅指定")


def _set(row: Site | Column, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
