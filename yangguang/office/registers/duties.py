"""Which register serves which duty, what it owes now, and what its unit does next."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yangguang.ledger import queries as ledger
from yangguang.ledger.queries import Standing
from yangguang.office import owed
from yangguang.registers.models import Intake, Register, Version
from yangguang.registers.queries import intakes
from yangguang.registers.queries.intakes import Stage, State
from yangguang.rules.verdict_words import SIGNS, told

Duty = tuple[int, str]
"""The key of a unit and the code of an obligation."""
NEXT = {
    Stage.TO_READ: "确认列的对应",
    Stage.FAULTY: "看检查结果，改正后重传",
    Stage.OVERTAKEN: "在新的版次上重新检查",
    Stage.READY: "送审",
    Stage.WAITING: "看审核进度",
}
URGENCY = ("missing", "today", "week", "month", "next", "")


@dataclass(frozen=True)
class Step:
    """What to do next: in words, where, and whether it is the unit's own turn."""

    words: str
    url: str
    is_due: bool = True


@dataclass(frozen=True)
class Line:
    """A register in the list: its newest version, the period that matters now, the files on their way.

    `missing` counts the periods that are overdue or not whole, that one included.
    """

    register: Register
    newest: Version | None
    standing: Standing | None
    bucket: str
    files: Sequence[State]
    next: Step
    missing: int = 0

    @property
    def sign(self) -> str:
        return SIGNS[self.standing.verdict.state] if self.standing else ""

    @property
    def words(self) -> str:
        return told(self.standing.verdict) if self.standing else ""


def by_duty() -> dict[Duty, str]:
    """The address name of the register that serves a unit's obligation, where one does; the first established."""
    rows = Register.objects.order_by("-pk").values_list("unit_id", "slug", "descriptor__obligations")
    return {(unit, code): slug for unit, slug, codes in rows for code in codes or ()}


def standings_by_duty(as_of: dt.date) -> dict[Duty, list[Standing]]:
    """All periods by duty; none as long as no plan has been adopted."""
    try:
        found = ledger.standings(as_of=as_of)
    except ledger.NoPlan:
        return {}
    by: dict[Duty, list[Standing]] = {}
    for standing in found:
        by.setdefault((standing.unit.pk, standing.obligation.code), []).append(standing)
    return by


def of_register(register: Register, by: Mapping[Duty, Sequence[Standing]]) -> list[Standing]:
    """The periods that a register serves, in the order of the plan."""
    return [
        standing
        for code in register.descriptor.get("obligations", ())
        for standing in by.get((register.unit_id, code), ())
    ]


def lines(registers: Sequence[Register], by: Mapping[Duty, Sequence[Standing]], today: dt.date) -> list[Line]:
    """The lines of a page of registers, in their order."""
    newest = _newest(registers)
    files: dict[int, list[State]] = {}
    for taken in intakes.open_ones(registers):
        files.setdefault(taken.register_id, []).append(intakes.state(taken))
    return [
        line_of(
            register, newest.get(register.pk), files.get(register.pk, []), of_register(register, by), today
        )
        for register in registers
    ]


def line_of(
    register: Register,
    newest: Version | None,
    files: Sequence[State],
    standings: Sequence[Standing],
    today: dt.date,
) -> Line:
    standing = most_pressing(standings, today)
    bucket = owed.bucket_of(standing, today) if standing else ""
    missing = sum(owed.bucket_of(one, today) == URGENCY[0] for one in standings)
    step = _next(register, newest, files, standing, bucket)
    return Line(register, newest, standing, bucket, files, step, missing)


def most_pressing(standings: Iterable[Standing], today: dt.date) -> Standing | None:
    """What is overdue the longest, else what is due next, else what was settled last."""

    def place(standing: Standing) -> tuple[int, int]:
        bucket = owed.bucket_of(standing, today)
        due = standing.verdict.due_on or standing.ends_on
        return URGENCY.index(bucket), due.toordinal() if bucket else -due.toordinal()

    return min((one for one in standings if one.opens_on <= today), key=place, default=None)


def _next(
    register: Register,
    newest: Version | None,
    files: Sequence[State],
    standing: Standing | None,
    bucket: str,
) -> Step:
    if files:
        first = files[0]
        place = "choose/" if first.stage is Stage.TO_READ else ""
        url = f"/office/intakes/{first.taken.pk}/{place}"
        return Step(NEXT[first.stage], url, first.stage is not Stage.WAITING)
    if standing and bucket:
        label = "" if standing.key.startswith("#") else f"{standing.label}的"
        return Step(
            f"上传{label}数据",
            owed.upload_address(register.slug, standing.key),
            bucket in ("missing", "today"),
        )
    if newest is None:
        return Step("上传第一份数据", owed.upload_address(register.slug))
    return Step("有变动时上传", owed.upload_address(register.slug), is_due=False)


def _newest(registers: Sequence[Register]) -> dict[int, Version]:
    kept = ("register_id", "number", "title", "period", "rows", "online_at", "counted")
    rows = Version.objects.filter(register__in=registers).only(*kept).order_by("number")
    return {version.register_id: version for version in rows}


def files_of(register: Register) -> list[State]:
    """The files of a register that are not done with, the newest first."""
    return [intakes.state(taken) for taken in intakes.open_ones([register])]


def ended_of(register: Register, most: int = 10) -> list[State]:
    """The files that are done with, the newest first."""
    rows = Intake.objects.filter(register=register, ended_at__isnull=False).select_related("by", "version")
    return [intakes.state(taken) for taken in rows.prefetch_related("steps")[:most]]


def urgency(standings: Iterable[Standing], today: dt.date) -> tuple[int, int]:
    """Where a register stands in the list: what is overdue the longest first, then by due day."""
    standing = most_pressing(standings, today)
    if standing is None:
        return len(URGENCY), 0
    bucket = owed.bucket_of(standing, today)
    due = standing.verdict.due_on
    return URGENCY.index(bucket), due.toordinal() if bucket and due else 0


def told_of(standing: Standing, register: Register, today: dt.date) -> tuple[str, str, str]:
    """A period's sign, its verdict in words, and where to hand it in (empty: nothing is to be done)."""
    open_now = owed.bucket_of(standing, today) != ""
    url = owed.upload_address(register.slug, standing.key) if open_now else ""
    return SIGNS[standing.verdict.state], told(standing.verdict), url
