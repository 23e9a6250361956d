"""Documents: an entry for every span of days in which neither the edition nor the standing in law changed.

A withdrawn document has none, for earlier days neither: what was taken back must not be found (decision 0012).
"""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yangguang.directory.models import Unit
from yangguang.publishing.models import Edition, StatusAct, Withdrawal
from yangguang.publishing.queries.status import day_of
from yangguang.rules.legal_status import Act, Kind, Status, status_on
from yangguang.search import numbers
from yangguang.search.index.entry import EVER, Entry, day_number
from yangguang.search.sources.source import Source

READ_AT_ONCE = 1000
IN_FORCE, ENDED = 3.0, 1.0
"""How an abolished or expired document weighs beside one in force."""
A_YEAR_NEWER = 0.01
FIELDS = (
    "line_id",
    "online_at",
    "title",
    "document_number",
    "form",
    "topic",
    "issuers",
    "keywords",
    "summary",
    "basis",
    "note",
    "expires_on",
    "body",
    "attachments",
    "unit__slug",
    "document_id",
    "document__index_no",
)


def touched(body: Mapping[str, Any]) -> Iterable[str]:
    """The document of a journal line: publishing, revising, withdrawing and every act of legal status name it."""
    document = body.get("document")
    return (document,) if isinstance(document, str) else ()


def count() -> int:
    return Edition.objects.count()


def entries(keys: Collection[str] | None) -> Iterator[Entry]:
    """See `Source.entries`; keys are index numbers."""
    withdrawn = Withdrawal.objects.filter(document=OuterRef("document"))
    rows = Edition.objects.filter(~Exists(withdrawn))
    acts = StatusAct.objects.all()
    if keys is not None:
        rows = rows.filter(document__index_no__in=keys)
        acts = acts.filter(document__index_no__in=keys)
    slugs = dict(Unit.objects.values_list("name", "slug"))
    told = told_acts(acts)
    read = rows.order_by("document_id", "number").values_list(*FIELDS, named=True)
    stream = read.iterator(chunk_size=READ_AT_ONCE)
    for document, editions in itertools.groupby(stream, key=lambda row: row.document_id):
        yield from _spans(list(editions), told.get(document, ()), slugs)


Told = tuple[dt.date, Act]
"""An act, and the day on which the public was told of it: it counts from then on at the earliest."""


def told_acts(rows: QuerySet[StatusAct]) -> dict[int, list[Told]]:
    """The acts by document."""
    found: defaultdict[int, list[Told]] = defaultdict(list)
    fields = ("document_id", "line__at", "effective_on", "line_id", "act")
    for document, at, on, seq, kind in rows.values_list(*fields):
        found[document].append((day_of(at), Act(on, seq, Kind(kind))))
    return dict(found)


def _spans(editions: Sequence[Any], acts: Sequence[Told], slugs: Mapping[str, str]) -> Iterator[Entry]:
    """The entries of one document."""
    online = [day_of(edition.online_at) for edition in editions]
    for edition, first, following in itertools.zip_longest(editions, online, online[1:]):
        # Of two editions on one day, the public read the second at its end.
        if first == following:
            continue
        starts = [first, *_turns(edition, acts, first, following)]
        for start, end in itertools.zip_longest(starts, [*starts[1:], following]):
            yield _entry(edition, acts, first, start, end, slugs)


def _turns(edition: Any, acts: Sequence[Told], first: dt.date, following: dt.date | None) -> list[dt.date]:
    """The days between, on which an act or the end of the term may change the standing in law."""
    if not acts and edition.expires_on is None:
        return []
    turns = {max(told, act.on) for told, act in acts}
    if edition.expires_on is not None:
        turns.add(edition.expires_on + dt.timedelta(days=1))
    return sorted(day for day in turns if first < day and (following is None or day < following))


def _entry(
    edition: Any,
    acts: Sequence[Told],
    online: dt.date,
    start: dt.date,
    end: dt.date | None,
    slugs: Mapping[str, str],
) -> Entry:
    status = status_of(edition, acts, start)
    issuers = [slugs[name] for name in edition.issuers if name in slugs]
    return Entry(
        source=DOCUMENTS.name,
        key=edition.document__index_no,
        seq=edition.line_id,
        since=day_number(start),
        until=EVER if end is None else day_number(end - dt.timedelta(days=1)),
        texts=texts(edition, edition.document__index_no),
        units=tuple(dict.fromkeys([edition.unit__slug, *issuers])),
        topic=edition.topic,
        form=edition.form,
        status=status.value,
        year=online.year,
        number=numbers.reduced(edition.document_number),
        weight=weight(status, online),
    )


def status_of(edition: Any, acts: Sequence[Told], day: dt.date) -> Status:
    """What an edition's document is worth on a day by the acts that the public had been told of."""
    counting = [act for told, act in acts if told <= day]
    return status_on(day, acts=counting, expires_on=edition.expires_on).status


def texts(edition: Any, index_no: str) -> tuple[str, ...]:
    """Everything that the public reads of an edition, title first, body last."""
    return (
        edition.title,
        edition.document_number,
        index_no,
        *edition.issuers,
        *edition.keywords,
        edition.summary,
        edition.basis,
        edition.note,
        *(str(file["name"]) for file in edition.attachments),
        edition.body,
    )


def weight(status: Status, online: dt.date) -> float:
    """What a document's rank is multiplied by: in force three times, and a hundredth more for every year newer."""
    years = max(0.0, (online - dt.date(2000, 1, 1)).days / 365.25)
    return (IN_FORCE if status.is_in_force else ENDED) * (1 + A_YEAR_NEWER * years)


DOCUMENTS = Source(name="document", touched=touched, entries=entries, count=count)
