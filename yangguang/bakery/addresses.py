"""Which addresses are baked. What is missing here is rendered when it is asked for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from yangguang.directory.models import Unit
from yangguang.gazette.models import Entry, Issue
from yangguang.ledger.queries import NoPlan, current_version
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document, Edition
from yangguang.sites.models import Column, Site


class Address(NamedTuple):
    """A path, and the index number of the document that the page is about; empty for all other pages."""

    path: str
    about: str = ""


FIXED = {
    "home": "/",
    "about": "/about/",
    "plan": "/plan/",
    "units": "/units/",
    "due": "/due/",
    "feed": "/due.ics",
    "documents": "/documents/",
    "cleanups": "/cleanups/",
    "interpretation": "/interpretation/",
    "gazette": "/gazette/",
    "journal": "/journal/",
    "verify": "/journal/verify/",
    "sites": "/sites/",
    "feeds": "/feeds/",
    "feed-all": "/feeds/all.atom",
    "robots": "/robots.txt",
    "icon": "/favicon.ico",
}
"""Names of addresses that take no argument, and where they are."""

BAKED = frozenset(FIXED) | {
    "task",
    "plan-version",
    "obligation",
    "unit",
    "document",
    "document-json",
    "edition",
    "edition-json",
    "edition-text",
    "gazette-year",
    "gazette-issue",
    "gazette-entry",
    "site",
    "column",
    "feed-unit",
    "feed-column",
}
"""Names of all addresses that are baked."""

DYNAMIC = frozenset(
    {
        # Each visitor gets their own answer.
        *("search", "search-json", "feed-search", "day", "language", "choose-comparison"),
        *("correct", "correction", "subscribe", "subscription", "leave"),
        # Files that lie ready already, or are made once and kept by those who make them.
        *("document-pdf", "document-docx", "edition-pdf", "edition-docx", "attachment", "gazette-file"),
        *("document-proof", "edition-proof", "checkpoint", "tile", "verifier", "site-style"),
        *("gazette-image", "gazette-page"),
        # Every pair of editions, every list with its lines: every topic: too many for how seldom they are read.
        *("compare", "cleanup", "feed-topic", "interpretation-unit"),
        # Any question to a table has its own page; files lie ready under their hash or are made once.
        *("data", "data-terms", "dataset", "version", "version-chart", "version-chart-narrow"),
        *("version-diff", "version-diff-file", "version-file", "version-package", "dataset-embed"),
        *("feedback", "feedback-json", "feedback-file", "feedback-one", "feedback-receipt", "feedback-mail"),
        *("enterprises", "enterprise", "progress", "release", "release-json"),
        # Each names every document: baked, they would be written anew at every publication.
        *("sitemap", "sitemap-file"),
    }
)
"""Names of the addresses that are not baked, with the reason."""


def summaries() -> Iterator[Address]:
    """Every page that is not about one document. Few: they grow with the plan, the directory, the sites."""
    paths = (*FIXED.values(), *_of_plans(), *_of_units(), *_of_gazette(), *_of_sites())
    return map(Address, paths)


def _of_plans() -> Iterator[str]:
    for slug, number in PlanVersion.objects.values_list("plan__slug", "number"):
        yield f"/plan/versions/{slug}/{number}/"
    try:
        version = current_version()
    except NoPlan:
        return
    for code in version.tasks.values_list("code", flat=True):
        yield f"/plan/{quote(code)}/"
    for code in version.obligations.values_list("code", flat=True):
        yield f"/obligations/{version.plan.slug}-{quote(code)}/"


def _of_units() -> Iterator[str]:
    for slug in Unit.objects.values_list("slug", flat=True):
        yield f"/units/{quote(slug)}/"
        yield f"/feeds/units/{quote(slug)}.atom"


def _of_gazette() -> Iterator[str]:
    issued = Issue.objects.filter(line__isnull=False).values_list("year", "number")
    for year in sorted({year for year, _ in issued}):
        yield f"/gazette/{year}/"
    for year, number in issued:
        yield f"/gazette/{year}/{number}/"
    for year, number, position in Entry.objects.filter(issue__line__isnull=False).values_list(
        "issue__year", "issue__number", "position"
    ):
        yield f"/gazette/{year}/{number}/{position}/"


def _of_sites() -> Iterator[str]:
    for slug in Site.objects.values_list("slug", flat=True):
        yield f"/sites/{slug}/"
    for site, slug in Column.objects.values_list("site__slug", "slug"):
        yield f"/sites/{site}/columns/{slug}/"
        yield f"/feeds/columns/{site}/{slug}.atom"


def documents(index_nos: Iterable[str] | None = None) -> Iterator[Address]:
    """The pages of public documents: of those named, or of all."""
    public = Document.objects.public()
    editions = Edition.objects.order_by("document_id", "number")
    if index_nos is not None:
        named = list(index_nos)
        public = public.filter(index_no__in=named)
        editions = editions.filter(document__index_no__in=named)
    for index_no in public.values_list("index_no", flat=True).iterator(chunk_size=2000):
        base = f"/documents/{quote(index_no)}"
        yield Address(f"{base}/", index_no)
        yield Address(f"{base}.json", index_no)
    for index_no, number in editions.values_list("document__index_no", "number").iterator(chunk_size=2000):
        base = f"/documents/{quote(index_no)}/v/{number}"
        yield Address(f"{base}/", index_no)
        yield Address(f"{base}.json", index_no)
        yield Address(f"{base}/text", index_no)
