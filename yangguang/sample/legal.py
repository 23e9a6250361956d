"""A cleaning-up in the sample year: some documents abolished, expired, replaced or amended, some marked late."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping

from yangguang.publishing.actions import cleanups, status
from yangguang.publishing.models import CleanupRow, Document
from yangguang.rules.cleanup_list import ListedDocument
from yangguang.rules.legal_status import Kind
from yangguang.rules.workdays import Calendar
from yangguang.sample.acts import Act, Amend, AskRow, CleanUp, ExpireDue, MarkRow, Publish, Revise, Withdraw
from yangguang.sample.conduct import dice
from yangguang.sample.days import in_office_hours

NOTICE = "5.8a|"
"""The duty whose publication is the list of abolished documents."""
VERBS = ("abolish", "expire", "abolish", "replace", "abolish", "expire", "abolish", "keep")
# Working days after the result on which each line is marked; None: nobody has yet.
MARKED_AFTER = (3, 5, 9, 4, 13, None, 16, None)
ASKED = {6: 8}
"""The line that stands on another unit's page, and when its own unit asked for the mark."""


def acts_for(acts: Iterable[Act], calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    """What happens to the standing of documents that `acts` publish, between two days."""
    ordered = sorted(acts, key=lambda act: act.at)
    yield from _monthly(calendar, first, last)
    published = [act for act in ordered if isinstance(act, Publish)]
    notice = next((act for act in published if act.handle.startswith(NOTICE)), None)
    if notice is None:
        return
    spoken_of = {act.handle for act in ordered if isinstance(act, (Revise, Withdraw))}
    old = [
        act
        for act in published
        if act.form == "document" and act.at < notice.at and act.handle not in spoken_of
    ]
    listed = old[: len(VERBS)]
    if len(listed) < len(VERBS):
        return
    yield from _cleanup(notice, listed, calendar, last)
    newer = [act for act in published if act.form == "document" and act.at > notice.at]
    for changed, by in zip(old[len(VERBS) : len(VERBS) + 2], newer, strict=False):
        yield Amend(by.at + dt.timedelta(minutes=1), changed.handle, by.handle)


def do(act: CleanUp | MarkRow | AskRow | Amend | ExpireDue, made: Mapping[str, Document]) -> None:
    """Do one of these acts through the product's own verbs."""
    match act:
        case CleanUp():
            _receive(act, made)
        case MarkRow():
            cleanups.mark(by=None, now=act.at, row=_row(act.position))
        case AskRow():
            cleanups.ask(by=None, now=act.at, row=_row(act.position))
        case Amend():
            status.mark(
                by=None,
                now=act.at,
                document=made[act.handle],
                act=Kind.AMEND,
                effective_on=act.at.date(),
                reason="部分条款由新文件修改（示例）",
                successor=made[act.successor],
            )
        case ExpireDue():
            status.expire_due(now=act.at)


def _cleanup(notice: Publish, listed: list[Publish], calendar: Calendar, last: dt.date) -> Iterator[Act]:
    decided, lot = notice.at.date(), dice("cleanup")
    taken_in = in_office_hours(lot, calendar.add_workdays(decided, 1))
    yield CleanUp(
        taken_in, notice.handle, tuple((act.handle, verb) for act, verb in zip(listed, VERBS, strict=True))
    )
    for position, after in enumerate(MARKED_AFTER):
        if after is not None:
            yield from _within(
                MarkRow(in_office_hours(lot, calendar.add_workdays(decided, after)), position + 1), last
            )
    for position, after in ASKED.items():
        yield from _within(
            AskRow(in_office_hours(lot, calendar.add_workdays(decided, after)), position + 1), last
        )


def _within(act: MarkRow | AskRow, last: dt.date) -> Iterator[Act]:
    if act.at.date() <= last:
        yield act


def _monthly(calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    """Terms that were over are told on the first working day of the month."""
    month = first.replace(day=1)
    while month <= last:
        day = calendar.add_workdays(month - dt.timedelta(days=1), 1)
        if first <= day <= last:
            yield ExpireDue(in_office_hours(dice("expire", month.isoformat()), day))
        month = (month + dt.timedelta(days=32)).replace(day=1)


def _receive(act: CleanUp, made: Mapping[str, Document]) -> None:
    notice = made[act.notice]
    others = sorted({made[handle].unit.name for handle, _ in act.listed})
    listed = []
    for place, (handle, verb) in enumerate(act.listed):
        document = made[handle]
        asked = next((name for name in others if name != document.unit.name), document.unit.name)
        listed.append(
            ListedDocument(
                place=place + 1,
                title=document.title,
                number=document.number,
                verb=verb,
                reason="与现行规定不一致（示例）",
                successor="示例市新的管理办法（示例）" if verb == "replace" else "",
                unit=asked if place in ASKED else document.unit.name,
            )
        )
    cleanup = cleanups.receive(
        by=None,
        now=act.at,
        unit=notice.unit,
        title=f"{notice.title}（示例）",
        number=notice.number,
        decided_on=notice.edition.online_at.date() if notice.edition else act.at.date(),
        listed=listed,
        sha256=hashlib.sha256("\n".join(one.title for one in listed).encode()).hexdigest(),
        file_name="示例清单",
        notice=notice,
        is_sample=True,
    )
    for row, (handle, _) in zip(cleanup.rows.order_by("position"), act.listed, strict=True):
        cleanups.confirm(by=None, row=row, document=made[handle])


def _row(position: int) -> CleanupRow:
    return CleanupRow.objects.select_related("document__unit", "cleanup__notice", "unit").get(
        cleanup__is_sample=True, position=position
    )
