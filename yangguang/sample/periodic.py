"""Publications for the duties whose periods come round by themselves: monthly, quarterly, once a year."""

import datetime as dt
from collections.abc import Iterator

from yangguang.ledger.queries import Standing
from yangguang.rules.workdays import Calendar
from yangguang.sample.acts import Act, Publish, Revise, Withdraw
from yangguang.sample.conduct import conduct_of, dice
from yangguang.sample.days import in_office_hours, workday_between
from yangguang.sample.texts import body_of

ONE_DAY = dt.timedelta(days=1)
REVISED, WITHDRAWN = 0.05, 0.02


def acts_for(owed: Standing, calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Act]:
    """What the unit does about one period between two days: mostly one publication, sometimes nothing."""
    lot = dice(owed.obligation.code, owed.unit.name, owed.key)
    day = _day(owed, calendar, first, last)
    if day is None or day > last:
        return
    handle = f"{owed.obligation.code}|{owed.unit.slug}|{owed.key}"
    published = Publish(
        at=in_office_hours(lot, day),
        handle=handle,
        unit=owed.unit,
        title=title_of(owed),
        body=_body(owed, "first"),
        form=owed.obligation.form,
        covers="" if owed.obligation.rule["kind"] == "once" else owed.key,
        number=f"示例〔2017〕{lot.randint(1, 300)}号" if owed.obligation.form == "document" else "",
        made_on=day,
    )
    yield published
    yield from _afterwards(owed, published, calendar, last)


def title_of(owed: Standing) -> str:
    """The obligation's sample title for this period; a duty of many units also names the unit."""
    title = str(owed.obligation.rule["sample_title"]).replace("{period}", owed.label)
    shared = owed.unit.name not in {unit.name for unit in owed.obligation.units.all()}
    return f"{owed.unit.name}{title}" if shared else title


def _day(owed: Standing, calendar: Calendar, first: dt.date, last: dt.date) -> dt.date | None:
    """When it is published; None where it never is. A day after `last` lies beyond the sample."""
    kind = owed.obligation.rule["kind"]
    lot = dice("day", owed.obligation.code, owed.unit.name, owed.key)
    conduct = conduct_of(owed.unit.name, kind)
    if kind == "once" and (owed.verdict.due_on or last) >= last:
        return workday_between(calendar, lot, first, last) if lot.random() < conduct.done_early else None
    due = owed.verdict.due_on
    chance = lot.random()
    if due is None or chance < conduct.missing:
        return None
    if chance < conduct.missing + conduct.late:
        return calendar.add_workdays(due, lot.randint(1, 9))
    opens = owed.opens_on if kind == "once" else owed.ends_on + ONE_DAY
    return workday_between(calendar, lot, max(first, opens), due)


def _body(owed: Standing, edition: str) -> str:
    return body_of(
        form=owed.obligation.form,
        unit=owed.unit.name,
        subject=owed.obligation.title,
        period=owed.label if "{period}" in owed.obligation.rule["sample_title"] else "",
        lot=dice("body", owed.obligation.code, owed.unit.name, owed.key, edition),
    )


def _afterwards(owed: Standing, published: Publish, calendar: Calendar, last: dt.date) -> Iterator[Act]:
    """Now and then a figure is corrected, or a document is taken back and published anew."""
    lot = dice("afterwards", published.handle)
    chance, day = lot.random(), calendar.add_workdays(published.at.date(), lot.randint(1, 8))
    if day > last or chance > REVISED + WITHDRAWN:
        return
    at = in_office_hours(lot, day)
    if chance < REVISED:
        yield Revise(at, published.handle, "更正表述和数字（示例）", _body(owed, "second"))
        return
    yield Withdraw(at, published.handle, "内容有误，核实后另行发布（示例）")
    again = calendar.add_workdays(day, lot.randint(2, 6))
    if again <= last and lot.random() < 0.5:
        yield Publish(
            at=in_office_hours(lot, again),
            handle=f"{published.handle}|again",
            unit=published.unit,
            title=published.title,
            body=_body(owed, "again"),
            form=published.form,
            covers=published.covers,
            number=published.number,
            made_on=again,
        )
