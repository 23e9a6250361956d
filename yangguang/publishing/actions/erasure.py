"""Take a person's or an enterprise's record out for good, as the law may ask: one asks, another agrees."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction
from wagtail.models import ModelLogEntry, Revision

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.commitments import neutral_title
from yangguang.publishing.models import (
    Document,
    DraftCopy,
    Edition,
    Erasure,
    ErasureGround,
    Review,
    ReviewStep,
    Salt,
)
from yangguang.publishing.queries import erasure as queries
from yangguang.warehouse import store


@transaction.atomic
def ask(*, by: Person, now: dt.datetime, document: Document, ground: str, reason: str) -> Erasure:
    """Ask that what a withdrawn record said be erased; nothing is erased yet.

    Ground and reason become public and must name nobody. Raises Forbidden, and ValueError where the record
    still is public, was published in full (which no log forgets), is erased, or was asked about already.
    """
    editions.require_may_publish(by, document)
    if wrong := queries.objection(document):
        raise ValueError(wrong)
    if queries.waiting(document):
        raise ValueError(f"《{document.title}》已经有人申请删除，正等另一位决定")
    if not reason.strip():
        raise ValueError("说明必填：请写明事由，不要写姓名、名称")
    return Erasure.objects.create(
        document=document, ground=ErasureGround(ground), reason=reason.strip(), asked_by=by, asked_at=now
    )


@transaction.atomic
def turn_down(*, by: Person, now: dt.datetime, erasure: Erasure, reason: str) -> Erasure:
    """Decide that it is not erased; whoever asked may take it back this way. Raises Forbidden, ValueError."""
    found = _open(erasure)
    if by.pk != found.asked_by_id:
        _require_may_decide(by, found)
    if not reason.strip():
        raise ValueError("理由必填：请告诉申请人为什么不删除")
    found.decided_by, found.decided_at, found.refusal = by, now, reason.strip()
    found.save()
    return found


@transaction.atomic
def agree(*, by: Person, now: dt.datetime, erasure: Erasure) -> Line:
    """Erase, by a second person: text, drafts, files and salts, in all editions; returns the line.

    The log keeps a hash that leads back to nobody (`rules.commitment`); the page keeps its place, its
    reason and a title that names nobody. Raises Forbidden for whoever asked, and as `ask` does.
    """
    found = _open(erasure)
    _require_may_decide(by, found)
    if by.pk == found.asked_by_id:
        raise Forbidden("申请删除的人不能同意自己的申请：请由另一位签发人或者政府办公厅办理")
    document = found.document
    if wrong := queries.objection(document):
        raise ValueError(wrong)
    kept = list(document.editions.order_by("number"))
    line = journal.append(
        act=Line.Act.ERASE, body=facts(found), at=now, by=signature(by, sample=document.is_sample)
    )
    found.decided_by, found.decided_at, found.line = by, line.at, line
    found.save()
    files = {entry.sha256 for edition in kept for entry in edition.files}
    files |= {entry.sha256 for entry in document.files}
    _blank(document, neutral_title(kept[-1]))
    transaction.on_commit(lambda: _forget(files))
    transaction.on_commit(_overwrite)
    return line


def facts(erasure: Erasure) -> dict[str, object]:
    """What the journal tells of an erasure: that two acted is in `asked_by` and `by`, as unit and role."""
    document = erasure.document
    newest = document.editions.order_by("number").last()
    return {
        "document": document.index_no,
        "unit": document.unit.name,
        "title": neutral_title(newest) if newest else "",
        "url": document.get_absolute_url(),
        "ground": erasure.get_ground_display(),
        "reason": erasure.reason,
        "asked_by": signature(erasure.asked_by, sample=document.is_sample),
        "sample": document.is_sample,
    }


def _blank(document: Document, title: str) -> None:
    """Take the words out of every row that held them; rows that the journal tells of stay."""
    Salt.objects.filter(edition__document=document).delete()
    blank = {"title": title, "body": "", "summary": "", "note": "", "attachments": []}
    document.editions.update(**blank, document_number="", sha256="")
    Document.objects.filter(pk=document.pk).update(
        **blank, number="", latest_revision=None, live_revision=None
    )
    Revision.objects.for_instance(document).delete()
    ModelLogEntry.objects.for_instance(document).delete()
    DraftCopy.objects.filter(document=document).delete()
    # What was said about it on its way to the public; who did what and when stays.
    reviews = Review.objects.filter(entries__document=document)
    ReviewStep.objects.filter(review__in=reviews).update(reason="")
    Review.objects.filter(pk__in=list(reviews.values_list("pk", flat=True))).update(
        findings=[], reason="", problem=""
    )


def _open(erasure: Erasure) -> Erasure:
    rows = Erasure.objects.select_for_update(of=("self",)).select_related("document__unit", "asked_by__unit")
    found = rows.get(pk=erasure.pk)
    if found.decided_at is not None:
        raise ValueError("这件申请已经决定：请刷新页面看最新情况")
    return found


def _require_may_decide(by: Person, erasure: Erasure) -> None:
    own = by.unit_id == erasure.document.unit_id or allows(by.role, Verb.SEE_ALL_UNITS)
    if not by.is_active or not own or not allows(by.role, Verb.ERASE):
        raise Forbidden("删除内容须由本单位的签发人或者政府办公厅决定：请等他们办理")


def _forget(files: set[str]) -> None:
    """Delete attachments from the store, as long as nothing else shows the same file."""
    for digest in files:
        if not any(_shown(digest)):
            store.forget(digest)


def _overwrite() -> None:
    """Let no old page of SQLite's log keep the words; deleted ones are overwritten (`secure_delete`)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _shown(digest: str) -> Iterator[bool]:
    yield Edition.objects.filter(attachments__icontains=digest).exists()
    yield Document.objects.filter(attachments__icontains=digest).exists()
