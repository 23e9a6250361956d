"""Fix what the public reads: an immutable edition and its journal line, together."""

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing import interpreting, reviewed_content
from yangguang.publishing.commitments import told
from yangguang.publishing.models.edition import Edition, Facts, Salt, Warrant
from yangguang.publishing.models.review import ReviewEntry
from yangguang.rules import four_eyes
from yangguang.rules.commitment import SALT
from yangguang.rules.four_eyes import Step

if TYPE_CHECKING:
    from yangguang.publishing.models.document import Document

CHANNEL = "政府网站"
DATES = ("made_on", "proclaimed_on", "released_on", "effective_on", "expires_on")


class NotReviewed(ValueError):
    """There is no complete review of exactly this content."""


@transaction.atomic
def issue(
    *,
    document: "Document",
    by: Person | None,
    now: dt.datetime,
    forced: str = "",
    unreviewed: bool = False,
) -> Edition:
    """Publish the document's present text as its next edition, and append the journal line.

    The first edition is a publication, later ones are revisions. It must have been reviewed exactly as it
    stands (the signer then signs the line); `forced` is the reason to go without, for those who may;
    `unreviewed`, with nobody as `by`, is for the sample and for what was published elsewhere before.
    Raises NotReviewed, Forbidden, and ValueError where the document was withdrawn or is not for the
    public (公开属性).
    """
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
    interpreting.tell(edition)
    entry = None
    if forced:
        _require_may_force(by)
        edition.warrant, edition.warrant_reason = Warrant.FORCED, forced
    elif by is not None or not unreviewed:
        entry, by = _reviewed(document, now)
        edition.warrant, edition.checks = Warrant.REVIEWED, _told_steps(entry)
    act = Line.Act.PUBLISH if number == 1 else Line.Act.REVISE
    salt = secrets.token_bytes(SALT) if edition.concerns else None
    body = told(facts(edition), edition, salt)
    edition.line = journal.append(act=act, body=body, at=now, by=signature(by, sample=document.is_sample))
    edition.online_at = edition.line.at
    edition.save()
    if salt is not None:
        Salt.objects.create(edition=edition, value=salt)
    if entry is not None:
        entry.edition = edition
        entry.save()
    return edition


def _reviewed(document: "Document", now: dt.datetime) -> tuple[ReviewEntry, Person]:
    """The complete review of exactly this content, and who signed it. Raises NotReviewed."""
    open_ones = ReviewEntry.objects.filter(
        document=document, edition__isnull=True, review__ended_at__isnull=True
    ).select_related("review")
    entry = open_ones.filter(content=reviewed_content.digest(document)).last()
    if entry is None:
        why = "内容在审核以后改过" if open_ones.exists() else "没有经过审核"
        raise NotReviewed(f"《{document.title}》{why}，不能发布：请送审，经单位审核、保密审查和签发后发布")
    steps = {
        Step(step.kind): step
        for step in entry.review.steps.select_related("by__unit")
        if step.kind in four_eyes.APPROVALS
    }
    authors = set(entry.review.authors.values_list("pk", flat=True))
    if not four_eyes.is_complete(authors=authors, taken={kind: step.by_id for kind, step in steps.items()}):
        raise NotReviewed(f"《{document.title}》的审核还没有完成，不能发布：请等单位审核、保密审查和签发")
    due = entry.review.release_at
    if due is not None and now < due:
        raise NotReviewed(
            f"《{document.title}》定在 {due.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 发布，时间还没有到"
        )
    return entry, steps[Step.SIGN].by


def _told_steps(entry: ReviewEntry) -> list[dict[str, str]]:
    """The steps as the public reads them: unit and role, never a person's name."""
    return [
        {
            "step": step.kind,
            "by": f"{step.by.unit.name if step.by.unit else ''}{step.by.get_role_display()}",
            "at": step.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        }
        for step in entry.review.steps.select_related("by__unit").order_by("pk")
    ]


def _require_may_force(by: Person | None) -> None:
    if by is None or not by.is_active or not allows(by.role, Verb.FORCE_PUBLISH):
        raise Forbidden("只有政府办公厅可以不经审核直接发布：请送审")


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
        "review": _review_facts(edition),
        "interpretation": _interpretation_facts(edition),
    }


def _review_facts(edition: Edition) -> dict[str, object] | None:
    """How it was reviewed; null for the sample and for what was published elsewhere before."""
    if edition.warrant == Warrant.FORCED:
        return {"forced": edition.warrant_reason}
    return {"steps": edition.checks} if edition.warrant else None


def _interpretation_facts(edition: Edition) -> dict[str, object] | None:
    """What it explains, or by when or why not it is itself explained; null where nothing is to be said."""
    if edition.interprets is not None:
        return {
            "interprets": edition.interprets.index_no,
            "kind": edition.interpretation_kind,
            "phase": edition.interpretation_phase,
            "link": edition.link,
        }
    if edition.interpretation_exemption:
        return {"exemption": edition.interpretation_exemption}
    if edition.interpretation_due:
        return {"promised": edition.interpretation_due.isoformat()}
    return None


def require_may_publish(by: Person | None, document: "Document") -> None:
    """Raise Forbidden unless the person may publish for the document's unit."""
    if by is None:
        return
    own = by.unit_id == document.unit_id and allows(by.role, Verb.PUBLISH)
    if not own and not allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        raise Forbidden(f"您不能以{document.unit.name}的名义发布：请由该单位的编辑或政府办公厅办理")
