"""Take in what readers say about data, pass it on, answer it. Each act has its line in the journal.

The log names kind, unit, register and day, and of summary and answer their hashes: what a reader wrote and
how to reach them never stands in it.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from yangguang.directory.calendars import shipped_calendar
from yangguang.directory.clock import SHANGHAI
from yangguang.directory.figures import Figure, figure
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.registers import mail
from yangguang.registers.actions import release
from yangguang.registers.actions.registers import require_may_keep
from yangguang.registers.models import Batch, Feedback, Register, Takedown
from yangguang.rules.clock import Deadline, workday_period
from yangguang.rules.scan import Severity, scan_text

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MOST_A_DAY = 300
"""How many the whole site takes in a day: each writes a line of the public log, which nobody can shorten."""
FIGURES = {
    Feedback.Kind.REQUEST: "data_request",
    Feedback.Kind.ERROR: "row_error",
    Feedback.Kind.REUSE: "reuse",
}


@dataclass(frozen=True)
class Told:
    """What a reader filled in. `row` is the key of the row that is wrong, `version` the one it stands in."""

    kind: str
    text: str
    title: str = ""
    unit: Unit | None = None
    register: Register | None = None
    version: int = 0
    row: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    url: str = ""
    email: str = ""


@transaction.atomic
def file(*, now: dt.datetime, told: Told, is_sample: bool = False) -> Feedback:
    """Take it in, with a reference that cannot be guessed; the unit that keeps the register answers.

    Where an address is given its owner is asked by mail whether the answer may be mailed there. Raises
    ValidationError for what is missing or too long, ValueError where the day's number is full.
    """
    day = now.astimezone(SHANGHAI).date()
    start = dt.datetime.combine(day, dt.time(), SHANGHAI)
    if Feedback.objects.filter(filed_at__gte=start, is_sample=False).count() >= MOST_A_DAY:
        raise ValueError("今天收到的数据反馈已满，请明天再交；急需更正的，请直接联系发布单位")
    mark = "".join(secrets.choice(LETTERS) for _ in range(8))
    one = Feedback(
        kind=told.kind,
        reference=f"SJ{day:%Y%m%d}-{mark}",
        unit=told.register.unit if told.register else told.unit,
        register=told.register,
        version=told.version,
        row=dict(told.row),
        column=told.column,
        title=told.title.strip(),
        url=told.url.strip(),
        text=told.text.strip(),
        email=told.email.strip(),
        secret=secrets.token_urlsafe(32),
        filed_at=now,
        workdays=term(told.kind)["workdays"],
        is_sample=is_sample,
    )
    one.full_clean(exclude=["line"])
    one.line = journal.append(act=Line.Act.FEEDBACK, body=facts(one), at=now, by="公众")
    one.filed_at = one.line.at
    one.save()
    if one.email and mail.is_on():
        transaction.on_commit(lambda: mail.send(mail.receipt(one)))
    return one


@transaction.atomic
def pass_on(*, by: Person, now: dt.datetime, feedback: Feedback, unit: Unit) -> Feedback:
    """Give a wish for data to the unit that has them; its clock goes on. Raises Forbidden, ValueError."""
    if not allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT):
        raise Forbidden("转办由政府办公厅办理：请联系他们")
    one = _open(feedback)
    if one.register_id is not None:
        raise ValueError("这一件是关于一个数据集的，由发布它的单位答复，不能转办")
    if one.unit_id == unit.pk:
        raise ValueError(f"这一件已经在{unit.name}：请选另一个单位")
    one.unit = unit
    one.save(update_fields=["unit"])
    journal.append(
        act=Line.Act.PASS_ON,
        body={**facts(one), "feedback": one.pk},
        at=now,
        by=signature(by, sample=one.is_sample),
    )
    return one


@transaction.atomic
def answer(
    *,
    by: Person | None,
    now: dt.datetime,
    feedback: Feedback,
    outcome: str,
    summary: str,
    text: str,
    batch: Batch | None = None,
    due_on: dt.date | None = None,
) -> Feedback:
    """Answer once, in public; the reader's address is used for the answer and forgotten.

    A request that is agreed to enters the release plan with the answer: in `batch`, due by its day or by
    `due_on`; without a batch in the first one that is due on `due_on` or later. An error counts as put right
    only where a later version or a takedown is there to show for it. Raises Forbidden, and ValueError for
    what is missing, personal numbers, and what was answered already.
    """
    one = _open(feedback)
    _require_may_answer(by, one)
    _require_whole(one, outcome, summary, text)
    promised = None
    if one.kind == Feedback.Kind.REQUEST and outcome == Feedback.Outcome.ACCEPTED:
        promised = _batch(one, batch, due_on, now.astimezone(SHANGHAI).date())
    one.outcome, one.summary, one.answer, one.answered_by = outcome, summary.strip(), text.strip(), by
    one.answer_line = journal.append(
        act=Line.Act.ANSWER, body=answer_facts(one), at=now, by=signature(by, sample=one.is_sample)
    )
    one.answered_at = one.answer_line.at
    address, one.email = (one.email if one.email_confirmed_at else ""), ""
    one.full_clean()
    one.save()
    if promised and one.unit:
        release.plan(
            by=by, now=now, batch=promised, unit=one.unit, title=one.title, due_on=due_on, request=one
        )
    if address and mail.is_on():
        transaction.on_commit(lambda: mail.send(mail.answered(one, address)))
    return one


def confirm(*, now: dt.datetime, feedback: Feedback) -> None:
    """The owner of the address wants the answer mailed. Doing it twice changes nothing."""
    Feedback.objects.filter(pk=feedback.pk, email_confirmed_at=None, answered_at=None).exclude(
        email=""
    ).update(email_confirmed_at=now)


def term(kind: str) -> Figure:
    """How many working days there are for an answer, and on what ground (`figures.toml`)."""
    return figure(FIGURES[Feedback.Kind(kind)])


def due(feedback: Feedback) -> Deadline:
    """The last day for the answer, as it was promised when it came in."""
    received = feedback.filed_at.astimezone(SHANGHAI).date()
    return workday_period(shipped_calendar(), received, feedback.workdays)


def facts(one: Feedback) -> dict[str, object]:
    """What the log tells of its coming in."""
    return {
        "title": Feedback.Kind(one.kind).label,
        "kind": one.kind,
        "unit": one.unit.name if one.unit else "",
        "register": one.register.slug if one.register else None,
        "workdays": one.workdays,
        "sample": one.is_sample,
    }


def answer_facts(one: Feedback) -> dict[str, object]:
    """What the log tells of its answer; `received` is the line of its coming in."""
    return {
        **facts(one),
        "received": one.line_id,
        "outcome": one.outcome,
        "summary_sha256": hashlib.sha256(one.summary.encode()).hexdigest(),
        "answer_sha256": hashlib.sha256(one.answer.encode()).hexdigest(),
        "url": one.get_absolute_url(),
    }


def _open(feedback: Feedback) -> Feedback:
    one = (
        Feedback.objects.select_for_update(of=("self",))
        .select_related("register", "unit")
        .get(pk=feedback.pk)
    )
    if one.answered_at is not None:
        raise ValueError(f"{one}已于 {one.answered_at.astimezone(SHANGHAI):%Y-%m-%d} 答复：请刷新页面")
    return one


def _batch(one: Feedback, batch: Batch | None, due_on: dt.date | None, today: dt.date) -> Batch:
    """The batch in which what is promised will come. Raises ValueError where that cannot be told."""
    if one.unit is None:
        raise ValueError("还没有定由哪个单位开放：请先转办给有这份数据的单位，由它答复")
    if batch is None and due_on is None:
        raise ValueError("同意开放的，请选列入哪一批，或者写明开放期限：公众凭它看兑现没有")
    if due_on is not None and due_on < today:
        raise ValueError(f"开放期限 {due_on} 已经过去：请写今天以后的日子")
    found = batch or release.batch_on(due_on or today)
    if due_on is None and found.due_on < today:
        raise ValueError(f"{found.title}的期限 {found.due_on} 已经过去：请选还没到期的批次，或者另写期限")
    return found


def _require_may_answer(by: Person | None, one: Feedback) -> None:
    if one.unit is not None:
        require_may_keep(by, one.unit)
    elif by is not None and not (by.is_active and allows(by.role, Verb.PUBLISH_FOR_ANY_UNIT)):
        raise Forbidden("这一件还没有定由哪个单位答复：请等政府办公厅转办")


def _require_whole(one: Feedback, outcome: str, summary: str, text: str) -> None:
    if outcome not in Feedback.Outcome.values:
        raise ValueError("结果必选：请选一个")
    for name, written in (("公开的问题摘要", summary), ("答复", text)):
        if not written.strip():
            raise ValueError(f"{name}必填：公众看到的就是这些文字")
        for found in scan_text(written):
            if found.severity is not Severity.TELL:
                raise ValueError(f"{name}里有个人信息（{found.words}）：{found.remedy}")
    if one.kind == Feedback.Kind.ERROR and outcome == Feedback.Outcome.ACCEPTED and not _put_right(one):
        raise ValueError("还没有发布更正后的版次：请先更正数据并发布，再答复“已更正”")


def _put_right(one: Feedback) -> bool:
    """Whether anything was published or taken off the register since the report."""
    assert one.register is not None  # noqa: S101 an error is about a register (constraint)
    later = one.register.versions.filter(number__gt=one.version)
    return (
        later.exists()
        or Takedown.objects.filter(register=one.register, taken_off_at__gt=one.filed_at).exists()
    )
