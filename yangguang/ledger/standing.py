"""A verdict with the stored rows it is about."""

import datetime as dt
from dataclasses import dataclass

from yangguang.directory.models import Unit
from yangguang.plan.models import Obligation
from yangguang.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Standing:
    """One verdict with the stored rows it is about.

    `key` is "2017-08", "2017Q3", "2017H1", "2017", "2017-08-14", or "#123" for an event by its journal
    line. `lines` are the numbers of all journal lines ever matched by that day, withdrawn ones too;
    a page that shows them asks `queries.evidence`, or `queries.serving` by the line.
    """

    obligation: Obligation
    unit: Unit
    key: str
    label: str
    opens_on: dt.date
    ends_on: dt.date
    verdict: Verdict
    lines: tuple[int, ...] = ()
