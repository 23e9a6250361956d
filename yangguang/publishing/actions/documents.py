"""Publish, revise and withdraw documents."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from yangguang.directory.models import Person, Unit
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.models import Document, Form, Withdrawal


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
    keywords: Sequence[str] = (),
    covers: str = "",
    made_on: dt.date | None = None,
    is_sample: bool = False,
) -> Document:
    """Make a new document and publish it at once. Returns it, with edition 1 and its journal line."""
    document = Document(
        unit=unit,
        title=title,
        body=body,
        form=form,
        number=number,
        keywords=list(keywords),
        covers=covers,
        made_on=made_on,
        is_sample=is_sample,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    document.full_clean(exclude=["index_no"])
    document.save()
    editions.issue(document=document, by=by, now=now)
    return document


@transaction.atomic
def revise(
    *, by: Person | None, now: dt.datetime, document: Document, note: str, body: str, title: str = ""
) -> Document:
    """Publish a changed text as the next edition. `note` tells the public what changed, and is required."""
    if not note.strip():
        raise ValueError("修改说明必填：请用一句话告诉公众改了什么")
    document.note, document.body = note.strip(), body
    document.title = title or document.title
    document.last_published_at = now
    document.save()
    editions.issue(document=document, by=by, now=now)
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
        "title": edition.title,
        "url": document.get_absolute_url(),
        "reason": reason.strip(),
        "sample": document.is_sample,
    }
    signature = editions.signature(by, document)
    line = journal.append(act=Line.Act.WITHDRAW, body=body, at=now, by=signature)
    document.live = False
    document.save()
    return Withdrawal.objects.create(
        document=document, line=line, reason=reason.strip(), withdrawn_at=line.at
    )
