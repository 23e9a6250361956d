"""Publish, revise and withdraw documents."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from yangguang.directory import clock
from yangguang.directory.models import Person, Unit
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.commitments import public_title
from yangguang.publishing.models import Document, Form, Withdrawal
from yangguang.rules import document_dates


@transaction.atomic
def publish(
    *,
    by: Person | None,
    now: dt.datetime,
    unit: Unit,
    title: str,
    body: str,
    form: str = Form.DOCUMENT,
    number: str = "",
    index_no: str = "",
    topic: str = "",
    issuers: Sequence[str] = (),
    keywords: Sequence[str] = (),
    covers: str = "",
    summary: str = "",
    basis: str = "",
    made_on: dt.date | None = None,
    proclaimed_on: dt.date | None = None,
    released_on: dt.date | None = None,
    effective_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    attachments: Sequence[Attachment] = (),
    interpretation_due: dt.date | None = None,
    interpretation_exemption: str = "",
    is_sample: bool = False,
) -> Document:
    """Make a new document and publish it at once: the sample's verb, and of what was public elsewhere before.

    Returns it, with edition 1 and its journal line. A person (`by`) publishes through `actions.review`.

    `index_no` is given only where the document brings one along (import); left empty, the next of the unit
    and year is taken. Raises ValueError for one that exists, ValidationError for facts that cannot be true,
    Forbidden where the person may not publish for this unit.
    """
    _require_new_index(index_no)
    document = Document(
        unit=unit,
        index_no=index_no,
        title=title,
        body=body,
        form=form,
        number=number,
        topic=topic,
        issuers=list(issuers),
        keywords=list(keywords),
        covers=covers,
        summary=summary,
        basis=basis,
        made_on=made_on,
        proclaimed_on=proclaimed_on,
        released_on=released_on,
        effective_on=effective_on,
        expires_on=expires_on,
        attachments=[attachment.as_json() for attachment in attachments],
        interpretation_due=interpretation_due,
        interpretation_exemption=interpretation_exemption,
        is_sample=is_sample,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    document.full_clean(exclude=["index_no"])
    ahead = dict(document_dates.ahead(vars(document), now.astimezone(clock.SHANGHAI).date()))
    if ahead:
        raise ValidationError(ahead)
    document.save()
    editions.issue(document=document, by=by, now=now, unreviewed=by is None)
    return document


def _require_new_index(index_no: str) -> None:
    taken = Document.objects.filter(index_no=index_no).first() if index_no else None
    if taken is not None:
        raise ValueError(
            f"索引号 {index_no} 已经用于《{taken.title}》：索引号不重复使用，请留空由系统编号，"
            "或者打开那份文件发布新的版次"
        )


@transaction.atomic
def revise(
    *, by: Person | None, now: dt.datetime, document: Document, note: str, body: str, title: str = ""
) -> Document:
    """Publish a changed text as the next edition. `note` tells the public what changed, and is required.

    The other facts are taken from `document` as it is handed in.
    """
    if not note.strip():
        raise ValueError("修改说明必填：请用一句话告诉公众改了什么")
    document.note, document.body = note.strip(), body
    document.title = title or document.title
    document.last_published_at = now
    document.full_clean()
    document.save()
    editions.issue(document=document, by=by, now=now, unreviewed=by is None)
    return document


@transaction.atomic
def withdraw(*, by: Person | None, now: dt.datetime, document: Document, reason: str) -> Withdrawal:
    """Take a published document back. Its page stays and gives the reason; its editions stay too."""
    editions.require_may_publish(by, document)
    edition = document.edition
    if edition is None:
        raise ValueError(f"《{document.title}》没有发布过，不用撤回")
    if hasattr(document, "withdrawal"):
        raise ValueError(f"《{document.title}》已经撤回")
    if not reason.strip():
        raise ValueError("撤回理由必填：公众会在原网址看到它")
    body = {
        "document": document.index_no,
        "unit": document.unit.name,
        "title": public_title(edition),
        "url": document.get_absolute_url(),
        "reason": reason.strip(),
        "sample": document.is_sample,
    }
    told_by = signature(by, sample=document.is_sample)
    line = journal.append(act=Line.Act.WITHDRAW, body=body, at=now, by=told_by)
    document.live = False
    document.save()
    return Withdrawal.objects.create(
        document=document, line=line, reason=reason.strip(), withdrawn_at=line.at
    )
