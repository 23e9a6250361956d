"""Pages of historic gazettes, by the text that was read from them, as it stands now."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from yangguang.gazette.models import ScannedIssue, ScannedPage
from yangguang.gazette.queries import SearchablePage, searchable_pages
from yangguang.publishing.queries.status import day_of
from yangguang.search.index.entry import EVER, Entry, day_number
from yangguang.search.sources.source import Source


def touched(body: Mapping[str, Any]) -> Iterable[str]:
    """The issue of a journal line about a gazette: it goes online, or a page of it is proofread."""
    address = str(body.get("url", ""))
    return (issue_of(address),) if address.startswith("/gazette/") else ()


def issue_of(address: str) -> str:
    """The address of the issue to which the address of an issue or a page belongs: `/gazette/2003/5/`."""
    return "/".join([*address.split("/")[:4], ""])


def count() -> int:
    return ScannedPage.objects.filter(issue__online_at__isnull=False).count()


def entries(keys: Collection[str] | None) -> Iterator[Entry]:
    """See `Source.entries`; keys are addresses of issues."""
    for issue in ScannedIssue.objects.online():
        key = issue.get_absolute_url()
        if keys is None or key in keys:
            yield from (_entry(key, page) for page in searchable_pages(issue=issue))


def _entry(key: str, page: SearchablePage) -> Entry:
    return Entry(
        source=GAZETTE.name,
        key=key,
        seq=page.pk,
        since=day_number(day_of(page.online_at)),
        until=EVER,
        texts=(page.title, page.text),
        year=page.year,
    )


GAZETTE = Source(name="gazette", touched=touched, entries=entries, count=count)
