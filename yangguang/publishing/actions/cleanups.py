"""Take in a cleaning-up's list, find its documents, and carry out what was confirmed."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from yangguang.directory import queries as directory
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import status
from yangguang.publishing.commitments import public_title
from yangguang.publishing.models import Cleanup, CleanupRow, Document, Edition, MarkRequest
from yangguang.rules.cleanup_list import KEEP, ListedDocument
from yangguang.rules.legal_status import Kind
from yangguang.rules.title_matching import Entry, TitleIndex

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass
class Outcome:
    """What carrying out a list did: how many were marked or asked for, how many are left, what was refused."""

    marked: int = 0
    asked: int = 0
    left: int = 0
    refused: list[tuple[CleanupRow, str]] = field(default_factory=list)


@transaction.atomic
def receive(
    *,
    by: Person | None,
    now: dt.datetime,
    unit: Unit,
    title: str,
    decided_on: dt.date,
    listed: Sequence[ListedDocument],
    sha256: str,
    number: str = "",
    file_name: str = "",
    notice: Document | None = None,
    is_sample: bool = False,
    tell: Progress = _silent,
) -> Cleanup:
    """Keep a list with the documents that each line may mean; nothing is marked yet.

    `decided_on` is the day of the result, from which the ten working days run. Lines that name no unit fall
    to `unit`. Raises Forbidden where the person acts for another unit, ValueError for an empty list, for one
    that was taken in before, for a day ahead, and for a unit that nobody knows.
    """
    if by is not None and by.unit_id != unit.pk and not allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        raise Forbidden(f"您不能以{unit.name}的名义导入清理结果：请由该单位的编辑或政府办公厅办理")
    if not listed:
        raise ValueError("清单里没有读到文件：请检查表头是否有“文件名称”，或者每行写《文件名称》（文号）")
    if decided_on > now.date():
        raise ValueError(f"结果日期 {decided_on} 还没有到：请填清理结果的日期")
    units = _units(listed, unit)
    cleanup = Cleanup(
        unit=unit,
        title=title.strip(),
        number=number.strip(),
        decided_on=decided_on,
        notice=notice,
        file_name=file_name,
        sha256=sha256,
        is_sample=is_sample,
    )
    cleanup.clean_fields(exclude=["line"])
    if Cleanup.objects.filter(unit=unit, sha256=sha256, decided_on=decided_on).exists():
        raise ValueError(f"这份清单（{unit.name}，{decided_on}）已经导入过：请打开原来的清单继续办理")
    cleanup.line = journal.append(
        act=Line.Act.CLEANUP,
        body={
            "unit": unit.name,
            "title": cleanup.title,
            "number": cleanup.number,
            "decided_on": decided_on.isoformat(),
            "documents": len(listed),
            "notice": notice.index_no if notice else None,
            "url": notice.get_absolute_url() if notice else "",
            "sha256": sha256,
            "sample": is_sample,
        },
        at=now,
        by=signature(by, sample=is_sample),
    )
    cleanup.save()
    index = title_index(exclude=notice)
    rows = []
    for position, one in enumerate(listed, 1):
        rows.append(_row(cleanup, position, one, units, index))
        tell(position, len(listed))
    CleanupRow.objects.bulk_create(rows, batch_size=500)
    return cleanup


def title_index(exclude: Document | None = None) -> TitleIndex:
    """Every public document by its newest title and number, to match lists with. Reads all of them once."""
    newest = {
        document: (title, number)
        for document, title, number in Edition.objects.order_by("number")
        .values_list("document", "title", "document_number")
        .iterator(chunk_size=5000)
        if exclude is None or document != exclude.pk
    }
    return TitleIndex.of(Entry(key, title, number) for key, (title, number) in newest.items())


def confirm(*, by: Person | None, row: CleanupRow, document: Document | None) -> CleanupRow:
    """Say which document a line means; None: none of those here. Refused once the act is recorded."""
    _require_may_confirm(by, row.cleanup)
    if row.act_id or hasattr(row, "request"):
        raise ValueError(f"第 {row.position} 行《{row.title}》已经办理，不能再改")
    row.document = document
    row.save()
    return row


@transaction.atomic
def confirm_exact(*, by: Person | None, cleanup: Cleanup) -> int:
    """Confirm the lines whose first candidate is exact, and none of whose others is; returns how many."""
    _require_may_confirm(by, cleanup)
    sure = []
    for row in cleanup.rows.filter(document__isnull=True, act__isnull=True):
        exact = [found for found in row.found if found["exact"]]
        if len(exact) == 1:
            row.document_id = exact[0]["document"]
            sure.append(row)
    CleanupRow.objects.bulk_update(sure, ["document"], batch_size=500)
    return len(sure)


def carry_out(
    *,
    by: Person | None,
    now: dt.datetime,
    cleanup: Cleanup,
    most: int | None = None,
    leave_out: Sequence[int] = (),
    tell: Progress = _silent,
) -> Outcome:
    """Mark every confirmed document, or ask for it where the unit itself may not; each stands alone.

    The general office (and the machine) marks all; an editor marks what their own unit published and asks
    the portal's manager to mark the rest (任务 5.8). What is refused is told and left as it was. `most` stops
    after so many lines, `leave_out` (rows) passes over those refused before.
    """
    _require_may_confirm(by, cleanup)
    outcome = Outcome()
    waiting = [
        row
        for row in open_rows(cleanup)
        if row.pk not in leave_out and (_may_mark(by, row) or not hasattr(row, "request"))
    ]
    todo = waiting[:most]
    outcome.left = len(waiting) - len(todo)
    for done, row in enumerate(todo, 1):
        try:
            if _may_mark(by, row):
                mark(by=by, now=now, row=row)
                outcome.marked += 1
            else:
                ask(by=by, now=now, row=row)
                outcome.asked += 1
        except (ValueError, IntegrityError) as problem:
            outcome.refused.append((row, str(problem)))
        tell(done, len(todo))
    return outcome


def open_rows(cleanup: Cleanup) -> Iterable[CleanupRow]:
    """Confirmed lines whose documents are still to be marked."""
    waiting = cleanup.rows.filter(document__isnull=False, act__isnull=True).exclude(verb=KEEP)
    return waiting.select_related("document__unit", "unit", "request", "cleanup__notice", "cleanup__unit")


@transaction.atomic
def ask(*, by: Person | None, now: dt.datetime, row: CleanupRow) -> MarkRequest:
    """Ask the portal's manager to mark a document that the unit did not publish itself."""
    document = row.document
    if document is None:
        raise ValueError(f"第 {row.position} 行《{row.title}》还没有确认对应哪份文件")
    line = journal.append(
        act=Line.Act.ASK_TO_MARK,
        body={
            "document": document.index_no,
            "unit": row.unit.name,
            "title": public_title(document),
            "reason": f"{row.cleanup.title}：{row.get_verb_display()}",
            "decided_on": row.cleanup.decided_on.isoformat(),
            "url": document.get_absolute_url(),
            "sample": row.cleanup.is_sample,
        },
        at=now,
        by=signature(by, sample=row.cleanup.is_sample),
    )
    return MarkRequest.objects.create(row=row, unit=row.unit, line=line, asked_at=line.at)


@transaction.atomic
def mark(*, by: Person | None, now: dt.datetime, row: CleanupRow) -> None:
    """Record the act that a confirmed line calls for; raises what `status.mark` does."""
    document, cleanup = row.document, row.cleanup
    if document is None:
        return
    kind = Kind(row.verb)
    if kind is Kind.REPLACE and not row.successor_title:
        kind = Kind.ABOLISH
    row.act = status.mark(
        by=by,
        now=now,
        document=document,
        act=kind,
        effective_on=cleanup.decided_on,
        reason=row.reason or f"{cleanup.title}：{row.get_verb_display()}",
        successor=_successor(row),
        successor_title=row.successor_title,
        source=cleanup.notice,
        source_title=cleanup.title,
    )
    row.save()


def _successor(row: CleanupRow) -> Document | None:
    if not row.successor_title:
        return None
    named = Document.objects.public().filter(title=row.successor_title).exclude(pk=row.document_id or 0)
    return named.first() if named.count() == 1 else None


def _row(
    cleanup: Cleanup, position: int, one: ListedDocument, units: dict[str, Unit], index: TitleIndex
) -> CleanupRow:
    found = index.find(one.title, one.number)
    return CleanupRow(
        cleanup=cleanup,
        position=position,
        title=one.title[:300],
        number=one.number[:80],
        verb=one.verb,
        reason=one.reason[:300],
        successor_title=one.successor[:300],
        unit=units[one.unit],
        found=[
            {"document": each.key, "likeness": round(each.likeness, 3), "exact": each.exact, "why": each.why}
            for each in found
        ],
    )


def _units(listed: Iterable[ListedDocument], unit: Unit) -> dict[str, Unit]:
    """The units that the list names; raises ValueError naming the row of one that nobody knows."""
    units = {"": unit}
    for one in listed:
        if one.unit in units:
            continue
        named = directory.resolve(one.unit)
        if named is None:
            raise ValueError(
                f"第 {one.place} 行的责任单位“{one.unit}”不在单位名录里：请改成名录里的名称或别名，或者留空"
            )
        units[one.unit] = named
    return units


def _may_mark(by: Person | None, row: CleanupRow) -> bool:
    if by is None or allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        return True
    return row.document is not None and row.document.unit_id == by.unit_id


def _require_may_confirm(by: Person | None, cleanup: Cleanup) -> None:
    if by is None or allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        return
    if by.unit_id != cleanup.unit_id or not allows(by.role, Verb.PUBLISH):
        raise Forbidden(f"您不能办理{cleanup.unit.name}的清理结果：请由该单位的编辑或政府办公厅办理")
