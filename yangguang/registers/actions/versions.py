"""Publish a checked table as the next version of its register: the whole of it, or nothing."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.registers.models import Register, Version, Warrant
from yangguang.registers.titles import title_of


class Overtaken(ValueError):
    """Somebody else published a version since this table was made from the one before."""


@dataclass(frozen=True)
class Staged:
    """A whole table that passed its checks, as Parquet files in the store.

    `sha256` is the public table, `reporting` that of the columns that are never public (empty: none).
    `based_on` is the number of the version it was made from, 0 for none. `counted` compares what the
    period holds with what the duty asks for: {"field", "count", "wanted", "unit"}.
    """

    sha256: str
    rows: int
    size: int
    facts: list[dict[str, Any]] = field(default_factory=list)
    reporting: str = ""
    based_on: int = 0
    counted: dict[str, Any] | None = None


@transaction.atomic
def publish(
    *,
    by: Person | None,
    now: dt.datetime,
    register: Register,
    staged: Staged,
    period: str = "",
    made_on: dt.date | None = None,
    note: str = "",
    warrant: str = "",
    warrant_reason: str = "",
    checks: list[dict[str, str]] | None = None,
) -> Version:
    """Publish the next version, with its journal line, in one transaction. Returns it.

    The table's file already stands in the store under its hash, so that a rollback leaves an orphan and
    never a version without its bytes. Raises Overtaken where the register has moved on since.
    """
    locked = Register.objects.select_for_update().select_related("unit").get(pk=register.pk)
    number = require_newest(locked, staged.based_on) + 1
    version = Version(
        register=locked,
        number=number,
        title=title_of(locked, period),
        period=period,
        made_on=made_on,
        descriptor=locked.descriptor,
        sha256=staged.sha256,
        served=staged.sha256,
        reporting=staged.reporting,
        rows=staged.rows,
        size=staged.size,
        facts=staged.facts,
        counted=staged.counted,
        note=note.strip(),
        warrant=warrant,
        warrant_reason=warrant_reason,
        checks=checks or [],
    )
    version.line = journal.append(
        act=Line.Act.VERSION, body=facts(version), at=now, by=signature(by, sample=locked.is_sample)
    )
    version.online_at = version.line.at
    version.save()
    return version


def require_newest(register: Register, based_on: int) -> int:
    """The number of the newest version, 0 for none; raises Overtaken where that is not the one named."""
    last = register.versions.order_by("number").last()
    number = last.number if last else 0
    if based_on != number:
        raise Overtaken(
            f"“{register.title}”在这份数据检查以后又发布了第 {number} 版，或者有数据行依法撤下："
            "请重新检查（系统会在新的版次上合并），再送审、发布"
        )
    return number


def facts(version: Version) -> dict[str, object]:
    """The public facts of a version, as the journal and the rules read them: its manifest.

    `sha256` is that of the Parquet file, `schema_sha256` that of the descriptor (`schema_digest`).
    """
    register = version.register
    return {
        "register": register.slug,
        "version": version.number,
        "unit": register.unit.name,
        "title": version.title,
        "form": register.kind,
        "keywords": list(version.described.keywords),
        "covers": version.period or None,
        "made_on": version.made_on.isoformat() if version.made_on else None,
        "counted": version.counted,
        "rows": version.rows,
        "sha256": version.sha256,
        "schema_sha256": schema_digest(version.descriptor),
        "url": version.get_absolute_url(),
        "note": version.note,
        "review": _review_facts(version),
        "sample": register.is_sample,
    }


def schema_digest(descriptor: Mapping[str, Any]) -> str:
    """SHA-256 of a descriptor as JSON with sorted keys and no spaces, in UTF-8."""
    text = json.dumps(descriptor, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _review_facts(version: Version) -> dict[str, object] | None:
    if version.warrant in (Warrant.REVIEWED, ""):
        return {"steps": version.checks} if version.warrant else None
    return {version.warrant: version.warrant_reason}
