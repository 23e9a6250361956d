"""Abolish, expire, amend, replace and restore documents; end terms on their day and warn before."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.commitments import public_title
from yangguang.publishing.models import Document, Edition, StatusAct, TermWarning
from yangguang.publishing.queries import status as queries
from yangguang.rules.legal_status import Kind


@transaction.atomic
def mark(
    *,
    by: Person | None,
    now: dt.datetime,
    document: Document,
    act: Kind,
    effective_on: dt.date,
    reason: str,
    successor: Document | None = None,
    successor_title: str = "",
    source: Document | None = None,
    source_title: str = "",
) -> StatusAct:
    """Record an act on a published document's standing, with its journal line; the text stays readable.

    `effective_on` is the day from which it works, and may lie ahead. A successor or a source that is not on
    this portal is named by its title. Raises Forbidden where the person may not publish for the document's
    unit, and ValueError with a sentence where the act cannot be true.
    """
    editions.require_may_publish(by, document)
    _require_possible(document, act, effective_on, queries.day_of(now))
    if not reason.strip():
        raise ValueError(f"{Line.Act(act.value).label}《{document.title}》的理由必填：公众会在原文件上看到它")
    if document in (successor, source):
        raise ValueError(f"《{document.title}》不能是它自己的替代文件或者依据：请核对")
    if act is Kind.REPLACE and not (successor or successor_title.strip()):
        raise ValueError(f"《{document.title}》被什么文件替代？请选择替代文件，或者写明它的名称")
    recorded = StatusAct(
        document=document,
        act=act.value,
        effective_on=effective_on,
        reason=reason.strip(),
        successor=successor,
        successor_title=successor_title.strip() or (successor.title if successor else ""),
        source=source,
        source_title=source_title.strip() or (source.title if source else ""),
    )
    recorded.line = journal.append(
        act=Line.Act(act.value), body=facts(recorded), at=now, by=signature(by, sample=document.is_sample)
    )
    recorded.full_clean()
    recorded.save()
    return recorded


def facts(act: StatusAct) -> dict[str, object]:
    """The public facts of an act, as the journal tells them."""
    document = act.document
    return {
        "document": document.index_no,
        "unit": document.unit.name,
        "title": public_title(document),
        "effective_on": act.effective_on.isoformat(),
        "reason": act.reason,
        "successor": act.successor.index_no if act.successor else None,
        "successor_title": act.successor_title,
        "source": act.source.index_no if act.source else None,
        "source_title": act.source_title,
        "url": document.get_absolute_url(),
        "sample": document.is_sample,
    }


def expire_due(*, now: dt.datetime) -> int:
    """Tell of every document whose term is over, each in its own transaction; returns how many.

    The status itself needs no telling (it follows from the term): this puts it into the journal.
    """
    today, told = queries.day_of(now), 0
    over = queries.terms_over(today).select_related("document__unit")
    for edition in over.order_by("expires_on", "pk").iterator(chunk_size=500):
        last = edition.expires_on
        if last is None or not queries.document_status(edition.document, today).ended_by_term:
            continue
        mark(
            by=None,
            now=now,
            document=edition.document,
            act=Kind.EXPIRE,
            effective_on=last + dt.timedelta(days=1),
            reason=f"有效期届满（有效期至 {last}）",
        )
        told += 1
    return told


def warn_ahead(*, now: dt.datetime) -> int:
    """Tell the unit's people by mail, thirty days before, that a document's term ends: once a term.

    Returns how many documents were warned of. The desk shows the same list to everybody, mail or not.
    """
    ending = {
        (edition.document_id, edition.expires_on): edition
        for edition in queries.terms_ending(queries.day_of(now))
        if edition.expires_on
    }
    warned = TermWarning.objects.filter(document__in=[document for document, _ in ending])
    fresh = ending.keys() - set(warned.values_list("document", "expires_on"))
    for document, expires_on in sorted(fresh):
        with transaction.atomic():
            TermWarning.objects.create(document_id=document, expires_on=expires_on, told_at=now)
            letter = _letter(ending[document, expires_on])
            if letter.to:
                transaction.on_commit(letter.send, robust=True)
    return len(fresh)


def _letter(edition: Edition) -> EmailMessage:
    people = edition.document.unit.people
    addresses = people.filter(is_active=True).exclude(email="").values_list("email", flat=True)
    return EmailMessage(
        subject=f"有效期将于 {edition.expires_on} 届满：《{edition.title}》",
        body=(
            f"《{edition.title}》（索引号 {edition.document.index_no}）有效期至 {edition.expires_on}，"
            "次日起自动标注为“失效”。\n\n"
            "需要继续执行的，请在届满前评估，并发布写明新有效期的版次；不再执行的，不用办理。\n\n"
            f"{settings.PUBLIC_ADDRESS}{edition.document.get_absolute_url()}\n"
        ),
        to=list(addresses),
    )


def _require_possible(document: Document, act: Kind, effective_on: dt.date, today: dt.date) -> None:
    newest = document.edition
    if newest is None:
        raise ValueError(f"《{document.title}》没有发布过，谈不上{Line.Act(act.value).label}")
    if hasattr(document, "withdrawal"):
        raise ValueError(f"《{document.title}》已经撤回，不能再标注")
    if newest.made_on and effective_on < newest.made_on:
        raise ValueError(
            f"生效日期 {effective_on} 早于《{document.title}》的成文日期 {newest.made_on}：请核对"
        )
    day = max(today, effective_on)
    standing = queries.status_of(newest, day, known_by=today).standing
    if act is Kind.RESTORE:
        if standing.status.is_in_force:
            raise ValueError(f"《{document.title}》现在有效，不用恢复")
        if newest.expires_on and newest.expires_on < day:
            raise ValueError(
                f"《{document.title}》的有效期已于 {newest.expires_on} 届满：请先发布写明新有效期的版次，再恢复有效"
            )
    elif not standing.status.is_in_force and not (act is Kind.EXPIRE and standing.seq is None):
        raise ValueError(
            f"《{document.title}》已于 {standing.since} {queries.WORDS[standing.status]}，不能再次标注；"
            "原标注有误的，请先恢复有效"
        )
