"""Where every file is on its way into its register, and what waits for whom."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from yangguang.directory.models import Person
from yangguang.directory.permissions import Verb, allows
from yangguang.registers.models import Intake, IntakeStep, Register, TakedownRequest, Version, Warrant
from yangguang.rules import four_eyes
from yangguang.rules.four_eyes import Step
from yangguang.warehouse import store

VERB_OF_STEP = {Step.UNIT: Verb.CHECK, Step.SECRECY: Verb.CHECK_SECRECY, Step.SIGN: Verb.SIGN}
REOPENED = (IntakeStep.Kind.RETURN.value, IntakeStep.Kind.RECALL.value)


class Stage(StrEnum):
    """How far a file has come."""

    TO_READ = "to_read"
    FAULTY = "faulty"
    OVERTAKEN = "overtaken"
    READY = "ready"
    WAITING = "waiting"
    PUBLISHED = "published"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class State:
    """How a file stands. `due` is the step that it waits for; `returned` the step that sent it back, if that
    came last."""

    taken: Intake
    stage: Stage
    due: Step | None = None
    returned: IntakeStep | None = None

    @property
    def words(self) -> str:
        """What an editor reads in lists."""
        match self.stage:
            case Stage.TO_READ:
                return "待确认列的对应"
            case Stage.FAULTY:
                return f"{self.taken.report['problem_count']} 处要改正"
            case Stage.OVERTAKEN:
                return "别人发布了新的一版：待重新检查"
            case Stage.READY:
                return "已退回" if self.returned else "检查通过，待送审"
            case Stage.WAITING:
                return f"待{four_eyes.WORDS[self.due]}" if self.due else "待发布"
            case Stage.PUBLISHED:
                return "已发布"
            case _:
                return "没有采用"


def steps(taken: Intake) -> dict[Step, int]:
    """The approvals since it was last sent, each with the person's key."""
    found: dict[Step, int] = {}
    for step in taken.steps.all():
        found = {} if step.kind in REOPENED else {**found, Step(step.kind): step.by_id}
    return found


def authors(taken: Intake) -> set[int]:
    """Who answers for the data and so may not approve it: who brought it in, or issued the token it came by,
    and who sent it."""
    brought = {taken.by_id, taken.sent_by_id, taken.token.issued_by_id if taken.token else None}
    return {person for person in brought if person is not None}


def state(taken: Intake) -> State:
    """How a file stands. Reads its steps and the register's newest version."""
    approved = steps(taken)
    last = next(reversed(taken.steps.all()), None)
    returned = last if last and last.kind == IntakeStep.Kind.RETURN else None
    if taken.ended_at is not None:
        return State(taken, Stage.PUBLISHED if taken.version_id else Stage.GIVEN_UP)
    if not taken.report:
        return State(taken, Stage.TO_READ)
    if not taken.staged:
        return State(taken, Stage.FAULTY)
    if taken.staged["based_on"] != _newest(taken.register):
        return State(taken, Stage.OVERTAKEN, four_eyes.next_step(approved) if taken.sent_at else None)
    if taken.sent_at is None:
        return State(taken, Stage.READY, returned=returned)
    return State(taken, Stage.WAITING, four_eyes.next_step(approved))


def open_ones(registers: Iterable[Register] | QuerySet[Register]) -> list[Intake]:
    """The files of these registers that are not done with, the newest first."""
    found = Intake.objects.filter(register__in=registers, ended_at=None)
    return list(found.select_related("register__unit", "by", "token").prefetch_related("steps"))


def waiting_for(person: Person) -> list[State]:
    """What this person may take a step on now, the longest waiting first."""
    sent = Intake.objects.filter(ended_at=None, sent_at__isnull=False)
    if not allows(person.role, Verb.SEE_ALL_UNITS):
        sent = sent.filter(register__unit=person.unit_id)
    rows = sent.select_related("register__unit", "by", "token").prefetch_related("steps").order_by("sent_at")
    return [found for taken in rows if may_step(person, found := state(taken))]


def may_step(person: Person, found: State) -> bool:
    """Whether this person may take the step that a file waits for."""
    if found.due is None or not allows(person.role, VERB_OF_STEP[found.due]):
        return False
    taken = found.taken
    if taken.register.unit_id != person.unit_id and not allows(person.role, Verb.SEE_ALL_UNITS):
        return False
    return four_eyes.objection(found.due, person.pk, authors=authors(taken), taken=steps(taken)) is None


def takedowns_waiting_for(person: Person) -> list[TakedownRequest]:
    """The rows that this person may decide about: somebody else asked that they come off."""
    if not allows(person.role, Verb.ERASE):
        return []
    found = TakedownRequest.objects.filter(ended_at=None).exclude(asked_by=person)
    if not allows(person.role, Verb.SEE_ALL_UNITS):
        found = found.filter(register__unit=person.unit_id)
    return list(found.select_related("register__unit", "asked_by__unit").order_by("asked_at"))


def forced() -> QuerySet[Version]:
    """Versions that went online without review, the newest first."""
    found = Version.objects.filter(warrant=Warrant.FORCED)
    return found.select_related("register__unit", "line").order_by("-line_id")


def _newest(register: Register) -> int:
    last = register.versions.order_by("number").last()
    return last.number if last else 0


def whole_report(taken: Intake) -> dict[str, Any]:
    """The report with everything that the check listed; the record holds only the first of long lists."""
    digest = taken.report.get("whole")
    if not digest:
        return dict(taken.report)
    return {**taken.report, **json.loads(store.read(digest))}
