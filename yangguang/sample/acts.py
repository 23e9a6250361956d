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
class PublishTable:
    """A version of a register goes online, with sample rows for these periods. `covers` is its own period."""

    at: dt.datetime
    register: str
    unit: Unit
    periods: tuple[str, ...]
    covers: str = ""
    made_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Explain:
    """Interpretation of a document goes online. `policy` is the handle of the document."""

    at: dt.datetime
    handle: str
    policy: str
    title: str
    body: str
    kind: str


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


@dataclass(frozen=True)
class IssueGazette:
    """An issue of the gazette comes out, made of that month's documents."""

    at: dt.datetime
    number: int


@dataclass(frozen=True)
class CleanUp:
    """A cleaning-up's list is taken in: the notice, and each document with what becomes of it."""

    at: dt.datetime
    notice: str
    listed: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MarkRow:
    """A line of that list is carried out."""

    at: dt.datetime
    position: int


@dataclass(frozen=True)
class AskRow:
    """The portal's manager is asked to mark a line's document."""

    at: dt.datetime
    position: int


@dataclass(frozen=True)
class Amend:
    at: dt.datetime
    handle: str
    successor: str


@dataclass(frozen=True)
class ExpireDue:
    """Terms that are over are told."""

    at: dt.datetime


@dataclass(frozen=True)
class Speak:
    """A reader says something about data; `about` is a register's address or, of a request, a unit's name."""

    at: dt.datetime
    handle: str
    kind: str
    about: str
    title: str
    text: str


@dataclass(frozen=True)
class Reply:
    """The unit answers what was said."""

    at: dt.datetime
    handle: str
    outcome: str
    summary: str
    answer: str


@dataclass(frozen=True)
class ToPlan:
    """A table that a unit is to put online. `batch` is a place among the batches, `register` its address."""

    batch: int
    unit: Unit
    title: str
    register: str


@dataclass(frozen=True)
class PlanRelease:
    """The release plan is made: batches with their days, and what comes in each."""

    at: dt.datetime
    batches: tuple[tuple[str, dt.date], ...]
    entries: tuple[ToPlan, ...]


@dataclass(frozen=True)
class MovePlanned:
    """A table of the plan comes with another batch."""

    at: dt.datetime
    register: str
    batch: str
    reason: str


@dataclass(frozen=True)
class DropPlanned:
    """A table of the plan will not come."""

    at: dt.datetime
    register: str
    reason: str


Act = (
    Publish
    | PublishTable
    | Explain
    | Revise
    | Withdraw
    | Record
    | IssueGazette
    | CleanUp
    | MarkRow
    | AskRow
    | Amend
    | ExpireDue
    | Speak
    | Reply
    | PlanRelease
    | MovePlanned
    | DropPlanned
)
