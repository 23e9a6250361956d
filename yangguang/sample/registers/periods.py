"""The periods for which a register gets sample rows."""

import datetime as dt

from yangguang.rules.periods import ONE_DAY, Kind, Span, span_on
from yangguang.rules.tables.schema import Descriptor, Intake


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
