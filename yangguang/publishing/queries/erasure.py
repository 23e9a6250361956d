"""What erasing would take out and leave, where it stands, and what waits for whom."""

from dataclasses import dataclass

from django.db.models import QuerySet

from yangguang.directory.models import Person
from yangguang.directory.permissions import Verb, allows
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models import Document, DraftCopy, Edition, Erasure


@dataclass(frozen=True)
class Reach:
    """What goes (texts, files, drafts, what is kept aside) and what stays (the journal's lines)."""

    editions: tuple[Edition, ...]
    files: tuple[Attachment, ...]
    drafts: int
    aside: int
    lines: tuple[int, ...]


def carried_out(document: Document) -> Erasure | None:
    """The erasure of this document's text, where there was one."""
    return Erasure.objects.filter(document=document, line__isnull=False).select_related("line").first()


def waiting(document: Document) -> Erasure | None:
    """The asking that is still to be decided."""
    open_ones = Erasure.objects.filter(document=document, decided_at__isnull=True)
    return open_ones.select_related("asked_by__unit").first()


def waiting_for(person: Person) -> QuerySet[Erasure]:
    """What this person may decide now, the longest waiting first."""
    open_ones = Erasure.objects.filter(decided_at__isnull=True).select_related("document__unit", "asked_by")
    if not allows(person.role, Verb.ERASE):
        return open_ones.none()
    if not allows(person.role, Verb.SEE_ALL_UNITS):
        open_ones = open_ones.filter(document__unit=person.unit_id)
    return open_ones.exclude(asked_by=person).order_by("asked_at")


def reach(document: Document) -> Reach:
    kept = tuple(document.editions.order_by("number"))
    files = {file.sha256: file for edition in kept for file in edition.files}
    return Reach(
        editions=kept,
        files=tuple(files.values()),
        drafts=document.revisions.count(),
        aside=DraftCopy.objects.filter(document=document).count(),
        lines=(*(edition.line_id for edition in kept), document.withdrawal.line_id),
    )


def objection(document: Document) -> str:
    """Why this record cannot be erased, as a sentence; "" where it can."""
    kept = list(document.editions.all())
    if not kept or not hasattr(document, "withdrawal"):
        return f"《{document.title}》还在公开：请先撤回，再删除内容"
    if not all(edition.concerns for edition in kept):
        return (
            f"《{document.title}》有的版次发布时没有标明涉及个人或者企业，标题和哈希已写入公开日志，不能删净："
            "请保持撤回状态，并向政府办公厅说明"
        )
    return f"《{document.title}》的内容已经删除" if carried_out(document) else ""
