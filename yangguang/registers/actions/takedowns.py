"""Take a row off a register, out of all of its versions, as the law may ask; the reason stays."""

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.registers.actions.versions import schema_digest
from yangguang.registers.actions.wording import require_short
from yangguang.registers.models import File, Intake, Register, Takedown, Version
from yangguang.rules.commitment import SALT, commit
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.query import Value
from yangguang.warehouse import store
from yangguang.warehouse.tables import derived
from yangguang.warehouse.tables.removing import without

LONGEST_GROUND = 200


@transaction.atomic
def take_off(
    *,
    by: Person | None,
    now: dt.datetime,
    register: Register,
    key: Mapping[str, Value],
    reason: str,
    ground: str,
    decided_on: dt.date | None = None,
) -> Takedown:
    """Take the row with this primary key off every version that holds it, with one journal line.

    By command of the operator, or by who agreed to a request (`takedown_requests`).
    Readers get the files of `Version.served` from then on. The log keeps the reason, the legal ground
    and a salted commitment to the key (`rules.commitment`), none of its values; reason and ground become
    public and must name nobody. The old bytes are deleted once the transaction stands. Tables that were
    checked and wait for review must be checked again. Raises Forbidden, DiskFull, and ValueError for a
    key that is not the register's, a row that no version holds, and reason or ground left out.
    """
    locked = Register.objects.select_for_update().select_related("unit").get(pk=register.pk)
    require_may_decide(by, locked.unit)
    require_whole(locked, key, reason, ground)
    versions = list(locked.versions.order_by("number"))
    gone = _files(versions)
    rewritten = _rewrite(versions, key)
    if not rewritten:
        raise no_such_row(locked)
    takedown = Takedown(
        register=locked,
        key={name: write(value) for name, value in key.items()},
        salt=secrets.token_bytes(SALT),
        served={str(version.number): version.served for version in rewritten},
        reason=reason.strip(),
        ground=ground.strip(),
        decided_on=decided_on,
    )
    line = journal.append(
        act=Line.Act.TAKE_OFF, body=facts(takedown), at=now, by=signature(by, sample=locked.is_sample)
    )
    takedown.line, takedown.taken_off_at = line, line.at
    takedown.save()
    _overtake_waiting(locked)
    transaction.on_commit(lambda: _forget(gone))
    return takedown


def no_such_row(register: Register) -> ValueError:
    """No version holds the row that is named."""
    return ValueError(f"“{register.title}”的各版都没有这一行：请核对主键，或者它已经撤下")


def facts(takedown: Takedown) -> dict[str, object]:
    """What the journal tells of a takedown. `served_sha256` is the digest of its {version: file} as JSON."""
    register = takedown.register
    return {
        "register": register.slug,
        "unit": register.unit.name,
        "title": register.title,
        "reason": takedown.reason,
        "ground": takedown.ground,
        "decided_on": takedown.decided_on.isoformat() if takedown.decided_on else None,
        "commitment": commit(bytes(takedown.salt), {"register": register.slug, "key": takedown.key}),
        "versions": len(takedown.served),
        "served_sha256": schema_digest(takedown.served),
        "url": register.get_absolute_url(),
        "sample": register.is_sample,
    }


def require_may_decide(by: Person | None, unit: Unit) -> None:
    """Raise Forbidden unless the person may decide that a row comes off. Nobody (the operator) may."""
    if by is None:
        return
    own = by.unit_id == unit.pk or allows(by.role, Verb.SEE_ALL_UNITS)
    if not by.is_active or not own or not allows(by.role, Verb.ERASE):
        raise Forbidden(f"撤下数据行须由{unit.name}的签发人或者政府办公厅决定：请等他们办理")


def require_whole(register: Register, key: Mapping[str, Value], reason: str, ground: str) -> None:
    """Raise ValueError for a key that is not the register's, and words left out or too long."""
    wanted = register.described.primary_key
    if not wanted:
        raise ValueError(f"“{register.title}”没有主键，认不出一行：请先给表结构写上 primaryKey")
    if set(key) != set(wanted) or not all(write(value) for value in key.values()):
        raise ValueError(f"请写全主键 {'、'.join(wanted)} 的值，不多也不少")
    if not reason.strip():
        raise ValueError("撤下理由必填：请写明事由，不要写姓名、名称")
    if not ground.strip():
        raise ValueError("法律依据必填：请写明法律的名称和条")
    require_short(reason, "撤下理由")
    require_short(ground, "法律依据", LONGEST_GROUND)


def _rewrite(versions: list[Version], key: Mapping[str, Value]) -> list[Version]:
    """Write anew what holds the row; returns the versions whose public file is another one now."""
    made: dict[str, str] = {}
    changed = []
    for version in versions:
        described = version.described
        if lacking := set(key) - set(described.names):
            raise ValueError(f"第 {version.number} 版没有列 {'、'.join(sorted(lacking))}，认不出这一行")
        before = version.served
        for name, fields in (("served", described.public_fields), ("reporting", described.fields)):
            digest = getattr(version, name)
            if digest and digest not in made:
                written = without(digest, fields=fields, order=described.primary_key, key=key)
                made[digest] = written.sha256 if written else digest
            setattr(version, name, made.get(digest, ""))
        if version.served != before:
            version.save(update_fields=["served", "reporting"])
            version.files.all().delete()
            changed.append(version)
    return changed


def _overtake_waiting(register: Register) -> None:
    """Tables on their way still hold the row: `versions.publish` refuses them until they are checked again."""
    for taken in Intake.objects.filter(register=register, version=None, ended_at=None).exclude(staged={}):
        taken.staged = {**taken.staged, "based_on": -1}
        taken.save(update_fields=["staged"])


def _files(versions: list[Version]) -> set[str]:
    """Every file in the store that any of the versions is served from."""
    made = File.objects.filter(version__in=versions).values_list("sha256", flat=True)
    held = {digest for version in versions for digest in (version.served, version.reporting, version.sha256)}
    return (held | set(made)) - {""}


def _forget(digests: set[str]) -> None:
    """Delete what nobody is served any more, and all that was worked out from it."""
    for digest in digests:
        if not _in_use(digest):
            store.forget(digest)
    derived.drop()


def _in_use(digest: str) -> bool:
    by_version = Version.objects.filter(Q(served=digest) | Q(reporting=digest)).exists()
    return by_version or File.objects.filter(sha256=digest).exists()
