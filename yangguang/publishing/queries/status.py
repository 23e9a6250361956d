"""What documents are worth in law on a day, and whose term is about to end."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.publishing.models import Document, Edition, StatusAct, Withdrawal
from yangguang.rules.legal_status import ENDS, Kind, Standing, Status, status_on

WARNED_AHEAD = dt.timedelta(days=30)
WORDS = {
    Status.IN_FORCE: "有效",
    Status.AMENDED: "已修改",
    Status.ABOLISHED: "废止",
    Status.EXPIRED: "失效",
    Status.WITHDRAWN: "撤回",
}
TOLD = (
    *("document", "act", "effective_on", "reason", "successor_title", "source_title"),
    *("line__at", "successor__index_no", "source__index_no"),
)
"""What a page tells of an act."""


@dataclass(frozen=True)
class LegalStatus:
    """A document's standing on a day, the act that made it so (None: its term, or nothing), and its term."""

    standing: Standing
    act: StatusAct | None
    expires_on: dt.date | None
    acts: tuple[StatusAct, ...]

    @property
    def status(self) -> Status:
        return self.standing.status

    @property
    def word(self) -> str:
        return WORDS[self.standing.status]

    @property
    def is_in_force(self) -> bool:
        return self.standing.status.is_in_force

    @property
    def ended_by_term(self) -> bool:
        """Expired because the term that it set itself is over."""
        return self.status == Status.EXPIRED and self.expires_on is not None


def end_of(day: dt.date) -> dt.datetime:
    """The first moment in Shanghai that no longer belongs to the day."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), SHANGHAI)


def day_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(SHANGHAI).date()


def statuses(
    editions: Iterable[Edition], day: dt.date, *, known_by: dt.date | None = None
) -> dict[int, LegalStatus]:
    """By document, the status on a day of the documents of these editions (one of each document).

    Only acts and withdrawals that the public could read by the end of `known_by` (else of `day`) count.
    Two queries, however many editions.
    """
    shown = {edition.document_id: edition for edition in editions}
    end = end_of(known_by or day)
    acts: dict[int, list[StatusAct]] = defaultdict(list)
    for act in _told(end).filter(document__in=shown):
        acts[act.document_id].append(act)
    taken = dict(
        Withdrawal.objects.filter(document__in=shown, withdrawn_at__lt=end).values_list(
            "document", "withdrawn_at"
        )
    )
    return {
        pk: _status(day, edition.expires_on, acts.get(pk, []), taken.get(pk)) for pk, edition in shown.items()
    }


def status_of(edition: Edition, day: dt.date, *, known_by: dt.date | None = None) -> LegalStatus:
    """The status on a day of the document of which this edition stands that day."""
    return statuses([edition], day, known_by=known_by)[edition.document_id]


def document_status(document: Document, day: dt.date) -> LegalStatus:
    """The status on a day of a document that was published by then, by its edition of that day.

    Raises ValueError for one that was not.
    """
    standing = document.editions.filter(online_at__lt=end_of(day)).order_by("number").last()
    if standing is None:
        raise ValueError(f"《{document.title}》在 {day} 还没有发布")
    return status_of(standing, day)


def with_status(editions: QuerySet[Edition], status: Status, day: dt.date) -> QuerySet[Edition]:
    """Those of the editions (standing on that day) whose document has the status; `statuses` in SQL."""
    end = end_of(day)
    told = StatusAct.objects.filter(
        document=OuterRef("document"), effective_on__lte=day, line__at__lt=end
    ).order_by("-effective_on", "-line")
    last = Subquery(told.exclude(act=Kind.AMEND).values("act")[:1])
    taken = Exists(Withdrawal.objects.filter(document=OuterRef("document"), withdrawn_at__lt=end))
    if status is Status.WITHDRAWN:
        return editions.filter(taken)
    found = editions.filter(~taken)
    acted = StatusAct.objects.filter(effective_on__lte=day).values("document")
    if status is Status.ABOLISHED:
        ending = [kind for kind, ended in ENDS.items() if ended is Status.ABOLISHED]
        return found.filter(document__in=acted).annotate(last_act=last).filter(last_act__in=ending)
    found = found.annotate(last_act=last)
    standing = Q(last_act__isnull=True) | Q(last_act=Kind.RESTORE)
    if status is Status.EXPIRED:
        return found.filter(Q(last_act=Kind.EXPIRE) | (standing & Q(expires_on__lt=day)))
    found = found.filter(standing, Q(expires_on__isnull=True) | Q(expires_on__gte=day))
    amended = Exists(told.filter(act=Kind.AMEND))
    if status is Status.AMENDED:
        return found.filter(amended, document__in=acted)
    return found.filter(~amended)


def newest_only(editions: QuerySet[Edition], end: dt.datetime | None = None) -> QuerySet[Edition]:
    """Of each document only the edition that is the newest (before the moment `end`)."""
    later = Edition.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    return editions.filter(~Exists(later.filter(online_at__lt=end) if end else later))


def terms_over(today: dt.date) -> QuerySet[Edition]:
    """Newest editions whose term was over before today, and of which no act has told yet."""
    ended = StatusAct.objects.filter(document=OuterRef("document"), effective_on__gt=OuterRef("expires_on"))
    over = Edition.objects.filter(expires_on__lt=today, document__withdrawal__isnull=True)
    return newest_only(over).filter(~Exists(ended.filter(act=Kind.EXPIRE)))


def terms_ending(today: dt.date, unit: Unit | None = None) -> list[Edition]:
    """Newest editions of documents in force whose term ends within thirty days, the next to end first."""
    soon = Edition.objects.filter(
        expires_on__gte=today, expires_on__lte=today + WARNED_AHEAD, document__withdrawal__isnull=True
    )
    if unit is not None:
        soon = soon.filter(unit=unit)
    found = list(newest_only(soon).select_related("document__unit").order_by("expires_on", "pk"))
    standing = statuses(found, today)
    return [edition for edition in found if standing[edition.document_id].is_in_force]


def replaced_by(document: Document, day: dt.date) -> list[StatusAct]:
    """The acts that name this document as successor: what it replaces or amends."""
    found = _told(end_of(day)).filter(successor=document).select_related("document")
    return list(found.only(*TOLD, "document__index_no", "document__title"))


def _told(end: dt.datetime) -> QuerySet[StatusAct]:
    found = StatusAct.objects.filter(line__at__lt=end).select_related("line", "successor", "source")
    return found.only(*TOLD)


def _status(
    day: dt.date, expires_on: dt.date | None, acts: list[StatusAct], withdrawn_at: dt.datetime | None
) -> LegalStatus:
    standing = status_on(
        day,
        acts=(act.fact() for act in acts),
        expires_on=expires_on,
        withdrawn_on=day_of(withdrawn_at) if withdrawn_at else None,
    )
    by_line = {act.line_id: act for act in acts}
    deciding = by_line.get(standing.seq) if standing.seq else None
    return LegalStatus(standing, deciding, expires_on, tuple(acts))
