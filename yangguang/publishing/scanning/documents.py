"""A whole document: its words and every file that goes online with it."""

from functools import lru_cache

from yangguang.publishing.attachments import Attachment
from yangguang.publishing.models import Document
from yangguang.publishing.scanning.files import scan_file
from yangguang.rules.scan import Finding, Kind, Place, Severity, scan_text
from yangguang.warehouse import store

LINES = (("title", "标题"), ("summary", "内容概述"), ("note", "修改说明"))


def scan(document: Document) -> list[Finding]:
    """Findings in a working copy: title, summary, note, body and attachments. Reads files, no database."""
    found = [
        finding for name, part in LINES for finding in scan_text(getattr(document, name), Place(part=part))
    ]
    found += scan_text(document.body, Place(part="正文"))
    for attachment in document.files:
        found += _stored(attachment)
    return found


def _stored(attachment: Attachment) -> tuple[Finding, ...]:
    """Findings in a stored file. One that is missing is looked for again the next time."""
    try:
        return _read(attachment)
    except OSError:
        return (Finding(Kind.UNREADABLE, Severity.BLOCK, Place(file=attachment.name), "文件不在库中"),)


@lru_cache(maxsize=256)
def _read(attachment: Attachment) -> tuple[Finding, ...]:
    """The same bytes are read once, while somebody corrects the text."""
    return tuple(scan_file(attachment.name, store.read(attachment.sha256)))
