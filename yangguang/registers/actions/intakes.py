"""Take a file in, choose how it is read, check it: nothing of this is public (`actions.review` goes on)."""

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from yangguang.directory.models import Person
from yangguang.registers import intake as files
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.actions.staging import stage
from yangguang.registers.intake.reading import Choices, Proposed, fingerprint
from yangguang.registers.models import Intake, Register, Remembered
from yangguang.registers.queries.keys import known_keys, taken_off_again
from yangguang.rules.periods import span_of
from yangguang.rules.tables.report import Report
from yangguang.rules.tables.schema import Intake as Kind
from yangguang.warehouse import store

MOST_KEPT = 1_000
"""Problems and changes that a stored report lists one by one; the counts are always whole."""


@transaction.atomic
def receive(
    *,
    by: Person | None,
    now: dt.datetime,
    register: Register,
    name: str,
    data: bytes,
    period: str = "",
    made_on: dt.date | None = None,
    note: str = "",
) -> Intake:
    """Keep a file that came in, with the reading that is proposed for it.

    Raises Forbidden, Unreadable for a file that is none, and ValueError for a period that is missing or
    is not one.
    """
    require_may_keep(by, register.unit)
    require_period(register, period)
    sheets = files.read(data, name)
    proposed = files.propose(sheets, register.described, remembered=remembered(register))
    return Intake.objects.create(
        register=register,
        by=by,
        name=name[-200:],
        sha256=store.put(data),
        received_at=now,
        period=period,
        made_on=made_on,
        note=note.strip(),
        choices=proposed.choices.as_json(),
    )


def proposal(taken: Intake, **chosen: Any) -> Proposed:
    """What is proposed for a file, with the sheet and the heading that a person may have named."""
    sheets = files.read(store.read(taken.sha256), taken.name)
    register = taken.register
    return files.propose(sheets, register.described, remembered=remembered(register), **chosen)


@transaction.atomic
def choose(*, by: Person | None, now: dt.datetime, taken: Intake, choices: Choices) -> Intake:
    """Read the file this way, and remember which column was which for the next file with this heading.

    Raises Forbidden, and ValueError for a field that two columns claim or that there is not.
    """
    _require_open(taken)
    require_may_keep(by, taken.register.unit)
    fields = [name for name in choices.columns if name]
    names = taken.register.described.names
    if twice := {name for name in fields if fields.count(name) > 1}:
        title = taken.register.described.field(min(twice)).title
        raise ValueError(f"两列都对应“{title}”：请只留一列")
    if strange := [name for name in fields if name not in names]:
        raise ValueError(f"清单没有列 {strange[0]}：请重新选择")
    proposed = proposal(taken, sheet=choices.sheet, first_row=choices.first_row, last_row=choices.last_row)
    headings = proposed.heading.names
    Remembered.objects.update_or_create(
        register=taken.register,
        headings=fingerprint(headings),
        defaults={
            "choices": {
                heading: field for heading, field in zip(headings, choices.columns, strict=False) if heading
            },
            "confirmed_at": now,
        },
    )
    taken.choices, taken.report, taken.staged = choices.as_json(), {}, {}
    taken.save()
    return taken


@transaction.atomic
def check(*, taken: Intake) -> Report:
    """Check every row; where nothing is wrong, make the whole next table. The report is kept, and returned."""
    _require_open(taken)
    register = taken.register
    sheets = files.read(store.read(taken.sha256), taken.name)
    choices = Choices.from_json(taken.choices)
    known = known_keys(register.described)
    checked = files.check(sheets, register.described, choices, known, period=taken.period)
    again = taken_off_again(register, checked.report.rows)
    report = replace(checked.report, warnings=(*checked.report.warnings, *again))
    staged = stage(register, report.rows, period=taken.period) if report.passed else None
    taken.report = {**told(report), "left_out": checked.left_out}
    taken.staged = asdict(staged) if staged else {}
    taken.based_on = staged.based_on if staged else 0
    taken.save()
    return report


def told(report: Report) -> dict[str, Any]:
    """A report as JSON, its lists cut, its counts whole."""
    return {
        "passed": report.passed,
        "rows": len(report.rows),
        "problem_count": report.problem_count,
        "change_count": report.change_count,
        "counts": [one.as_json() for one in report.counts],
        "problems": [one.as_json() for one in report.problems[:MOST_KEPT]],
        "warnings": [one.as_json() for one in report.warnings[:MOST_KEPT]],
        "changes": [one.as_json() for one in report.changes[:MOST_KEPT]],
    }


def remembered(register: Register) -> dict[str, dict[str, str]]:
    """Which field each heading was, by the fingerprint of all headings, as people confirmed it before."""
    return dict(Remembered.objects.filter(register=register).values_list("headings", "choices"))


def require_period(register: Register, period: str) -> None:
    """Raise ValueError where the register is kept by period and none, or none that is one, is given."""
    if period:
        span_of(period)
    elif register.described.intake is Kind.PERIOD:
        raise ValueError(f"“{register.title}”按期更新：所属期必填，例如 2017-08 或者 2017Q3")


def _require_open(taken: Intake) -> None:
    if taken.ended_at is not None:
        raise ValueError("这份文件已经办结：请重新上传")
    if taken.sent_at is not None:
        raise ValueError("这份文件已经送审：要改动请先收回")
