"""Fix what the public reads: an immutable edition and its journal line, together."""

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.commitments import told
from yangguang.publishing.models.edition import Edition, Facts, Salt
from yangguang.rules.commitment import SALT

if TYPE_CHECKING:
    from yangguang.publishing.models.document import Document

CHANNEL = "政府网站"
DATES = ("made_on", "proclaimed_on", "released_on", "effective_on", "expires_on")


@transaction.atomic
def issue(*, document: "Document", by: Person | None, now: dt.datetime) -> Edition:
    """Publish the document's present text as its next edition, and append the journal line.

    The first edition is a publication, later ones are revisions. `by` is None only for the sample and
    for scheduled work. Raises Forbidden where the person may not publish for this unit, ValueError where
    the document was withdrawn or is not for the public (公开属性).
    """
    require_may_publish(by, document)
    if hasattr(document, "withdrawal"):
        raise ValueError(
            f"《{document.title}》已于 {document.withdrawal.withdrawn_at:%Y-%m-%d} 撤回，请另建文件发布"
        )
    if document.openness != "active":
        raise ValueError(
            f"《{document.title}》的公开属性是“{document.get_openness_display()}”，不能发布："
            "确需公开的，请先把公开属性改为“主动公开”"
        )
    number = (document.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = drafted(document, number)
    act = Line.Act.PUBLISH if number == 1 else Line.Act.REVISE
    salt = secrets.token_bytes(SALT) if edition.concerns else None
    body = told(facts(edition), edition, salt)
    edition.line = journal.append(act=act, body=body, at=now, by=signature(by, document))
    edition.online_at = edition.line.at
    edition.save()
    if salt is not None:
        Salt.objects.create(edition=edition, value=salt)
    return edition


def drafted(document: "Document", number: int) -> Edition:
    """The document's present facts as an unsaved edition, not yet told."""
    copied = {field.attname: getattr(document, field.attname) for field in Facts._meta.fields}
    copied["note"] = document.note if number > 1 else ""
    return Edition(
        **copied,
        document=document,
        unit=document.unit,
        number=number,
        document_number=document.number,
        sha256=hashlib.sha256(document.body.encode()).hexdigest(),
    )


def facts(edition: Edition) -> dict[str, object]:
    """The public facts of an edition, as the journal and the rules read them: its manifest.

    Dates are ISO dates or null; `expires_on` is the last day of the term. `sha256` is that of the body's
    UTF-8 bytes; each attachment has its own.
    """
    document = edition.document
    return {
        "document": document.index_no,
        "edition": edition.number,
        "unit": edition.unit.name,
        "issuers": edition.issuers,
        "title": edition.title,
        "number": edition.document_number,
        "form": edition.form,
        "topic": edition.topic,
        "keywords": edition.keywords,
        "covers": edition.covers or None,
        "summary": edition.summary,
        "openness": "active",  # nothing else is ever published
        "basis": edition.basis,
        **{name: day.isoformat() if (day := getattr(edition, name)) else None for name in DATES},
        "channel": CHANNEL,
        "url": document.get_absolute_url(),
        "note": edition.note,
        "sha256": edition.sha256,
        "attachments": edition.attachments,
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
