"""Compose an issue of the gazette, and issue it: from then on its bytes never change."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from yangguang.directory.models import Person
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.gazette.compile.content import Content
from yangguang.gazette.compile.epub import compile_epub
from yangguang.gazette.compile.pdf import Printed, compile_pdf
from yangguang.gazette.compile.web import compile_web
from yangguang.gazette.models import Entry, Issue, ScannedIssue
from yangguang.gazette.queries import content_of
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.publishing.models import Edition
from yangguang.warehouse import store

SECTIONS = (
    "市政府规章",
    "市政府文件",
    "市政府办公厅文件",
    "部门规范性文件",
    "区政府文件",
    "政策解读",
    "人事任免",
    "统计数据",
)
"""Section headings that the desk proposes; an issue may use others."""


class NotIssuable(ValueError):
    """The issue cannot be issued as it stands; says why and what to do."""


@transaction.atomic
def start(
    *, by: Person | None, year: int, number: int, title: str, publisher: str, is_sample: bool = False
) -> Issue:
    """Begin an issue. Raises Forbidden, and ValueError where this year has that number already."""
    require_editor(by)
    require_free(year, number)
    issue = Issue(year=year, number=number, title=title.strip(), publisher=publisher.strip())
    issue.is_sample = is_sample
    issue.full_clean()
    issue.save()
    return issue


@transaction.atomic
def place(*, by: Person | None, issue: Issue, edition: Edition, section: str) -> Entry:
    """Put an edition at the end of an issue. It stays this edition, whatever becomes of the document."""
    _require_open(by, issue)
    if not section.strip():
        raise NotIssuable("栏目必填：目录按栏目排")
    if issue.entries.filter(edition=edition).exists():
        raise NotIssuable(f"《{edition.title}》第 {edition.number} 版已经在这一期里")
    if hasattr(edition.document, "withdrawal"):
        raise NotIssuable(f"《{edition.title}》已经撤回，不能刊登")
    if edition.concerns:
        # An issue is fixed for ever; such a record must be erasable.
        raise NotIssuable(
            f"《{edition.title}》涉及{edition.get_concerns_display()}，不能刊登：公报出版后不可更改，这样的记录须能依法删除"
        )
    last = issue.entries.aggregate(last=Max("position"))["last"] or 0
    return Entry.objects.create(issue=issue, edition=edition, position=last + 1, section=section.strip())


@transaction.atomic
def arrange(*, by: Person | None, issue: Issue, order: Sequence[tuple[int, str]]) -> None:
    """Set order and sections: (key of the entry, section) in the new order. What is not named is taken out.

    Entries of one section are brought together, sections in the order of their first entry.
    """
    _require_open(by, issue)
    entries = {entry.pk: entry for entry in issue.entries.all()}
    if any(key not in entries for key, _ in order) or len({key for key, _ in order}) != len(order):
        raise NotIssuable("篇目已被别人改动：请刷新页面再排")
    if any(not section.strip() for _, section in order):
        raise NotIssuable("栏目必填：目录按栏目排")
    sections = list(dict.fromkeys(section.strip() for _, section in order))
    placed = sorted(order, key=lambda one: sections.index(one[1].strip()))
    issue.entries.exclude(pk__in=[key for key, _ in order]).delete()
    for position, (key, section) in enumerate(placed, 1):
        entry = entries[key]
        entry.position, entry.section = position, section.strip()
        entry.save(update_fields=["position", "section"])


def discard(*, by: Person | None, issue: Issue) -> None:
    """Delete an issue in preparation."""
    _require_open(by, issue)
    issue.delete()


def proof(*, by: Person | None, now: dt.datetime, issue: Issue) -> bytes:
    """The PDF as it would be issued now, marked 样稿. Nothing is stored."""
    _require_open(by, issue)
    return compile_pdf(_checked(issue, now, is_proof=True)).pdf


@transaction.atomic
def issue(*, by: Person | None, now: dt.datetime, issue: Issue) -> Issue:
    """Compile the issue to web, PDF and EPUB, keep the files, append the journal line with their hashes.

    规章制定程序条例 (国务院令第695号) 第三十二条: the text in the gazette is the standard text; so the
    files are never made again. Raises Forbidden, NotIssuable, NotPrintable; then nothing has changed.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    _require_open(by, issue)
    content = _checked(issue, now)
    printed = compile_pdf(content)
    issue.html_sha256 = store.put(compile_web(content))
    issue.pdf_sha256 = store.put(printed.pdf)
    issue.epub_sha256 = store.put(compile_epub(content))
    issue.page_count = printed.page_count
    for entry in issue.entries.all():
        entry.page_from = printed.page_of[entry.position]
        entry.save(update_fields=["page_from"])
    issue.line = journal.append(
        act=Line.Act.GAZETTE,
        body=facts(issue, content, printed),
        at=now,
        by=signature(by, sample=issue.is_sample),
    )
    issue.issued_at = issue.line.at
    issue.save()
    return issue


def facts(issue: Issue, content: Content, printed: Printed) -> dict[str, object]:
    """The public facts of an issue: its files, and which edition begins on which page."""
    return {
        "title": str(issue),
        "unit": issue.publisher,
        "url": issue.get_absolute_url(),
        "year": issue.year,
        "number": issue.number,
        "pages": issue.page_count,
        "html_sha256": issue.html_sha256,
        "pdf_sha256": issue.pdf_sha256,
        "epub_sha256": issue.epub_sha256,
        "entries": [
            {
                "position": text.position,
                "section": text.section,
                "title": text.title,
                "edition": text.address,
                "sha256": text.sha256,
                "page": printed.page_of[text.position],
            }
            for text in content.texts
        ],
        "sample": issue.is_sample,
    }


def require_editor(by: Person | None) -> None:
    if by is not None and not allows(by.role, Verb.EDIT_GAZETTE):
        raise Forbidden("您的角色不能编辑公报：请找政府办公厅")


def require_free(year: int, number: int) -> None:
    """Raise ValueError where the year has that number, whether made here or scanned."""
    for model in (Issue, ScannedIssue):
        if model.objects.filter(year=year, number=number).exists():
            raise NotIssuable(f"{year} 年已经有第 {number} 期：请换一个期号")


def _require_open(by: Person | None, issue: Issue) -> None:
    require_editor(by)
    if issue.line_id is not None:
        raise NotIssuable(f"《{issue}》已经出版，不可更改：有错请在下一期刊登更正")


def _checked(issue: Issue, now: dt.datetime, *, is_proof: bool = False) -> Content:
    content = content_of(issue, now=now, is_proof=is_proof)
    if not content.texts:
        raise NotIssuable(f"《{issue}》还没有篇目：请先选入已发布的文件")
    withdrawn = [
        entry.edition.title
        for entry in issue.entries.select_related("edition__document__withdrawal")
        if hasattr(entry.edition.document, "withdrawal")
    ]
    if withdrawn:
        raise NotIssuable(f"《{withdrawn[0]}》已经撤回，不能刊登：请把它从篇目里拿掉")
    return content
