"""The gazette's fixed files and the texts of historic pages, compared with their journal lines."""

import hashlib
from collections.abc import Iterator

from yangguang.gazette.models import Entry, Issue, ScannedIssue, ScannedPage
from yangguang.journal.models import Line
from yangguang.journal.patrol import Checked, differing, time_differing, told_in, without_counterpart
from yangguang.warehouse import store


def issues() -> Iterator[Checked]:
    """Every issue: its files in the store, its numbers, and which editions stand in it."""
    for issue in Issue.objects.issued().select_related("line").prefetch_related("entries__edition__document"):
        logged = told_in(issue.line) if issue.line else {}
        stored = {
            "title": str(issue),
            "unit": issue.publisher,
            "year": issue.year,
            "number": issue.number,
            "pages": issue.page_count,
            "html_sha256": issue.html_sha256,
            "pdf_sha256": issue.pdf_sha256,
            "epub_sha256": issue.epub_sha256,
            "sample": issue.is_sample,
        }
        problems = [*differing(logged, stored)]
        if issue.issued_at:
            problems += time_differing(logged, issue.issued_at)
        entries = [_entry(entry) for entry in issue.entries.all()]
        told = [{name: one[name] for name in ENTRY} for one in logged.get("entries", [])]
        if entries != told:
            problems.append("篇目与日志所记的不同")
        for digest in (issue.html_sha256, issue.pdf_sha256, issue.epub_sha256):
            if not store.stands(digest):
                problems.append(f"文件 {digest[:12]}… 不见了，或者内容与它的哈希不符")
        yield Checked(str(issue), tuple(problems))
    yield from without_counterpart([Line.Act.GAZETTE], "gazette_issue")


def scans() -> Iterator[Checked]:
    """Every historic issue online: the image of each page, and its text as it was last told."""
    corrected = _corrected()
    for issue in ScannedIssue.objects.online().select_related("line"):
        logged = told_in(issue.line) if issue.line else {}
        stored = {"title": str(issue), "year": issue.year, "number": issue.number, "sample": issue.is_sample}
        problems = [*differing(logged, stored)]
        if issue.online_at:
            problems += time_differing(logged, issue.online_at)
        yield Checked(str(issue), tuple(problems))
        pages = {one["page"]: one for one in logged.get("pages", [])}
        for page in issue.pages.order_by("number").iterator(chunk_size=200):
            page.issue = issue
            told = pages.pop(page.number, {})
            text = corrected.get(page.get_absolute_url(), told.get("text_sha256"))
            yield Checked(str(page), tuple(_page_problems(page, told.get("image_sha256"), text)))
        for number in pages:
            yield Checked(f"{issue}第{number}页", ("日志记有这一页，数据库里的记录不见了",))
    yield from without_counterpart([Line.Act.SCAN], "scanned_issue")


ENTRY = ("position", "section", "edition", "page")


def _entry(entry: Entry) -> dict[str, object]:
    address = entry.edition.get_absolute_url()
    return dict(zip(ENTRY, (entry.position, entry.section, address, entry.page_from), strict=True))


def _page_problems(page: ScannedPage, image: str | None, text: str | None) -> Iterator[str]:
    if page.image_sha256 != image or not store.stands(page.image_sha256):
        yield "页面图像不见了，或者与日志所记的不同"
    if hashlib.sha256(page.text.encode()).hexdigest() != text:
        yield "文字与日志所记的不同"


def _corrected() -> dict[str, str]:
    """Address of a page → the hash of its text as last corrected."""
    lines = Line.objects.filter(act=Line.Act.PROOFREAD).order_by("seq")
    facts = map(told_in, lines.iterator(chunk_size=500))
    return {told.get("url", ""): told.get("text_sha256", "") for told in facts}
