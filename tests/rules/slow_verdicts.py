"""A slow and obvious second way to the states of duties with periods: every line is looked at for each."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from yangguang.rules.duties import Duty
from yangguang.rules.holders import Register
from yangguang.rules.periods import Kind, Period

State = tuple[str, int | None]


def states(
    duties: Sequence[Duty], register: Register, bodies: Sequence[Mapping[str, Any]], as_of: dt.date
) -> dict[tuple[str, str, str], State]:
    """(duty, unit, period) → state and the number of the line that met it."""
    return {
        (duty.code, unit, period.key): state(duty, unit, period, register, bodies, as_of)
        for duty in duties
        for period in duty.periods.values()
        for unit in owing(duty, register, period.ends_on)
    }


def owing(duty: Duty, register: Register, day: dt.date) -> set[str]:
    units: set[str] = set()
    for named in duty.units:
        members = [member for member in register.members if member.group == named]
        for member in members:
            if (member.since or day) <= day and (member.until is None or day < member.until):
                units.add(member.member)
        if not members:
            units.add(named)
    while True:
        gone = [step for step in register.successions if step.predecessor in units and step.on <= day]
        if not gone:
            return units
        for step in gone:
            units.add(step.successor)
        units -= {step.predecessor for step in gone}


def state(
    duty: Duty,
    unit: str,
    period: Period,
    register: Register,
    bodies: Sequence[Mapping[str, Any]],
    as_of: dt.date,
) -> State:
    if duty.kind is Kind.INTERNAL:
        return "internal", None
    for body in bodies:
        if serves(duty, unit, period, register, body, bodies) and stands(body, bodies, as_of):
            if period.due_on is None or day_of(body) <= period.due_on:
                return "on_time", body["seq"]
            return "late", body["seq"]
    if period.due_on is None:
        return "unjudged", None
    return ("not_yet" if as_of <= period.due_on else "missing"), None


def serves(
    duty: Duty,
    unit: str,
    period: Period,
    register: Register,
    body: Mapping[str, Any],
    bodies: Sequence[Mapping[str, Any]],
) -> bool:
    if body["act"] not in {"publish", "revise"}:
        return False
    publisher = register.names.get(body["unit"], body["unit"])
    if publisher not in family(unit, register):
        return False
    said = [body["title"], *body["keywords"]]
    if not any(
        all(any(word in text for text in said) for word in words) for words in duty.wanted.words if words
    ):
        return False
    if duty.wanted.forms and body["form"] not in duty.wanted.forms:
        return False
    if day_of(body) < period.opens_on:
        return False
    if duty.kind is Kind.ONCE:
        return True
    if body["covers"]:
        return bool(
            body["covers"] == period.key or (period.key.endswith("H2") and body["covers"] == period.key[:4])
        )
    first = min(day_of(other) for other in bodies if other.get("document") == body["document"])
    ended = [one for one in calendar_periods(duty, first) if one[1] < first]
    return bool(ended) and max(ended, key=lambda one: one[1])[0] == period.key


def calendar_periods(duty: Duty, day: dt.date) -> list[tuple[str, dt.date]]:
    """Key and last day of the periods of this and the last year, those before the plan too."""
    found = []
    for year in (day.year - 1, day.year):
        months = {Kind.MONTHLY: 1, Kind.QUARTERLY: 3, Kind.HALF_YEARLY: 6, Kind.YEARLY: 12}[duty.kind]
        for number, last in enumerate(range(months, 13, months), 1):
            end = dt.date(year + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
            key = {1: f"{year}-{last:02d}", 3: f"{year}Q{number}", 6: f"{year}H{number}", 12: f"{year}"}[
                months
            ]
            found.append((key, end))
    return found


def family(unit: str, register: Register) -> set[str]:
    return {unit} | relatives(unit, register, forward=True) | relatives(unit, register, forward=False)


def relatives(unit: str, register: Register, *, forward: bool) -> set[str]:
    found: set[str] = set()
    for step in register.successions:
        near, far = (step.predecessor, step.successor) if forward else (step.successor, step.predecessor)
        if near == unit:
            found |= {far} | relatives(far, register, forward=forward)
    return found


def stands(body: Mapping[str, Any], bodies: Sequence[Mapping[str, Any]], as_of: dt.date) -> bool:
    gone = [
        day_of(other)
        for other in bodies
        if other["act"] == "withdraw" and other["document"] == body["document"]
    ]
    return day_of(body) <= as_of and not any(day <= as_of for day in gone)


def day_of(body: Mapping[str, Any]) -> dt.date:
    return dt.date.fromisoformat(body["at"][:10])
