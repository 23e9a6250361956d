"""Reads of the gazette."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yangguang.gazette.compile.content import Content, Text
from yangguang.gazette.compile.web import article_of
from yangguang.gazette.models import Entry, Issue, ScannedIssue, ScannedPage
from yangguang.publishing.models import Edition
from yangguang.warehouse import store


@dataclass(frozen=True)
class SearchablePage:
    """A page of a historic issue, for the full-text index. `key` never changes."""

    pk: int
    key: str
    title: str
    year: int
    number: int
    page: int
    url: str
    text: str
    online_at: dt.datetime


def content_of(issue: Issue, *, now: dt.datetime, is_proof: bool = False) -> Content:
    """Everything that an issue is compiled from."""
    entries = issue.entries.select_related("edition__document", "edition__unit").order_by("position")
    return Content(
        title=issue.title,
        year=issue.year,
        number=issue.number,
        publisher=issue.publisher,
        issued_at=now,
        texts=tuple(_text(entry, position) for position, entry in enumerate(entries, 1)),
        picture=store.read,
        is_sample=issue.is_sample,
        is_proof=is_proof,
    )


def _text(entry: Entry, position: int) -> Text:
    edition = entry.edition
    return Text(
        position=position,
        section=entry.section,
        title=edition.title,
        byline=edition.document_number,
        issuers=tuple(edition.issuers) or (edition.unit.name,),
        made_on=edition.made_on,
        body=edition.body,
        address=edition.get_absolute_url(),
        sha256=edition.sha256,
        pictures=tuple((f.name, f.media_type, f.sha256) for f in edition.files if f.is_picture),
    )


def issued(*, until: dt.datetime) -> list[Issue]:
    """Issues out by that moment, newest first."""
    return list(Issue.objects.issued().filter(issued_at__lt=until).order_by("-year", "-number"))


def online(*, until: dt.datetime) -> list[ScannedIssue]:
    """Historic issues online by that moment, newest first."""
    return list(ScannedIssue.objects.online().filter(online_at__lt=until).order_by("-year", "-number"))


def entry(issue: Issue, position: int) -> Entry | None:
    """One entry of an issue, with what its page shows."""
    found = issue.entries.select_related("issue", "edition__document", "edition__unit")
    return found.defer("edition__unit__position").filter(position=position).first()


def entries_beside(shown: Entry) -> tuple[Entry | None, Entry | None]:
    """The entries before and after one; of them only what a link needs is read."""
    beside = shown.issue.entries.select_related("edition").only("position", "edition__title")
    before = beside.filter(position__lt=shown.position).order_by("-position").first()
    return before, beside.filter(position__gt=shown.position).order_by("position").first()


def standard_text(entry: Entry) -> str:
    """The entry's text out of the issued file: those bytes, not rendered again. Reads the issue."""
    return article_of(store.read(entry.issue.html_sha256), entry.position)


def places_of(edition: Edition) -> list[Entry]:
    """Where an edition stands in issues that are out (标准文本)."""
    return list(
        Entry.objects.filter(edition=edition, issue__line__isnull=False)
        .select_related("issue")
        .order_by("issue__issued_at")
    )


def searchable_pages(*, issue: ScannedIssue | None = None) -> Iterator[SearchablePage]:
    """Every page of the historic issues that are online, or of one of them."""
    pages = ScannedPage.objects.filter(issue__line__isnull=False).select_related("issue")
    if issue is not None:
        pages = pages.filter(issue=issue)
    for page in pages.defer("lines").order_by("issue_id", "number").iterator(chunk_size=500):
        found = page.issue
        if found.online_at is None:
            continue
        yield SearchablePage(
            pk=page.pk,
            key=f"gazette-{found.year}-{found.number}-p{page.number}",
            title=f"{found}第{page.number}页",
            year=found.year,
            number=found.number,
            page=page.number,
            url=page.get_absolute_url(),
            text=page.text,
            online_at=found.online_at,
        )


def entries_with(words: Sequence[str], *, until: dt.datetime) -> QuerySet[Entry]:
    """Entries of issues out by then whose title or 文号 holds every word, newest first."""
    found = Entry.objects.filter(issue__issued_at__lt=until).select_related("issue", "edition__unit")
    for word in words:
        found = found.filter(Q(edition__title__icontains=word) | Q(edition__document_number__icontains=word))
    return found.order_by("-issue__year", "-issue__number", "position")


def pages_with(words: Sequence[str], *, until: dt.datetime) -> QuerySet[ScannedPage]:
    """Pages of historic issues online by then whose text holds every word, newest first."""
    found = ScannedPage.objects.filter(issue__online_at__lt=until).select_related("issue").defer("lines")
    for word in words:
        found = found.filter(text__icontains=word)
    return found.order_by("-issue__year", "-issue__number", "number")
