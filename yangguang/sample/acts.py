"""What happens in the sample year, as values: each act at its moment."""

import datetime as dt
from dataclasses import dataclass

from yangguang.directory.models import Unit


@dataclass(frozen=True)
class Publish:
    """A document goes online. `handle` names it for later acts."""

    at: dt.datetime
    handle: str
    unit: Unit
    title: str
    body: str
    form: str
    number: str = ""
    covers: str = ""
    made_on: dt.date | None = None


@dataclass(frozen=True)
class Revise:
    at: dt.datetime
    handle: str
    note: str
    body: str


@dataclass(frozen=True)
class Withdraw:
    at: dt.datetime
    handle: str
    reason: str


@dataclass(frozen=True)
class Record:
    """Something happened that must be made public."""

    at: dt.datetime
    unit: Unit
    title: str
    happened_on: dt.date


Act = Publish | Revise | Withdraw | Record
