"""Historic issues: keep what was read, correct it by hand, put it online."""

import datetime as dt
import hashlib

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.directory.signature import signature
from yangguang.gazette.actions.issues import NotIssuable, require_editor, require_free
from yangguang.gazette.digitise.page import ReadPage, as_json
from yangguang.gazette.models import Correction, ScannedFile, ScannedIssue, ScannedPage
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.warehouse import store


@transaction.atomic
def open_issue(
    *, by: Person | None, year: int, number: int, title: str, is_sample: bool = False
) -> ScannedIssue:
    """The historic issue of that year and number, begun where it is not there yet. One that is online is closed."""
    require_editor(by)
    found = ScannedIssue.objects.filter(year=year, number=number).first()
    if found is None:
        require_free(year, number)
        found = ScannedIssue(year=year, number=number, title=title.strip(), is_sample=is_sample)
        found.full_clean()
        found.save()
    return found


@transaction.atomic
def open_file(*, issue: ScannedIssue, name: str, sha256: str, page_count: int) -> ScannedFile:
    """The record of a file and the page numbers it takes: the same ones each time it is opened."""
    known = issue.files.filter(sha256=sha256).first()
    if known is not None:
        return known
    if ScannedIssue.objects.online().filter(pk=issue.pk).exists():
        raise NotIssuable(f"《{issue}》已经上网，不能再加页：请用新的期号")
    last = issue.files.order_by("-first_page").first()
    first_page = last.first_page + last.page_count if last else 1
    return ScannedFile.objects.create(
        issue=issue, name=name[:255], sha256=sha256, first_page=first_page, page_count=page_count
    )


def note_problem(*, file: ScannedFile, problem: str) -> None:
    """Keep the sentence that says what could not be read in a file."""
    file.problem = problem[:300]
    file.save(update_fields=["problem"])


@transaction.atomic
def keep_page(*, now: dt.datetime, file: ScannedFile, index: int, page: ReadPage) -> ScannedPage:
    """Keep a page with its image, at once, so that a run that is killed goes on behind it."""
    kept, _ = ScannedPage.objects.get_or_create(
        issue_id=file.issue_id,
        number=file.first_page + index,
        defaults={
            "image_sha256": store.put(page.image),
            "width": page.width,
            "height": page.height,
            "lines": [as_json(line) for line in page.lines],
            "text": page.text,
            "confidence": page.confidence,
            "read_at": now,
        },
    )
    return kept


@transaction.atomic
def correct(*, by: Person | None, now: dt.datetime, page: ScannedPage, text: str) -> Correction | None:
    """Set a page's text right; the earlier text is kept. Returns None where nothing changed.

    Where the page is online already, a journal line tells the new hash. Raises Forbidden, ValueError.
    """
    require_editor(by)
    text = text.replace("\r\n", "\n").strip("\n")
    page = ScannedPage.objects.select_for_update().select_related("issue").get(pk=page.pk)
    if text == page.text:
        return None
    if not text.strip() and page.text:
        raise NotIssuable("文字是空的：空白页以外请保留识读的文字")
    line = None
    if page.issue.line_id is not None:
        body = {
            "title": str(page),
            "url": page.get_absolute_url(),
            "page": page.number,
            "text_sha256": _digest(text),
            "sample": page.issue.is_sample,
        }
        line = journal.append(
            act=Line.Act.PROOFREAD, body=body, at=now, by=signature(by, sample=page.issue.is_sample)
        )
    kept = Correction.objects.create(
        page=page, by=by, at=line.at if line else now, before=page.text, line=line
    )
    page.text = text
    page.save(update_fields=["text"])
    return kept


@transaction.atomic
def put_online(*, by: Person | None, now: dt.datetime, issue: ScannedIssue) -> ScannedIssue:
    """Show a historic issue to the public, with the hashes of its page images in the journal."""
    require_editor(by)
    issue = ScannedIssue.objects.select_for_update().get(pk=issue.pk)
    if issue.line_id is not None:
        raise NotIssuable(f"《{issue}》已经上网")
    pages = list(issue.pages.order_by("number").values_list("number", "image_sha256", "text"))
    if not pages:
        raise NotIssuable(f"《{issue}》还没有识读的页：请先运行 yangguang gazette digitise")
    body = {
        "title": str(issue),
        "url": issue.get_absolute_url(),
        "year": issue.year,
        "number": issue.number,
        "pages": [
            {"page": number, "image_sha256": image, "text_sha256": _digest(text)}
            for number, image, text in pages
        ],
        "sample": issue.is_sample,
    }
    issue.line = journal.append(
        act=Line.Act.SCAN, body=body, at=now, by=signature(by, sample=issue.is_sample)
    )
    issue.online_at = issue.line.at
    issue.save()
    return issue


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
