"""How a version is cited, and how programs ask for it: addresses that answer as they stand here."""

import datetime as dt
import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from yangguang.catalog import names
from yangguang.catalog.dataset import TABLE
from yangguang.registers.models import Version


@dataclass(frozen=True)
class Example:
    """One call: what it does, and its whole address."""

    what: str | Promise
    address: str


def citation(version: Version, today: dt.date) -> str:
    """As GB/T 7714—2015 writes an online data set: who, what [DS/OL], day of issue, day of reading, where."""
    issued = timezone.localtime(version.online_at).date()
    place = f"{settings.PUBLIC_ADDRESS}{version.get_absolute_url()}"
    return (
        f"{version.register.unit.name}. {version.title}：第 {version.number} 版[DS/OL]. "
        f"({issued})[{today}]. {place}. SHA-256: {version.sha256}."
    )


def examples(version: Version) -> list[Example]:
    """Calls for the newest version's table. What this installation does not answer is left out."""
    slug, site = version.register.slug, settings.PUBLIC_ADDRESS
    table = names.resource_id(slug, TABLE)
    found = [
        Example(gettext_lazy("前 5 行"), f"/api/3/action/datastore_search?resource_id={table}&limit=5"),
        Example(gettext_lazy("筛选后的行"), f"/api/3/action/datastore_search?{_filtered(version, table)}"),
        Example(gettext_lazy("用 SQL 数行"), f"/api/3/action/datastore_search_sql?{_counted(slug)}"),
        Example(gettext_lazy("数据集的说明"), f"/api/3/action/package_show?id={slug}"),
        Example(gettext_lazy("按 Datasette 的写法查表"), f"/table/{slug}/{slug}.json?_size=5"),
        Example(
            gettext_lazy("某一天的样子"),
            f"/api/3/action/datastore_search?resource_id={table}&limit=5&as_of={version.number}",
        ),
    ]
    return [Example(each.what, f"{site}{each.address}") for each in found if _answers(each.address)]


def _counted(slug: str) -> str:
    sql = f'SELECT count(*) AS n FROM "{slug}"'  # noqa: S608 shown, not run
    return urlencode({"sql": sql}, quote_via=quote)


def _filtered(version: Version, table: str) -> str:
    """A filter that finds something: by the first word of the first column of given words, else by search."""
    for field in version.described.public_fields:
        if field.enum:
            filters = json.dumps({field.name: field.enum[0]}, ensure_ascii=False)
            return urlencode({"resource_id": table, "filters": filters, "limit": 5}, quote_via=quote)
    return urlencode({"resource_id": table, "q": version.described.title[:2], "limit": 5}, quote_via=quote)


def _answers(address: str) -> bool:
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return True
