"""What explains what, what was promised and is late, and the share of documents with interpretation."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, TruncDate

from yangguang import readset
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit
from yangguang.publishing.models import Document, Edition, Form
from yangguang.publishing.queries.status import end_of, newest_only
from yangguang.rules.interpretation import NORMATIVE, Standing, is_owed, standing


class Linked(NamedTuple):
    """A document at the other end of a link: what a link shows of it. `kind` and `day` tell of material."""

    index_no: str
    title: str
    kind: str = ""
    day: dt.date | None = None

    def get_absolute_url(self) -> str:
        return Document(index_no=self.index_no).get_absolute_url()


@dataclass(frozen=True)
class Explained:
    """A document that is owed interpretation, as it stood on a day: its edition, its material, its standing."""

    edition: Edition
    material: tuple[Linked, ...]
    standing: Standing


@dataclass(frozen=True)
class Share:
    """A unit, and how each of its documents stands that is owed interpretation."""

    slug: str
    name: str
    standings: tuple[Standing, ...]

    def count(self, wanted: Standing) -> int:
        return self.standings.count(wanted)

    @property
    def done(self) -> int:
        return self.count(Standing.DONE)

    @property
    def percent(self) -> int:
        """Of those not exempt, how many are explained."""
        owed = len(self.standings) - self.count(Standing.EXEMPT)
        return round(100 * self.done / owed) if owed else 100


@dataclass(frozen=True)
class Late:
    """A document whose promised interpretation has not come."""

    index_no: str
    title: str
    unit: str
    due_on: dt.date | None


def material_of(document: Document, day: dt.date) -> list[Linked]:
    """What explains the document as of that day and was not withdrawn, by its newest edition."""
    return _material([document.pk], day).get(document.pk, [])


def policy_of(edition: Edition, day: dt.date) -> Linked | None:
    """What the edition explains, as the public read it that day; None for nothing, or nothing public yet."""
    if edition.interprets_id is None:
        return None
    public = Edition.objects.filter(document=edition.interprets_id, online_at__lt=end_of(day))
    found = public.order_by("-number").values_list("document__index_no", "title").first()
    return Linked(*found) if found else None


@readset.told
def overview(day: dt.date) -> tuple[list[Late], list[Share]]:
    """What promised interpretation is late, and the share of every unit."""
    found = explained(day)
    late = [each.edition for each in found if each.standing is Standing.OVERDUE]
    return [
        Late(one.document.index_no, one.title, one.unit.name, one.interpretation_due) for one in late
    ], shares(found)


def explained(day: dt.date, unit: Unit | None = None) -> list[Explained]:
    """Every document owed interpretation as it stood at the end of the day, the newest first. Two queries."""
    end = end_of(day)
    found = (
        _owed()
        .filter(online_at__lt=end, interprets__isnull=True)
        .exclude(document__withdrawal__withdrawn_at__lt=end)
    )
    if unit is not None:
        found = found.filter(unit=unit)
    rows = newest_only(found, end).select_related("document", "unit", "line").order_by("-online_at", "-pk")
    editions = [
        each for each in rows if is_owed(form=each.form, number=each.document_number, keywords=each.keywords)
    ]
    material = _material([each.document_id for each in editions], day)
    return [_explained(each, material.get(each.document_id, []), day) for each in editions]


def shares(found: Iterable[Explained]) -> list[Share]:
    """By unit, in the directory's order."""
    by_unit: dict[Unit, list[Explained]] = {}
    for each in found:
        by_unit.setdefault(each.edition.unit, []).append(each)
    return [
        Share(unit.slug, unit.name, tuple(each.standing for each in documents))
        for unit, documents in sorted(by_unit.items(), key=lambda pair: (pair[0].position, pair[0].name))
    ]


def overdue(today: dt.date, unit: Unit | None = None) -> list[Edition]:
    """Newest editions whose promised interpretation has not come, the longest overdue first."""
    come = Edition.objects.filter(interprets=OuterRef("document"), document__withdrawal__isnull=True)
    late = Edition.objects.filter(
        ~Exists(come),
        interpretation_due__lt=today,
        interpretation_exemption="",
        document__withdrawal__isnull=True,
    )
    if unit is not None:
        late = late.filter(unit=unit)
    return list(newest_only(late).select_related("unit").order_by("interpretation_due", "pk"))


def _owed() -> QuerySet[Edition]:
    """Wider than the rule, so that the database leaves most documents aside; the rule decides.

    JSON text holds Han characters escaped in SQLite, as themselves in PostgreSQL.
    """
    told = Edition.objects.filter(form=Form.DOCUMENT).alias(words=Cast("keywords", TextField()))
    escaped = json.dumps(NORMATIVE).strip('"')
    return told.filter(
        Q(document_number__contains="规") | Q(words__contains=escaped) | Q(words__contains=NORMATIVE)
    )


def _material(documents: Iterable[int], day: dt.date) -> dict[int, list[Linked]]:
    end = end_of(day)
    rows: QuerySet[Edition] = Edition.objects.filter(interprets__in=list(documents), online_at__lt=end)
    rows = newest_only(rows, end).exclude(document__withdrawal__withdrawn_at__lt=end)
    online_on = TruncDate("online_at", tzinfo=SHANGHAI)
    shown = rows.order_by("online_at", "pk").values_list(
        "interprets", "document__index_no", "title", "interpretation_kind", online_on
    )
    found: dict[int, list[Linked]] = {}
    for policy, *each in shown:
        found.setdefault(policy, []).append(Linked(*each))
    return found


def _explained(edition: Edition, material: list[Linked], day: dt.date) -> Explained:
    first = min((each.day for each in material if each.day), default=None)
    stands = standing(
        day,
        first_on=first,
        promised_on=edition.interpretation_due,
        exemption=edition.interpretation_exemption,
    )
    return Explained(edition, tuple(material), stands)
