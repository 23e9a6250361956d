"""阳光许可: how far an application has come, by the number of its receipt."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from yangguang.catalog.dataset import Dataset
from yangguang.catalog.shelf import shelf
from yangguang.portal import day
from yangguang.portal.views.data import finding
from yangguang.rules.tables.query import Compare, Op, TableQuery
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.stored import Stored

RECEIPT = "receipt_no"
NEEDED = frozenset((RECEIPT, "accepted_on", "decided_on"))
STEPS: tuple[tuple[str, str, str | Promise], ...] = (
    ("accepted_on", "", gettext_lazy("受理")),
    ("examined_on", "examination", gettext_lazy("审查")),
    ("decided_on", "decision", gettext_lazy("审批")),
)
LONGEST = 60


@dataclass(frozen=True)
class Step:
    """One step of the way; `on` is None while it is still to come, `outcome` what came out of it."""

    name: str | Promise
    on: dt.date | None
    outcome: str


@dataclass(frozen=True)
class Application:
    """An application as its register tells of it. `late_by`: days past the promised day, where not decided."""

    dataset: Dataset
    row: dict[str, Any]
    steps: list[Step]
    late_by: int


@day.page
@finding.answering
def progress(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """Look up a receipt number in every register that keeps receipts with the days of their steps."""
    number = request.GET.get("no", "").strip()[:LONGEST]
    sources = [one for one in shelf().datasets.values() if set(one.descriptor.names) >= NEEDED]
    found = [each for dataset in sources for each in _found(dataset, number, as_of)] if number else []
    context = {"number": number, "found": found, "sources": sources}
    return render(request, "portal/data/progress.html", context)


def _found(dataset: Dataset, number: str, as_of: dt.date) -> Iterator[Application]:
    where = Compare(RECEIPT, Op.EQ, number)
    page = reading.page(
        Stored.public(dataset.served, dataset.descriptor), TableQuery(where=where, limit=5), total=False
    )
    for values in page.rows:
        row = dict(zip(page.columns, values, strict=True))
        steps = [
            Step(name, row.get(column), row.get(outcome) or "")
            for column, outcome, name in STEPS
            if column in row
        ]
        promised = row.get("promised_on")
        late = (as_of - promised).days if promised and not row.get("decided_on") else 0
        yield Application(dataset, row, steps, max(late, 0))
