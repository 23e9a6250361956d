"""Documents for a list of hits: the index finds them, the records say what is shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from yangguang.publishing.models import Edition, StatusAct
from yangguang.publishing.queries.status import day_of
from yangguang.search.database import best, having
from yangguang.search.editions import public_editions
from yangguang.search.folding import Segment, excerpt, excerpt_if_found, found_in, mark
from yangguang.search.hits import Group, Hit, Kind
from yangguang.search.index.asking import Question
from yangguang.search.sources.documents import FIELDS, Told, status_of, texts, told_acts

BRIEF = ("title", "document_number", "document__index_no")


def shown(seqs: Sequence[int], question: Question) -> tuple[Hit, ...]:
    """The hits of these journal lines, in order. What was withdrawn a moment ago is left out."""
    if not seqs:
        return ()
    rows = Edition.objects.filter(line_id__in=seqs, document__withdrawal__isnull=True).order_by()
    # Plain values: making models of them takes longer than finding them.
    found = {row.line_id: row for row in rows.values_list(*FIELDS, "unit__name", named=True)}
    documents = [row.document_id for row in found.values()]
    acts = told_acts(StatusAct.objects.filter(document__in=documents).order_by())
    return tuple(
        _hit(row, question, acts.get(row.document_id, ())) for row in map(found.get, seqs) if row is not None
    )


def titles(seqs: Sequence[int]) -> Mapping[int, str]:
    return dict(Edition.objects.filter(line_id__in=seqs).values_list("line_id", "title"))


def by_title(question: Question, limit: int) -> Group:
    """Documents found without an index, by what stands at their head."""
    words = (question.number,) if question.number else question.words
    rows = public_editions(question.as_of).filter(document__withdrawal__isnull=True)
    found = best(having(rows, words, BRIEF), words, "title", "-online_at", limit)
    hits = shown([edition.line_id for edition in found], question)
    return Group(Kind.DOCUMENT, hits, found[0].total if found else 0)


def _hit(edition: Any, question: Question, acts: Sequence[Told]) -> Hit:
    return Hit(
        kind=Kind.DOCUMENT,
        title=edition.title,
        heading=mark(edition.title, question.shown),
        url=f"/documents/{edition.document__index_no}/",
        excerpt=_excerpt(edition, question.shown),
        unit=edition.unit__name,
        day=day_of(edition.online_at),
        number=mark(edition.document_number, question.shown),
        status=status_of(edition, acts, question.as_of),
    )


def _excerpt(edition: Any, words: Sequence[str]) -> tuple[Segment, ...]:
    """A piece of the body, or where no word stands in it, of the facts beside it."""
    if found := excerpt_if_found(edition.body, words):
        return found
    number = edition.document_number
    facts = [text for text in texts(edition, edition.document__index_no)[1:-1] if text and text != number]
    if any(found_in(fact, [word]) for fact in facts for word in words):
        return excerpt(" ".join([*facts, edition.body]), words)
    return excerpt(edition.body, words)
