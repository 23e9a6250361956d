"""Every public page, for search engines (sitemaps.org 0.9).

Documents are cut into files by ranges of their keys, so that a file never holds more than 50,000 addresses,
nothing needs to be counted, and an address stays in its file for good.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.db.models import Max
from django.urls import reverse

from yangguang.catalog.shelf import shelf
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.gazette.models import Issue, ScannedIssue
from yangguang.ledger import queries as ledger
from yangguang.plan.models import Obligation, Task
from yangguang.portal import addresses
from yangguang.publishing.models import Document, Erasure, StatusAct, Withdrawal
from yangguang.registers.queries import feedback
from yangguang.sites.models import Column, Site

A_FILE = 50_000
"""The most addresses that one file may hold."""
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Page = tuple[str, dt.datetime | None]
"""A whole address, and when it last changed where that is known."""


def _fixed() -> Iterator[Page]:
    for path in (
        "/", "/about/", "/plan/", "/due/", "/units/", "/documents/", "/journal/", "/sites/", "/feeds/", "/gazette/", "/cleanups/",
        "/data/", "/data/plan/", "/data/feedback/", "/data/feedback/request/", "/data/terms/", "/enterprises/", "/progress/",
    ):  # fmt: skip
        yield addresses.whole(path), None


def _plans() -> Iterator[Page]:
    try:
        version = ledger.current_version()
    except ledger.NoPlan:
        return
    for task in Task.objects.filter(version=version):
        yield addresses.whole(task.get_absolute_url()), None
    for duty in Obligation.objects.filter(version=version).select_related("version__plan"):
        yield addresses.whole(duty.get_absolute_url()), None


def _units() -> Iterator[Page]:
    for slug in Unit.objects.values_list("slug", flat=True):
        yield addresses.whole(f"/units/{quote(slug)}/"), None


def _sites() -> Iterator[Page]:
    for site in Site.objects.filter(is_portal=False, host=""):
        yield addresses.whole(site.get_absolute_url()), None
    for column in Column.objects.select_related("site"):
        if column.site.is_portal or not column.site.host:
            yield addresses.of_column(column), None


def _gazette() -> Iterator[Page]:
    for issue in Issue.objects.filter(line__isnull=False):
        yield addresses.whole(issue.get_absolute_url()), issue.issued_at
    for scanned in ScannedIssue.objects.online():
        yield addresses.whole(scanned.get_absolute_url()), scanned.online_at


def _datasets() -> Iterator[Page]:
    for dataset in shelf().datasets.values():
        yield addresses.whole(dataset.address), dataset.modified


def _feedback() -> Iterator[Page]:
    for one in feedback.public():
        yield addresses.whole(reverse("portal:feedback-one", args=[one.pk])), one.answered_at


PAGES: list[Callable[[], Iterator[Page]]] = [_fixed, _plans, _units, _sites, _gazette, _datasets, _feedback]
"""What `/sitemaps/pages.xml` lists: far fewer than 50,000. A room with pages of its own adds its function."""


def names() -> list[str]:
    """The files of the index: `pages`, and one for every range of documents."""
    last = Document.objects.aggregate(last=Max("pk"))["last"]
    return [
        "pages",
        *(f"documents-{number}" for number in range(last // A_FILE + 1 if last is not None else 0)),
    ]


def index(files: list[str]) -> str:
    rows = "".join(
        f"<sitemap><loc>{escape(addresses.whole(f'/sitemaps/{name}.xml'))}</loc></sitemap>\n"
        for name in files
    )
    return f'{HEAD}<sitemapindex xmlns="{SPACE}">\n{rows}</sitemapindex>\n'


def urlset(pages: Iterator[Page]) -> Iterator[str]:
    """A file, piece by piece."""
    yield f'{HEAD}<urlset xmlns="{SPACE}">\n'
    for address, changed in pages:
        when = (
            f"<lastmod>{changed.astimezone(SHANGHAI).isoformat(timespec='seconds')}</lastmod>"
            if changed
            else ""
        )
        yield f"<url><loc>{escape(address)}</loc>{when}</url>\n"
    yield "</urlset>\n"


def pages() -> Iterator[Page]:
    for section in PAGES:
        yield from section()


def of_site(site: Site) -> Iterator[Page]:
    """A site on its own host: its first page and its columns. Documents stand on the public address."""
    yield f"{addresses.of_site(site)}/", None
    for column in Column.objects.filter(site=site).select_related("site"):
        yield addresses.of_column(column), None


def documents(number: int) -> Iterator[Page]:
    """The public documents of a range, withdrawn ones too: their place stays and says why.

    A page changed when an edition went online, when an act changed its standing in law, when it was withdrawn
    or its text erased. The documents are streamed; of the rest there are few.
    """
    low, high = number * A_FILE, (number + 1) * A_FILE
    inside = {"document__gte": low, "document__lt": high}
    later = _Later(
        StatusAct.objects.filter(**inside).values_list("document", "line__at"),
        Withdrawal.objects.filter(**inside).values_list("document", "withdrawn_at"),
        Erasure.objects.filter(**inside, line__isnull=False).values_list("document", "line__at"),
    )
    rows = (
        Document.objects.filter(pk__gte=low, pk__lt=high)
        # Named before the newest edition is asked for: grouped by these two, not by every column, texts among them.
        .values_list("pk", "index_no")
        .annotate(online=Max("editions__online_at"))
        .filter(online__isnull=False)
        .order_by("pk")
    )
    for pk, index_no, online in rows.iterator(chunk_size=5000):
        yield addresses.whole(f"/documents/{quote(index_no)}/"), later.of(pk, online)


class _Later:
    """What happened to documents after they were published: few of them, so they are held."""

    def __init__(self, *told: Iterable[tuple[int, dt.datetime | None]]) -> None:
        self._moments: dict[int, dt.datetime] = {}
        for pk, moment in itertools.chain(*told):
            if moment is not None:
                self._moments[pk] = max(moment, self._moments.get(pk, moment))

    def of(self, pk: int, online: dt.datetime) -> dt.datetime:
        return max(online, self._moments.get(pk, online))
