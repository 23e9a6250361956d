"""Which addresses are baked. What is missing here is rendered when it is asked for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from yangguang.directory.models import Unit
from yangguang.ledger.queries import NoPlan, current_version
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document, Edition


class Address(NamedTuple):
    """A path, and the index number of the document that the page is about; empty for all other pages."""

    path: str
    about: str = ""


FIXED = ("/", "/about/", "/plan/", "/units/", "/due/", "/due.ics", "/documents/", "/journal/", "/robots.txt")

DYNAMIC = frozenset({"search", "day", "language"})
"""Names of addresses that answer each visitor differently."""


def summaries() -> Iterator[Address]:
    """Every page that is not about one document. Few: they grow with the plan and the directory."""
    for path in FIXED:
        yield Address(path)
    for slug in Unit.objects.values_list("slug", flat=True):
        yield Address(f"/units/{quote(slug)}/")
    for slug, number in PlanVersion.objects.values_list("plan__slug", "number"):
        yield Address(f"/plan/versions/{slug}/{number}/")
    try:
        version = current_version()
    except NoPlan:
        return
    for code in version.tasks.values_list("code", flat=True):
        yield Address(f"/plan/{quote(code)}/")
    for code in version.obligations.values_list("code", flat=True):
        yield Address(f"/obligations/{version.plan.slug}-{quote(code)}/")


def documents(index_nos: Iterable[str] | None = None) -> Iterator[Address]:
    """The pages of public documents: of those named, or of all."""
    public = Document.objects.public()
    editions = Edition.objects.order_by("document_id", "number")
    if index_nos is not None:
        named = list(index_nos)
        public = public.filter(index_no__in=named)
        editions = editions.filter(document__index_no__in=named)
    for index_no in public.values_list("index_no", flat=True).iterator(chunk_size=2000):
        yield Address(f"/documents/{quote(index_no)}/", index_no)
    for index_no, number in editions.values_list("document__index_no", "number").iterator(chunk_size=2000):
        base = f"/documents/{quote(index_no)}/v/{number}/"
        yield Address(base, index_no)
        yield Address(f"{base}text", index_no)
