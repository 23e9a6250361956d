"""Take a person's or an enterprise's record out for good, as the law may ask."""

import datetime as dt

from django.db import transaction
from wagtail.models import Revision

from yangguang.directory.models import Person
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.commitments import neutral_title
from yangguang.publishing.models import Document, Edition, Salt
from yangguang.warehouse import store


@transaction.atomic
def erase(*, by: Person | None, now: dt.datetime, document: Document, reason: str) -> Line:
    """Delete what a withdrawn record said, in all editions and drafts, with the salts; returns the line.

    The log keeps a hash that leads back to nobody (`rules.commitment`); the page keeps its place, its
    reason and a title that names nobody. `reason` gives the ground (个人信息保护法第四十七条 and the like) and
    must not name anybody either. Raises Forbidden, and ValueError where the record was not withdrawn first
    or was published in full, which no log forgets.
    """
    editions.require_may_publish(by, document)
    kept = list(document.editions.order_by("number"))
    if not kept or not hasattr(document, "withdrawal"):
        raise ValueError(f"《{document.title}》还在公开：请先撤回，再删除内容")
    if not all(edition.concerns for edition in kept):
        raise ValueError(
            f"《{document.title}》有的版次发布时没有标明涉及个人或者企业，标题和哈希已写入公开日志，不能删净："
            "请保持撤回状态，并向政府办公厅说明"
        )
    if not reason.strip():
        raise ValueError("删除理由必填：请写明法律依据，不要写姓名、名称")
    title = neutral_title(kept[-1])
    line = journal.append(
        act=Line.Act.ERASE,
        body={
            "document": document.index_no,
            "unit": document.unit.name,
            "title": title,
            "url": document.get_absolute_url(),
            "reason": reason.strip(),
            "sample": document.is_sample,
        },
        at=now,
        by=editions.signature(by, document),
    )
    files = {entry.sha256 for edition in kept for entry in edition.files}
    Salt.objects.filter(edition__document=document).delete()
    blank = {"title": title, "body": "", "summary": "", "note": "", "attachments": []}
    document.editions.update(**blank, document_number="", sha256="")
    Document.objects.filter(pk=document.pk).update(
        **blank, number="", latest_revision=None, live_revision=None
    )
    Revision.objects.for_instance(document).delete()
    transaction.on_commit(lambda: _forget(files))
    return line


def _forget(files: set[str]) -> None:
    """Delete attachments from the store, as long as no other edition or draft shows the same file."""
    for digest in files:
        shown = Edition.objects.filter(attachments__icontains=digest).exists()
        if not shown and not Document.objects.filter(attachments__icontains=digest).exists():
            store.forget(digest)
