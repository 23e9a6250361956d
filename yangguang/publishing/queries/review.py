"""Where every document stands on its way to the public, and what waits for whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from yangguang.directory.models import Person
from yangguang.directory.permissions import Verb, allows
from yangguang.publishing import reviewed_content
from yangguang.publishing.models import Document, Edition, Review, ReviewEntry, ReviewStep, Warrant
from yangguang.rules import four_eyes
from yangguang.rules.four_eyes import Step

VERB_OF_STEP = {Step.UNIT: Verb.CHECK, Step.SECRECY: Verb.CHECK_SECRECY, Step.SIGN: Verb.SIGN}


@dataclass(frozen=True)
class State:
    """A document's newest review: its steps in order, who wrote, and the step that is due (None: none)."""

    review: Review
    steps: tuple[ReviewStep, ...]
    authors: frozenset[int]
    due: Step | None

    @property
    def taken(self) -> dict[Step, int]:
        return {Step(each.kind): each.by_id for each in self.steps if each.kind in four_eyes.APPROVALS}

    @property
    def returned(self) -> ReviewStep | None:
        return next((each for each in self.steps if each.kind == ReviewStep.Kind.RETURN), None)

    @property
    def is_open(self) -> bool:
        return self.review.ended_at is None

    @property
    def words(self) -> str:
        """What an editor reads in lists."""
        if self.returned:
            return f"已退回：{self.returned.reason}"
        if not self.is_open:
            return ""
        if self.due:
            return f"待{four_eyes.WORDS[self.due]}"
        if self.review.problem:
            return f"到时没有发出：{self.review.problem}"
        return "已签发，等待定时发布" if self.review.release_at else "已签发"


def state(review: Review) -> State:
    """How a review stands. Reads its steps and authors."""
    steps = tuple(review.steps.select_related("by__unit"))
    taken = {Step(each.kind) for each in steps if each.kind in four_eyes.APPROVALS}
    due = four_eyes.next_step(taken) if review.ended_at is None else None
    return State(review, steps, frozenset(review.authors.values_list("pk", flat=True)), due)


def newest(document: Document) -> State | None:
    """The newest review in which the document stands, open or ended."""
    review = Review.objects.filter(entries__document=document).order_by("pk").last()
    return state(review) if review else None


def words_of(documents: Iterable[Document]) -> dict[int, str]:
    """By document, where its open or returned review stands; three queries for a page of them."""
    entries = ReviewEntry.objects.filter(document__in=documents, edition__isnull=True).order_by("pk")
    last = {entry.document_id: entry.review_id for entry in entries}
    reviews = Review.objects.filter(pk__in=last.values()).prefetch_related("steps")
    told: Mapping[int, str] = {review.pk: _words(review) for review in reviews}
    return {document: told[review] for document, review in last.items() if told[review]}


def _words(review: Review) -> str:
    steps = tuple(review.steps.all())
    taken = {Step(each.kind) for each in steps if each.kind in four_eyes.APPROVALS}
    return State(review, steps, frozenset(), four_eyes.next_step(taken)).words


def waiting_for(person: Person) -> list[tuple[Review, Document, Step]]:
    """What this person may take a step on now, the longest waiting first."""
    open_ones = Review.objects.filter(ended_at__isnull=True).select_related("unit", "sent_by")
    if not allows(person.role, Verb.SEE_ALL_UNITS):
        open_ones = open_ones.filter(unit=person.unit_id)
    found = []
    for review in open_ones.prefetch_related("steps", "authors", "entries__document").order_by("sent_at"):
        taken = {
            Step(each.kind): each.by_id for each in review.steps.all() if each.kind in four_eyes.APPROVALS
        }
        due = four_eyes.next_step(taken)
        authors = {author.pk for author in review.authors.all()}
        if due is None or not allows(person.role, VERB_OF_STEP[due]):
            continue
        if four_eyes.objection(due, person.pk, authors=authors, taken=taken) is None:
            found.append((review, review.entries.all()[0].document, due))
    return found


def changed_since(review: Review) -> list[Document]:
    """The documents whose working copy is not any more what was sent."""
    entries = review.entries.select_related("document__unit", "document__latest_revision")
    return [
        entry.document
        for entry in entries
        if reviewed_content.digest(reviewed_content.draft_of(entry.document)) != entry.content
    ]


def is_complete(review: Review) -> bool:
    found = state(review)
    return four_eyes.is_complete(authors=found.authors, taken=found.taken)


def forced() -> QuerySet[Edition]:
    """Editions that went online without review, the newest first."""
    return (
        Edition.objects.filter(warrant=Warrant.FORCED)
        .select_related("document", "unit", "line")
        .order_by("-pk")
    )


def scheduled() -> QuerySet[Review]:
    """Signed reviews that wait for their time."""
    signed = ReviewStep.objects.filter(review=OuterRef("pk"), kind=ReviewStep.Kind.SIGN)
    return Review.objects.filter(Exists(signed), ended_at__isnull=True, release_at__isnull=False)
