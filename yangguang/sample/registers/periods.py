"""The periods for which a register gets sample rows."""

import datetime as dt
import re

from yangguang.rules.periods import ONE_DAY, Kind, Span, span_on
from yangguang.rules.tables.schema import Descriptor, Intake

_WRITTEN = (
    (Kind.DAILY, re.compile(r"(\d{4})-(\d\d)-(\d\d)")),
    (Kind.MONTHLY, re.compile(r"(\d{4})-(\d\d)")),
    (Kind.QUARTERLY, re.compile(r"(\d{4})Q([1-4])")),
    (Kind.HALF_YEARLY, re.compile(r"(\d{4})H([12])")),
    (Kind.YEARLY, re.compile(r"(\d{4})")),
)
_MONTHS_EACH = {Kind.QUARTERLY: 3, Kind.HALF_YEARLY: 6}


def periods_of(descriptor: Descriptor, year: int) -> list[Span]:
    """Every period of a year in its order: of the register's own cadence, else months for what is added
    to, the year for what is replaced."""
    if descriptor.intake is Intake.PERIOD:
        kind = Kind(descriptor.cadence)
    else:
        kind = Kind.MONTHLY if descriptor.intake is Intake.UPSERT else Kind.YEARLY
    found = [span_on(kind, dt.date(year, 1, 1))]
    while (day := found[-1].ends_on + ONE_DAY).year == year:
        found.append(span_on(kind, day))
    return found


def span_of(key: str) -> Span:
    """The span with that key (2017-08-14, 2017-08, 2017Q3, 2017H1, 2017). Raises ValueError for others."""
    for kind, form in _WRITTEN:
        if found := form.fullmatch(key):
            year, *rest = map(int, found.groups())
            if kind in _MONTHS_EACH:
                rest = [(rest[0] - 1) * _MONTHS_EACH[kind] + 1]
            return span_on(kind, dt.date(year, *[*rest, 1, 1][:2]))
    raise ValueError(f"“{key}”不是期次：请写成 2017-08、2017Q3、2017H1、2017 或者 2017-08-14")
