"""Take a file in, choose how it is read, check it: nothing of this is public (`actions.review` goes on)."""

import datetime as dt
import json
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from django.conf import settings
from django.db import transaction

from yangguang.directory.models import Person
from yangguang.registers import intake as files
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.actions.staging import newest, staged_of
from yangguang.registers.actions.wording import require_short
from yangguang.registers.intake.reading import Choices, Proposed, fingerprint, units_of
from yangguang.registers.models import Intake, Register, Remembered, Token
from yangguang.registers.queries.keys import keys_off, known_keys, taken_off_again
from yangguang.rules.periods import span_of
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.tables.report import MOST_LISTED, Report
from yangguang.rules.tables.schema import Intake as Kind
from yangguang.warehouse import store
from yangguang.warehouse.tables.loading import Progress, in_silence

MOST_KEPT = 1_000
"""Problems and changes that a stored report lists one by one; the counts are always whole. Where there are
more, the report as it was made is kept beside, under the hash that `whole` names."""


@transaction.atomic
def receive(
    *,
    by: Person | None,
    now: dt.datetime,
    register: Register,
    name: str,
    data: bytes | Path,
    period: str = "",
    made_on: dt.date | None = None,
    note: str = "",
    token: Token | None = None,
) -> Intake:
    """Keep a file that came in, with the reading that is proposed for it.

    `data` are its bytes, or where it stands. It comes from a person, by a token of the register, or (neither) by a command of the operator, whose
    files may be of any size. Raises Forbidden, Unreadable for a file that is none or is too large, and
    ValueError for a period that is missing or is not one, and a note that is too long.
    """
    require_may_keep(by, register.unit)
    if by is not None or token is not None:
        require_size(data.stat().st_size if isinstance(data, Path) else len(data))
    require_period(register, period)
    require_short(note, "更新说明")
    sheets = files.read_file(data, name) if isinstance(data, Path) else files.read(data, name)
    proposed = files.propose(sheets, register.described, remembered=remembered(register))
    taken = Intake.objects.create(
        register=register,
        by=by,
        token=token,
        name=name[-200:],
        sha256=_kept(data),
        received_at=now,
        period=period,
        made_on=made_on,
        note=note.strip(),
        choices=proposed.choices.as_json(),
    )
    taken.sheets = sheets
    return taken


def proposal(taken: Intake, **chosen: Any) -> Proposed:
    """What is proposed for a file, with the sheet and the heading that a person may have named."""
    sheets = files.read_file(store.path(taken.sha256), taken.name)
    register = taken.register
    return files.propose(sheets, register.described, remembered=remembered(register), **chosen)


@transaction.atomic
def choose(
    *, by: Person | None, now: dt.datetime, taken: Intake, choices: Choices, proposed: Proposed | None = None
) -> Intake:
    """Read the file this way, and remember which column was which for the next file with this heading.

    `proposed` is the `proposal` with the chosen sheet and heading, where it is at hand.

    A unit that heading or sheet state is kept with whatever field the column is chosen for; one that is
    chosen goes before it. Raises Forbidden, and ValueError for a field that two columns claim or that
    there is not.
    """
    taken = _locked(taken)
    require_may_keep(by, taken.register.unit)
    fields = [name for name in choices.columns if name]
    names = taken.register.described.names
    if twice := {name for name in fields if fields.count(name) > 1}:
        title = taken.register.described.field(min(twice)).title
        raise ValueError(f"两列都对应“{title}”：请只留一列")
    if strange := [name for name in fields if name not in names]:
        raise ValueError(f"清单没有列 {strange[0]}：请重新选择")
    proposed = proposed or proposal(
        taken, sheet=choices.sheet, first_row=choices.first_row, last_row=choices.last_row
    )
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
    stated = units_of(proposed.heading, choices.columns, taken.register.described)
    kept = replace(choices, units={**stated, **choices.units})
    taken.choices, taken.report, taken.staged = kept.as_json(), {}, {}
    taken.save()
    return taken


def check(*, by: Person | None, now: dt.datetime, taken: Intake, progress: Progress = in_silence) -> Report:
    """Check every row; where nothing is wrong, make the whole next table. The report is kept, and returned.

    Reading a large file takes seconds, so that nothing is locked before all of it was read; `progress` is told
    what is being done. The report on a large file comes without its rows. Raises
    Forbidden, Unreadable where the chosen sheet is gone, DiskFull, and ValueError for a file that was
    sent for review, is done with, or is read another way by now.
    """
    last, against = _against(by, taken)
    return _keep(taken, _examine(taken, against, progress), based_on=last, now=now)


def checking(*, by: Person | None, now: dt.datetime, taken: Intake) -> Generator[str, None, Report]:
    """As `check`, for somebody who waits: yields in words what is being done, and returns the report.

    The file is read in a thread beside, which asks the database nothing. Nothing is kept where nobody
    listens to the end. Raises as `check` does.
    """
    last, against = _against(by, taken)
    phases: SimpleQueue[str] = SimpleQueue()
    with ThreadPoolExecutor(max_workers=1) as beside:
        work = beside.submit(_examine, taken, against, phases.put)
        work.add_done_callback(lambda _: phases.put(""))
        while phase := phases.get():
            yield phase
    return _keep(taken, work.result(), based_on=last, now=now)


def _against(by: Person | None, taken: Intake) -> tuple[int, files.Against]:
    """The number of the version that the file joins, and what it is checked against."""
    _require_open(taken)
    register = taken.register
    require_may_keep(by, register.unit)
    last, previous = newest(register)
    known, watched = known_keys(register.described), keys_off(register)
    return last, files.Against(known, taken.period, watched, previous, keep=True)


def _examine(taken: Intake, against: files.Against, progress: Progress) -> files.Checked:
    choices = Choices.from_json(taken.choices)
    place, described = store.path(taken.sha256), taken.register.described
    return files.check_file(
        place, taken.name, described, choices, against, progress=progress, sheets=taken.sheets
    )


def _keep(taken: Intake, checked: files.Checked, *, based_on: int, now: dt.datetime) -> Report:
    again = taken_off_again(taken.register, checked.met)
    report = replace(checked.report, warnings=(*checked.report.warnings, *again))
    staged = staged_of(taken.register, checked.whole, based_on=based_on) if checked.whole else None
    listed = told(report, MOST_LISTED)
    is_cut = any(len(listed[kind]) > MOST_KEPT for kind in ("problems", "warnings", "changes"))
    whole = store.put(json.dumps(listed, ensure_ascii=False).encode()) if is_cut else ""
    with transaction.atomic():
        if _locked(taken).choices != taken.choices:
            raise ValueError("检查的时候，另一个人改了这份文件的读法：请重新检查")
        taken.report = {
            **told(report, MOST_KEPT),
            "left_out": checked.left_out,
            "checked_at": now.isoformat(),
            "whole": whole,
        }
        taken.staged = asdict(staged) if staged else {}
        taken.based_on = staged.based_on if staged else 0
        taken.save(update_fields=["report", "staged", "based_on"])
    return report


@transaction.atomic
def give_up(*, by: Person | None, now: dt.datetime, taken: Intake) -> Intake:
    """Be done with a file that will not be published; what was found stays. Raises Forbidden, ValueError."""
    taken = _locked(taken)
    require_may_keep(by, taken.register.unit)
    taken.ended_at = now
    taken.save()
    return taken


def told(report: Report, most: int) -> dict[str, Any]:
    """A report as JSON, each of its lists cut at so many, its counts whole."""
    return {
        "passed": report.passed,
        "rows": report.row_count,
        "problem_count": report.problem_count,
        "change_count": report.change_count,
        "counts": [one.as_json() for one in report.counts],
        "problems": [one.as_json() for one in report.problems[:most]],
        "warnings": [one.as_json() for one in report.warnings[:most]],
        "changes": [one.as_json() for one in report.changes[:most]],
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


def require_size(size: int) -> None:
    """Raise Unreadable for a file of more bytes than are taken in over the network."""
    most = settings.LARGEST_ATTACHMENT // 1_000_000
    if size > settings.LARGEST_ATTACHMENT:
        raise Unreadable(
            f"文件有 {size // 1_000_000} MB，上限 {most} MB，没有接收；请去掉图片和不用的工作表，或者另存为 .csv 再传"
        )


def _locked(taken: Intake) -> Intake:
    """The file as it stands now, where it may still be changed."""
    rows = Intake.objects.select_for_update(of=("self",)).select_related("register__unit")
    found = rows.get(pk=taken.pk)
    _require_open(found)
    return found


def _kept(data: bytes | Path) -> str:
    if isinstance(data, bytes):
        return store.put(data)
    with data.open("rb") as source:
        return store.put_file(source)[0]


def _require_open(taken: Intake) -> None:
    if taken.ended_at is not None:
        raise ValueError("这份文件已经办结：请重新上传")
    if taken.sent_at is not None:
        raise ValueError("这份文件已经送审：要改动请先收回")
