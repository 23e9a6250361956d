"""Fix what the public reads: an immutable edition and its journal line, together."""

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.models.edition import Edition

if TYPE_CHECKING:
    from yangguang.publishing.models.document import Document

CHANNEL = "政府网站"


@transaction.atomic
def issue(*, document: "Document", by: Person | None, now: dt.datetime) -> Edition:
    """Publish the document's present text as its next edition, and append the journal line.

    The first edition is a publication, later ones are revisions. `by` is None only for the sample and
    for scheduled work. Raises Forbidden where the person may not publish for this unit, ValueError where
    the document was withdrawn or a revision has no note.
    """
    require_may_publish(by, document)
    number = document.editions.count() + 1
    if hasattr(document, "withdrawal"):
        raise ValueError(
            f"《{document.title}》已于 {document.withdrawal.withdrawn_at:%Y-%m-%d} 撤回，请另建文件发布"
        )
    act = Line.Act.PUBLISH if number == 1 else Line.Act.REVISE
    digest = hashlib.sha256(document.body.encode()).hexdigest()
    line = journal.append(act=act, body=facts(document, number, digest), at=now, by=signature(by, document))
    return Edition.objects.create(
        document=document,
        number=number,
        line=line,
        title=document.title,
        document_number=document.number,
        form=document.form,
        keywords=document.keywords,
        covers=document.covers,
        made_on=document.made_on,
        body=document.body,
        note=document.note if number > 1 else "",
        sha256=digest,
        online_at=line.at,
    )


def facts(document: "Document", number: int, digest: str) -> dict[str, object]:
    """The public facts of an edition, as the journal and the rules read them."""
    return {
        "document": document.index_no,
        "edition": number,
        "unit": document.unit.name,
        "title": document.title,
        "number": document.number,
        "form": document.form,
        "keywords": document.keywords,
        "covers": document.covers or None,
        "made_on": document.made_on.isoformat() if document.made_on else None,
        "channel": CHANNEL,
        "url": document.get_absolute_url(),
        "note": document.note if number > 1 else "",
        "sha256": digest,
        "sample": document.is_sample,
    }


def signature(by: Person | None, document: "Document") -> str:
    """Who acted, as the public sees it: unit and role, never a person's name."""
    if by is None:
        return "示例" if document.is_sample else "系统"
    return f"{by.unit.name if by.unit else ''}{by.get_role_display()}"


def require_may_publish(by: Person | None, document: "Document") -> None:
    """Raise Forbidden unless the person may publish for the document's unit."""
    if by is None:
        return
    own = by.unit_id == document.unit_id and allows(by.role, Verb.PUBLISH)
    if not own and not allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        raise Forbidden(f"您不能以{document.unit.name}的名义发布：请由该单位的编辑或政府办公厅办理")
