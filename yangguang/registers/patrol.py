"""What registers have put before the public, compared with its journal lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from yangguang.journal.models import Line
from yangguang.journal.patrol import Checked, differing, time_differing, told_in, without_counterpart
from yangguang.registers.actions import feedback as speaking
from yangguang.registers.actions import release as planning
from yangguang.registers.actions import takedowns as taking_off
from yangguang.registers.actions import versions as publishing
from yangguang.registers.models import Batch, Feedback, Planned, Takedown, Version
from yangguang.rules.commitment import SALT
from yangguang.rules.tables.schema import DescriptorProblem
from yangguang.warehouse import store

CHUNK = 200


def versions() -> Iterator[Checked]:
    """Every version: its facts, its time, the file that readers get and why it is that one; none gone."""
    explained = _explained()
    rows = Version.objects.select_related("register__unit", "line").order_by("pk")
    for version in rows.iterator(chunk_size=CHUNK):
        logged = told_in(version.line)
        expected = explained.get((version.register_id, str(version.number)), str(logged.get("sha256")))
        problems = [
            *_fact_problems(version, logged),
            *time_differing(logged, version.online_at),
            *_file_problems(version, expected),
        ]
        yield Checked(f"数据 {version.register.slug} 第 {version.number} 版", tuple(problems))
    yield from without_counterpart([Line.Act.VERSION], "version")


def takedowns() -> Iterator[Checked]:
    """Every takedown: reason, ground, day, the commitment to its key, and the files it left behind."""
    rows = Takedown.objects.select_related("register__unit", "line").order_by("pk")
    for takedown in rows.iterator(chunk_size=CHUNK):
        logged = told_in(takedown.line)
        problems = (*_takedown_problems(takedown, logged), *time_differing(logged, takedown.taken_off_at))
        yield Checked(f"数据 {takedown.register.slug} 撤下的行（日志第 {takedown.line_id} 行）", problems)
    yield from without_counterpart([Line.Act.TAKE_OFF], "takedown")


def feedback() -> Iterator[Checked]:
    """Every piece of feedback and every answer: kind, unit, register, last day, time; none gone."""
    rows = Feedback.objects.select_related("unit", "register", "line", "answer_line").order_by("pk")
    for one in rows.iterator(chunk_size=CHUNK):
        logged = told_in(one.line)
        problems = [*_filed_problems(one, logged), *time_differing(logged, one.filed_at)]
        if one.answer_line is not None and one.answered_at is not None:
            logged = told_in(one.answer_line)
            problems += differing(logged, {**speaking.answer_facts(one), "act": Line.Act.ANSWER})
            problems += time_differing(logged, one.answered_at)
        yield Checked(str(one), tuple(problems))
    yield from without_counterpart([Line.Act.FEEDBACK], "feedback")
    yield from without_counterpart([Line.Act.ANSWER], "feedback_answer")


def release() -> Iterator[Checked]:
    """Every batch, and every table that entered, changed or left the plan: days, units, reasons; none gone."""
    for batch in Batch.objects.select_related("line").filter(line__isnull=False):
        assert batch.line is not None  # noqa: S101 asked for such alone
        problems = differing(told_in(batch.line), planning.batch_facts(batch))
        yield Checked(f"开放批次 {batch}", problems)
    rows = Planned.objects.select_related("batch", "unit", "line", "drop_line", "moved_from__batch")
    for planned in rows.order_by("pk").iterator(chunk_size=CHUNK):
        before, problems = planned.moved_from, ()
        if planned.line is not None:
            stored = planning.move_facts(planned, before) if before else planning.facts(planned)
            problems += differing(told_in(planned.line), stored)
            problems += time_differing(told_in(planned.line), planned.planned_at)
        if planned.drop_line is not None:
            problems += differing(told_in(planned.drop_line), planning.drop_facts(planned))
        yield Checked(f"开放计划 {planned}", problems)
    yield from without_counterpart([Line.Act.BATCH], "batch")
    yield from without_counterpart([Line.Act.PLAN_DATA, Line.Act.MOVE_DATA], "planned")
    yield from without_counterpart([Line.Act.DROP_DATA], "dropped")


def _filed_problems(one: Feedback, logged: Mapping[str, Any]) -> tuple[str, ...]:
    """A wish for data may have been passed on to another unit since."""
    stored = {**speaking.facts(one), "act": Line.Act.FEEDBACK}
    if one.register_id is None:
        del stored["unit"]
    return differing(logged, stored)


def _explained() -> dict[tuple[int, str], str]:
    """By register and number of version, the file that the newest takedown left."""
    rows = Takedown.objects.order_by("line_id").values_list("register_id", "served")
    return {(register, number): digest for register, served in rows for number, digest in served.items()}


def _fact_problems(version: Version, logged: Mapping[str, Any]) -> tuple[str, ...]:
    try:
        stored = publishing.facts(version)
    except DescriptorProblem as problem:
        return (f"表结构被改动过，已经读不出来：{problem}",)
    return differing(logged, {**stored, "act": Line.Act.VERSION})


def _file_problems(version: Version, expected: str) -> Iterator[str]:
    if version.served != expected:
        yield "给读者的数据不是发布的那一份，也没有撤下的记录说明"
    if not store.stands(version.served):
        yield "数据文件不见了，或者内容与它的哈希不符"
    if version.reporting and not store.stands(version.reporting):
        yield "报送列的数据文件不见了，或者内容与它的哈希不符"


def _takedown_problems(takedown: Takedown, logged: Mapping[str, Any]) -> tuple[str, ...]:
    if len(takedown.salt) != SALT:
        return ("盐值不见了：主键不能再核对",)
    return differing(logged, {**taking_off.facts(takedown), "act": Line.Act.TAKE_OFF})
