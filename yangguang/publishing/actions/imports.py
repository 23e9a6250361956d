"""Publish many documents at once, each once: for taking over what was published elsewhere."""

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from yangguang.directory import clock
from yangguang.directory.models import Unit
from yangguang.journal import actions as journal
from yangguang.journal import inserting
from yangguang.journal.models import Line
from yangguang.publishing.actions import editions
from yangguang.publishing.attachments import Attachment
from yangguang.publishing.commitments import told
from yangguang.publishing.models import Document, Edition, Imported, IndexSeries, Salt
from yangguang.rules import document_dates
from yangguang.rules.commitment import SALT

SIGNATURE = "系统"


@dataclass(frozen=True)
class Incoming:
    """A document to import. `key` and `sha256` tell which file or row of the source it is.

    `facts` are the document's fields by name (`title`, `body`, `made_on` …).
    """

    key: str
    sha256: str
    unit: Unit
    facts: Mapping[str, Any]
    attachments: Sequence[Attachment] = ()


@dataclass
class Outcome:
    """What became of the documents of one call, by their keys: index numbers, and sentences for the refused."""

    imported: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def known(*, source: str, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Those of the keys that were imported before: the hash of their bytes, and their index number."""
    rows = Imported.objects.filter(source=source, key__in=list(keys))
    return {
        key: (sha256, index) for key, sha256, index in rows.values_list("key", "sha256", "document__index_no")
    }


def publish_many(*, now: dt.datetime, source: str, incoming: Sequence[Incoming]) -> Outcome:
    """Publish the documents in one transaction, each with its edition, journal line and mark of origin.

    What cannot be published is refused with a sentence and does not hold up the others. Should the
    database refuse the whole, they are tried one by one.
    """
    outcome = Outcome()
    drafts: list[tuple[Incoming, Document]] = []
    for one in incoming:
        try:
            drafts.append((one, _checked(one, now)))
        except ValidationError as problem:
            outcome.refused[one.key] = _sentence(problem)
    drafts = _with_new_index_numbers(drafts, outcome)
    try:
        with transaction.atomic():
            _publish(drafts, source, now)
    except (DatabaseError, ValueError) as problem:
        if len(drafts) <= 1:
            outcome.refused |= {one.key: str(problem) for one, _ in drafts}
            return outcome
        with journal.one_checkpoint(now=now):
            for one, _ in drafts:
                alone = publish_many(now=now, source=source, incoming=[one])
                outcome.imported |= alone.imported
                outcome.refused |= alone.refused
        return outcome
    outcome.imported |= {one.key: document.index_no for one, document in drafts}
    return outcome


def _checked(one: Incoming, now: dt.datetime) -> Document:
    document = Document(
        unit=one.unit,
        **one.facts,
        attachments=[attachment.as_json() for attachment in one.attachments],
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    # The unit was read from the database just now; asking for it again would cost a query a document.
    document.clean_fields(exclude=["index_no", "unit"])
    document.clean()
    ahead = dict(document_dates.ahead(vars(document), now.astimezone(clock.SHANGHAI).date()))
    if ahead:
        raise ValidationError(ahead)
    return document


def _sentence(problem: ValidationError) -> str:
    if not hasattr(problem, "error_dict"):
        return " ".join(problem.messages)
    names = {
        field.name: str(field.verbose_name)
        for field in Document._meta.get_fields()
        if hasattr(field, "verbose_name")
    }
    return " ".join(
        f"{names.get(name, name)}：{' '.join(messages)}" for name, messages in problem.message_dict.items()
    )


def _with_new_index_numbers(
    drafts: Sequence[tuple[Incoming, Document]], outcome: Outcome
) -> list[tuple[Incoming, Document]]:
    """Refuse those that bring an index number which is taken, here or among themselves."""
    brought = Counter(document.index_no for _, document in drafts if document.index_no)
    taken = set(Document.objects.filter(index_no__in=brought).values_list("index_no", flat=True))
    kept = []
    for one, document in drafts:
        if document.index_no in taken or (brought[document.index_no] > 1 and document.index_no):
            outcome.refused[one.key] = (
                f"索引号 {document.index_no} 已经用过：索引号不重复使用，请留空由系统编号，或者改正"
            )
        else:
            kept.append((one, document))
    return kept


def _publish(drafts: Sequence[tuple[Incoming, Document]], source: str, now: dt.datetime) -> None:
    if not drafts:
        return
    documents = [document for _, document in drafts]
    _number(documents, now.astimezone(clock.SHANGHAI).year)
    _store(documents)
    issued = [editions.drafted(document, 1) for document in documents]
    salts = [secrets.token_bytes(SALT) if edition.concerns else None for edition in issued]
    bodies = [
        told(editions.facts(edition), edition, salt) for edition, salt in zip(issued, salts, strict=True)
    ]
    lines = journal.append_many(act=Line.Act.PUBLISH, bodies=bodies, at=now, by=SIGNATURE)
    for edition, line in zip(issued, lines, strict=True):
        edition.line, edition.online_at = line, line.at
    inserting.insert(issued)
    _keep({line.seq: salt for line, salt in zip(lines, salts, strict=True) if salt})
    inserting.insert(
        [
            Imported(document=document, source=source, key=one.key, sha256=one.sha256)
            for one, document in drafts
        ]
    )


def _store(documents: Sequence[Document]) -> None:
    inserting.insert(documents)
    numbers = [document.index_no for document in documents]
    keys = dict(Document.objects.filter(index_no__in=numbers).values_list("index_no", "pk"))
    for document in documents:
        document.pk = keys[document.index_no]


def _keep(salts: Mapping[int, bytes]) -> None:
    """Store the salts of editions, told by the numbers of their journal lines."""
    keys = Edition.objects.filter(line__in=salts).order_by("line").values_list("pk", "line_id")
    inserting.insert([Salt(edition_id=key, value=salts[line]) for key, line in keys])


def _number(documents: Sequence[Document], year: int) -> None:
    """Give index numbers: the next ones of each unit's series, taken at one stroke."""
    for document in documents:
        if document.index_no:
            IndexSeries.pass_over(unit=document.unit, index_no=document.index_no)
    waiting = [document for document in documents if not document.index_no]
    for unit_id, count in Counter(document.unit_id for document in waiting).items():
        of_unit = [document for document in waiting if document.unit_id == unit_id]
        numbers = IndexSeries.next_numbers(unit=of_unit[0].unit, year=year, count=count)
        for document, number in zip(of_unit, numbers, strict=True):
            document.index_no = number
