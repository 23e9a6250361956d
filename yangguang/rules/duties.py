"""A checkable duty as a value: who, what to look for, and when it is due.

Made from the rule dict of an obligation (`rules.obligations_file.ReviewedObligation.rule` has its keys).
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yangguang.rules.clock import Deadline, calendar_period, workday_period
from yangguang.rules.events import Event
from yangguang.rules.matching import Wanted
from yangguang.rules.periods import Kind, Period, Span, month_end, span_on, spans
from yangguang.rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Term:
    """How long after a period (or an event) its publication is due; exactly one of the three, or none.

    `months` counts whole calendar months after the period's end, `workdays` working days after the
    period's end or the event; `day` is a fixed day. With none of them nothing is ever due.
    """

    basis: str
    months: int | None = None
    workdays: int | None = None
    day: dt.date | None = None

    def after(self, day: dt.date, calendar: Calendar) -> Deadline | None:
        """The deadline for a period that ended, or an event that happened, on `day`.

        A fixed day stands as it was named. A term of months that ends on a day off runs to the next
        working day (法释〔2018〕1号 Art. 48 ¶3), and the reason says so.
        """
        if self.day is not None:
            return Deadline(self.day)
        if self.workdays is not None:
            return workday_period(calendar, day, self.workdays)
        if self.months is None:
            return None
        last = month_end(day.year, day.month + self.months)
        deadline = calendar_period(calendar, last, 0)
        if deadline.due_on == last:
            return deadline
        reason = "；".join(filter(None, [f"{last} 是休息日，顺延到下一个工作日", deadline.reason]))
        return dataclasses.replace(deadline, reason=reason)


LONGEST_TITLE = 24


def shortened(title: str) -> str:
    """A title that fits a label: at most 24 characters, the cut shown."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


@dataclass(frozen=True)
class Duty:
    """One obligation of a plan. `units` are the canonical names of the units and groups that it names."""

    code: str
    title: str
    units: tuple[str, ...]
    kind: Kind
    wanted: Wanted
    term: Term
    issued_on: dt.date
    year: int
    calendar: Calendar
    measure: str = ""

    @property
    def closes_on(self) -> dt.date:
        return dt.date(self.year, 12, 31)

    @cached_property
    def periods(self) -> Mapping[str, Period]:
        """Its periods in the plan's year by their keys, in order. Events have none of their own."""
        if self.kind is Kind.EVENT:
            return {}
        return {
            span.key: self._period(span)
            for span in spans(self.kind, issued_on=self.issued_on, year=self.year)
        }

    @cached_property
    def quiet_period(self) -> Period:
        """Stands for an event-driven duty as long as nothing has happened."""
        span = span_on(Kind.EVENT, self.closes_on)
        basis = f"{self.term.basis}尚无登记事由，"
        return Period(Kind.EVENT, span.key, span.label, span.opens_on, span.ends_on, basis=basis)

    def event_period(self, event: Event) -> Period | None:
        """The period that an event opens; None where it was due before the plan was issued, or happened
        after the plan's year."""
        key, title = f"#{event.seq}", shortened(event.title)
        if event.day is None:
            day = self.issued_on
            return Period(Kind.EVENT, key, title, day, day, basis="没有填写成文日期，无法判断是否及时。")
        if event.day < self.calendar.first_day:
            return None
        deadline = self.term.after(event.day, self.calendar)
        if event.day > self.closes_on or (deadline is not None and deadline.due_on < self.issued_on):
            return None
        label = f"{event.day.month}月{event.day.day}日 {title}"
        return self._due(Span(key, label, event.day, event.day), deadline)

    def _period(self, span: Span) -> Period:
        if self.kind is Kind.INTERNAL:
            return self._due(span, None)
        return self._due(span, self.term.after(span.ends_on, self.calendar))

    def _due(self, span: Span, deadline: Deadline | None) -> Period:
        basis = self.term.basis
        if deadline is not None and deadline.reason:
            basis = f"{basis}{deadline.reason}。"
        return Period(
            kind=self.kind,
            key=span.key,
            label=span.label,
            opens_on=span.opens_on,
            ends_on=span.ends_on,
            due_on=deadline.due_on if deadline else None,
            provisional=deadline.provisional if deadline else False,
            basis=basis,
            measure=self.measure,
        )


def duty_of(
    rule: Mapping[str, Any],
    *,
    code: str,
    title: str,
    units: tuple[str, ...],
    form: str,
    cadence: str,
    issued_on: dt.date,
    year: int,
    calendar: Calendar,
) -> Duty:
    """An obligation with its rule dict → the duty. `units` are canonical names.

    What a rule leaves out of its kind and its term is taken from `USUAL`, by its kind, else by its
    cadence; with the form "internal" it is internal work.
    """
    rule = {**_usual(rule.get("kind"), form, cadence), **rule}
    due, reason = rule.get("due") or {}, str(rule.get("reason") or "")
    return Duty(
        code=code,
        title=title,
        units=units,
        kind=Kind(rule["kind"]),
        wanted=Wanted(tuple(map(tuple, rule.get("words") or ())), frozenset(rule.get("forms") or ())),
        term=Term(
            basis=f"{reason.rstrip('。')}。" if reason else "",
            months=due.get("months"),
            workdays=due.get("workdays"),
            day=dt.date.fromisoformat(due["day"]) if due.get("day") else None,
        ),
        issued_on=issued_on,
        year=year,
        calendar=calendar,
        measure=str(rule.get("measure") or ""),
    )


def _usual(kind: str | None, form: str, cadence: str) -> Mapping[str, Any]:
    usual = USUAL["internal" if form == "internal" else cadence]
    if kind in (None, usual["kind"]):
        return usual
    return next(other for other in USUAL.values() if other["kind"] == kind)


USUAL: Mapping[str, Mapping[str, Any]] = {
    "daily": {
        "kind": "daily",
        "due": {"workdays": 1},
        "reason": "没有写明期限，按次一工作日判定",
    },
    "monthly": {"kind": "monthly", "due": {"months": 1}, "reason": "没有写明期限，按次月底判定"},
    "quarterly": {"kind": "quarterly", "due": {"months": 1}, "reason": "没有写明期限，按季后一个月内判定"},
    "half_yearly": {
        "kind": "half_yearly",
        "due": {"months": 2},
        "reason": "没有写明期限，按期后两个月内判定",
    },
    "yearly": {"kind": "yearly", "due": {"months": 3}, "reason": "没有写明期限，按年后三个月内判定"},
    "by_deadline": {"kind": "once", "due": {"months": 0}, "reason": "没有写明日期，按方案年度年底判定"},
    "periodic": {
        "kind": "quarterly",
        "due": {"months": 1},
        "reason": "只写“定期”，没有写明间隔，暂按每季度一次、季后一个月内判定",
    },
    "timely": {
        "kind": "event",
        "due": {"workdays": 20},
        "reason": "信息形成或者变更之日起20个工作日内（政府信息公开条例，2008年第十八条、2019年第二十六条）",
    },
    "when_due": {"kind": "once", "due": {}, "reason": "没有写明期限"},
    "none": {"kind": "once", "due": {"months": 0}, "reason": "没有写明期限，按方案年度内公开一次判定"},
    "internal": {"kind": "internal", "due": {}, "reason": ""},
}
"""When a cadence is due where neither the plan nor its review says so; reviewed plans say it themselves."""
