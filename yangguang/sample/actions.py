"""Fill the year of an adopted plan with sample publications, through the same verbs as everybody's."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from yangguang.directory.calendars import shipped_calendar
from yangguang.ledger.queries import standings
from yangguang.plan.models import PlanVersion
from yangguang.publishing.actions import documents, occasions
from yangguang.publishing.models import Document
from yangguang.registers.models import Feedback
from yangguang.sample import (
    facts,
    feedback,
    gazette,
    interpretation,
    legal,
    occasional,
    periodic,
    release,
    tables,
)
from yangguang.sample.acts import (
    Act,
    Amend,
    AskRow,
    CleanUp,
    DropPlanned,
    ExpireDue,
    Explain,
    IssueGazette,
    MarkRow,
    MovePlanned,
    PlanRelease,
    Publish,
    PublishTable,
    Record,
    Reply,
    Revise,
    Speak,
    Withdraw,
)

KEYWORD = "【示例】"


def acts_of(version: PlanVersion, *, first: dt.date, last: dt.date) -> list[Act]:
    """Everything that happens from `first` to `last`, in the order of time. The same on every machine.

    Asks the ledger what is owed, so the plan must be adopted and nothing published yet.
    """
    owed = [
        one for one in standings(as_of=last, version=version) if one.obligation.rule["kind"] != "internal"
    ]
    calendar = shipped_calendar()
    acts: list[Act] = []
    for one in owed:
        if one.obligation.rule["kind"] != "event":
            acts.extend(periodic.acts_for(one, calendar, first, last))
    quiet = [one for one in owed if one.obligation.rule["kind"] == "event"]
    acts.extend(occasional.acts_for(quiet, calendar, first, last))
    acts = tables.instead(acts, version, calendar, first, last)
    acts.extend(release.acts_for(list(acts), calendar, first, last))
    acts.extend(gazette.acts_for(first, last))
    acts.extend(feedback.acts_for(calendar, first, last))
    acts.extend(legal.acts_for(list(acts), calendar, first, last))
    return list(interpretation.acts_of(sorted(acts, key=lambda act: act.at)))


@transaction.atomic
def fill(
    version: PlanVersion,
    *,
    first: dt.date,
    last: dt.date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Do all of `acts_of`, in one transaction; returns how many acts. `progress` is told (done, total)."""
    acts = acts_of(version, first=first, last=last)
    made: dict[str, Document] = {}
    spoken: dict[str, Feedback] = {}
    for number, act in enumerate(acts, 1):
        _do(act, made, spoken)
        progress(number, len(acts))
    return len(acts)


def _do(act: Act, made: dict[str, Document], spoken: dict[str, Feedback]) -> None:
    match act:
        case Publish():
            made[act.handle] = documents.publish(
                by=None,
                now=act.at,
                unit=act.unit,
                title=act.title,
                body=act.body,
                form=act.form,
                number=act.number,
                keywords=[KEYWORD],
                covers=act.covers,
                made_on=act.made_on,
                is_sample=True,
                **facts.of(act),
                **interpretation.facts_of(act),
            )
        case PublishTable():
            tables.do(act)
        case Explain():
            made[act.handle] = interpretation.do(act, made[act.policy])
        case Revise():
            documents.revise(by=None, now=act.at, document=made[act.handle], note=act.note, body=act.body)
        case Withdraw():
            documents.withdraw(by=None, now=act.at, document=made[act.handle], reason=act.reason)
        case IssueGazette():
            gazette.make(act)
        case CleanUp() | MarkRow() | AskRow() | Amend() | ExpireDue():
            legal.do(act, made)
        case Speak() | Reply():
            feedback.do(act, spoken)
        case PlanRelease() | MovePlanned() | DropPlanned():
            release.do(act)
        case Record():
            occasions.record(
                by=None,
                now=act.at,
                unit=act.unit,
                title=act.title,
                happened_on=act.happened_on,
                keywords=[KEYWORD],
                is_sample=True,
            )
