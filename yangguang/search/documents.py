"""Documents for a list of hits: the index finds them, the records say what is shown."""

from collections.abc import Mapping, Sequence

from yangguang.publishing.models import Edition
from yangguang.publishing.queries.status import day_of, statuses
from yangguang.rules.legal_status import Status
from yangguang.search.database import best, having
from yangguang.search.editions import public_editions
from yangguang.search.folding import excerpt, found_in, mark
from yangguang.search.hits import Group, Hit, Kind
from yangguang.search.index.asking import Question
from yangguang.search.sources.documents import texts

BRIEF = ("title", "document_number", "document__index_no")


def shown(seqs: Sequence[int], question: Question) -> tuple[Hit, ...]:
    """The hits of these journal lines, in order. What was withdrawn a moment ago is left out."""
    rows = Edition.objects.filter(line_id__in=seqs, document__withdrawal__isnull=True)
    # The working copy's text is as long as the edition's, and never shown.
    rows = rows.select_related("document", "unit").defer("document__body")
    found = {edition.line_id: edition for edition in rows}
    return _hits([found[seq] for seq in seqs if seq in found], question)


def titles(seqs: Sequence[int]) -> Mapping[int, str]:
    return dict(Edition.objects.filter(line_id__in=seqs).values_list("line_id", "title"))


def by_title(question: Question, limit: int) -> Group:
    """Documents found without an index, by what stands at their head."""
    words = (question.number,) if question.number else question.words
    rows = public_editions(question.as_of).filter(document__withdrawal__isnull=True)
    rows = having(rows.select_related("document", "unit"), words, BRIEF)
    found = best(rows, words, "title", "-online_at", limit)
    return Group(Kind.DOCUMENT, _hits(found, question), found[0].total if found else 0)


def _hits(editions: Sequence[Edition], question: Question) -> tuple[Hit, ...]:
    standing = statuses(editions, question.as_of)
    return tuple(_hit(one, question, standing[one.document_id].status) for one in editions)


def _hit(edition: Edition, question: Question, status: Status) -> Hit:
    document = edition.document
    return Hit(
        kind=Kind.DOCUMENT,
        title=edition.title,
        heading=mark(edition.title, question.shown),
        url=document.get_absolute_url(),
        excerpt=excerpt(_text(edition, question.shown), question.shown),
        unit=edition.unit,
        day=day_of(edition.online_at),
        number=mark(edition.document_number, question.shown),
        status=status,
    )


def _text(edition: Edition, words: Sequence[str]) -> str:
    """What an excerpt is cut from: the body, or where no word stands in it, first the facts beside it."""
    if any(found_in(edition.body, [word]) for word in words):
        return edition.body
    number = edition.document_number
    facts = [text for text in texts(edition, edition.document.index_no)[1:-1] if text and text != number]
    if any(found_in(fact, [word]) for fact in facts for word in words):
        return " ".join([*facts, edition.body])
    return edition.body
