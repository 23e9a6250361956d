"""What can be said about one period of one duty on one day, and why.

A verdict is worked out, never set: from the period's due day and the public journal lines that the
rules matched to it. The words of the reason are the product's own and go before the public.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from yangguang.rules.periods import Kind, Period


class State(StrEnum):
    """What is said about a period."""

    ON_TIME = "on_time"
    LATE = "late"
    PARTIAL = "partial"
    MISSING = "missing"
    NOT_YET = "not_yet"
    PROVISIONAL = "provisional"
    UNJUDGED = "unjudged"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state and its grounds.

    `days_late` counts working days after the due day: until the publication (late) or until the as-of
    day (missing); None otherwise, and where a year in between has no working-day notice. `met_by` is the
    number of the journal line that first met the duty, or first met it in part. `counted` is how many of
    the promised number are there ("10/11"), empty where nothing was counted. `reason` is a Chinese sentence
    with the basis of the deadline.
    """

    state: State
    days_late: int | None
    due_on: dt.date | None
    provisional: bool
    met_on: dt.date | None
    met_by: int | None
    reason: str
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A public line that serves a period: its number, its day, and the day its document was withdrawn.

    `counted` says how many of the promised number it holds ("10/11"); empty: nobody counted.
    """

    seq: int
    on: dt.date
    until: dt.date | None = None
    counted: str = ""

    @property
    def short(self) -> bool:
        """Whether it holds fewer than the duty promises."""
        held, _, wanted = self.counted.partition("/")
        return bool(wanted) and int(held) < int(wanted)

    def stands(self, as_of: dt.date) -> bool:
        """Public on that day. On the day of its withdrawal a document no longer is."""
        return self.on <= as_of and (self.until is None or as_of < self.until)


class CountsWorkdays(Protocol):
    """The part of `rules.workdays.Calendar` that a verdict needs."""

    def count_workdays(self, after: dt.date, through: dt.date) -> int: ...


def judge(period: Period, evidence: Iterable[Evidence], as_of: dt.date, calendar: CountsWorkdays) -> Verdict:
    """The verdict on a period as of the end of a day.

    The earliest publication that still stands meets the duty: a revision does not change when it was
    first met, and a withdrawn one counts no longer from its withdrawal on. One that holds fewer than the
    plan promises meets it in part; a later, whole one meets it from its own day.
    """
    if period.kind is Kind.INTERNAL:
        return _verdict(State.INTERNAL, period, "内部工作，没有需要公开的内容，只列出，不计分。")
    known = [item for item in evidence if item.on <= as_of]
    standing = sorted((item for item in known if item.stands(as_of)), key=lambda item: (item.on, item.seq))
    met = next((item for item in standing if not item.short), None)
    if met is not None:
        return _met(period, met, calendar)
    if standing:
        return _met_in_part(period, standing, as_of)
    withdrawn = max(
        (item.until for item in known if item.until is not None and item.until <= as_of), default=None
    )
    return _unmet(period, withdrawn, as_of, calendar)


def _met(period: Period, met: Evidence, calendar: CountsWorkdays) -> Verdict:
    told = f"{met.on} 公开（日志第 {met.seq} 行）"
    uncounted = _about_measure(period, met)
    due = period.due_on
    if due is None and period.kind is Kind.EVENT:
        return _verdict(State.UNJUDGED, period, f"{told}，{period.basis}", met)
    if due is None:
        return _verdict(State.ON_TIME, period, f"{told}；{period.basis}{uncounted}", met)
    if period.provisional and not (met.on <= due and met.on.year < due.year):
        return _verdict(
            State.PROVISIONAL, period, f"{told}，期限 {due} 为暂定，迟否待定；{period.basis}", met
        )
    if met.on <= due:
        return _verdict(State.ON_TIME, period, f"{told}，期限 {due}；{period.basis}{uncounted}", met)
    days = count_late(due, met.on, calendar)
    late = f"迟{_workdays(days)}" if days is not None else "迟的工作日数待放假通知录入后计算"
    return _verdict(State.LATE, period, f"{told}，期限 {due}，{late}；{period.basis}{uncounted}", met, days)


def _met_in_part(period: Period, standing: list[Evidence], as_of: dt.date) -> Verdict:
    """The fullest of those that stand speaks for the period; before its due day nothing is missing yet."""
    fullest = max(standing, key=lambda item: (int(item.counted.partition("/")[0]), -item.seq))
    held = fullest.counted.partition("/")[0]
    told = f"{fullest.on} 公开（日志第 {fullest.seq} 行），只有 {held}，方案要求 {period.measure}"
    due = period.due_on
    waiting = due is not None and as_of <= due
    term = f"期限 {due}{' 未到' if waiting else ''}；" if due else ""
    state = State.NOT_YET if waiting else State.PARTIAL
    return _verdict(state, period, f"{told}；{term}{period.basis}", fullest)


def _about_measure(period: Period, met: Evidence) -> str:
    if not period.measure:
        return ""
    if met.counted:
        return f"数量已核对：{met.counted.partition('/')[0]}（方案要求 {period.measure}）。"
    return f"方案的数量要求（{period.measure}）尚未核对，按是否公开判定。"


def _unmet(period: Period, withdrawn: dt.date | None, as_of: dt.date, calendar: CountsWorkdays) -> Verdict:
    told = f"曾经公开，{withdrawn} 撤回，现在没有" if withdrawn else "没有"
    due = period.due_on
    if due is None:
        return _verdict(State.UNJUDGED, period, f"{period.basis}{told}找到相符的公开，不评。")
    if period.provisional:
        return _verdict(State.PROVISIONAL, period, f"期限 {due} 为暂定，{told}找到相符的公开；{period.basis}")
    if as_of <= due:
        return _verdict(State.NOT_YET, period, f"期限 {due} 未到，{told}找到相符的公开；{period.basis}")
    days = count_late(due, as_of, calendar)
    late = f"至 {as_of} 已过期限{_workdays(days)}" if days is not None else f"至 {as_of} 已过期限"
    return _verdict(
        State.MISSING, period, f"期限 {due}，{late}，{told}找到相符的公开；{period.basis}", None, days
    )


def count_late(due: dt.date, until: dt.date, calendar: CountsWorkdays) -> int | None:
    """Working days after `due`, up to and including `until`; None where a year has no notice."""
    try:
        return calendar.count_workdays(due, until)
    except LookupError:
        return None


def _workdays(number: int) -> str:
    """A day off after the deadline is late, although no working day has passed."""
    return f" {number} 个工作日" if number else "不足 1 个工作日"


def _verdict(
    state: State, period: Period, reason: str, met: Evidence | None = None, days: int | None = None
) -> Verdict:
    return Verdict(
        state=state,
        days_late=days,
        due_on=period.due_on,
        provisional=period.provisional,
        met_on=met.on if met else None,
        met_by=met.seq if met else None,
        reason=reason,
        counted=met.counted if met else "",
    )
