"""A plan as it stands before adoption: plain values that reviewed data and the desk both produce.

Nothing here touches the database. `plan.actions.adopt` turns a draft into a version of the plan.
"""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class DraftTask:
    """One row of the plan as printed. Duties outside the table have codes "0.1", "0.2" …

    `leads` are canonical unit names; `cadences` are {"cadence", "phrase"}; `measures` are
    {"phrase", "value", "unit"}; `source` is {"line": 12} or {"row": 3, …}.
    """

    code: str
    text: str
    leads: tuple[str, ...]
    cadence: str
    form: str
    printed_number: str = ""
    leads_printed: str = ""
    lead_inherited: bool = False
    cadences: tuple[Mapping[str, str], ...] = ()
    channels: tuple[str, ...] = ()
    measures: tuple[Mapping[str, object], ...] = ()
    source: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DraftArea:
    """A numbered heading with its tasks, in the order of the print."""

    number: int
    name: str
    tasks: tuple[DraftTask, ...]


@dataclass(frozen=True)
class DraftObligation:
    """One checkable duty. `task` is the code of its task; no `units` means the task's leads.

    `rule` is the deadline and match rule, as `rules.obligations_file` writes it and the ledger reads it.
    """

    code: str
    task: str
    title: str
    phrase: str
    form: str
    cadence: str
    rule: Mapping[str, object]
    units: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PlanDraft:
    """A whole plan. `source_sha256` is the hex digest of the file as it was handed in, byte for byte."""

    slug: str
    title: str
    number: str
    issuer: str
    issued_on: dt.date
    year: int
    source_name: str
    source_sha256: str
    areas: tuple[DraftArea, ...]
    obligations: tuple[DraftObligation, ...]
    outside: tuple[DraftTask, ...] = ()
    notices: tuple[Mapping[str, object], ...] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)
    note: str = ""

    def tasks(self) -> Iterator[tuple[DraftArea | None, DraftTask]]:
        """Every task with its area, in the order of the print; those outside the table last, without one."""
        for area in self.areas:
            for task in area.tasks:
                yield area, task
        for task in self.outside:
            yield None, task

    def obligations_digest(self) -> str:
        """Hex SHA-256 over the obligations (JSON, keys sorted, no spaces, UTF-8): what was agreed to."""
        text = json.dumps(
            [asdict(obligation) for obligation in self.obligations],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        return hashlib.sha256(text.encode()).hexdigest()


def problems(draft: PlanDraft) -> tuple[str, ...]:
    """What keeps this draft from being adopted, each a sentence with its remedy; empty when nothing does."""
    tasks = {task.code: task for _, task in draft.tasks()}
    found = []
    if not tasks:
        found.append("方案里没有任务：请检查上传的文件是不是分工方案")
    found += _twice("任务", [task.code for _, task in draft.tasks()])
    found += _twice("公开事项", [obligation.code for obligation in draft.obligations])
    found += _twice("领域", [str(area.number) for area in draft.areas])
    for obligation in draft.obligations:
        if obligation.task not in tasks:
            found.append(
                f"公开事项 {obligation.code}《{obligation.title}》指向的任务 {obligation.task} 不在方案中："
                "请改正它的任务编号，或者删去这一事项"
            )
        elif not obligation.units and not tasks[obligation.task].leads:
            found.append(
                f"公开事项 {obligation.code}《{obligation.title}》没有责任单位："
                f"请为它或者任务 {obligation.task} 填写单位"
            )
    return tuple(found)


def _twice(kind: str, codes: list[str]) -> list[str]:
    return [
        f"{kind}编号 {code} 出现 {count} 次：请改为不同的编号"
        for code, count in Counter(codes).items()
        if count > 1
    ]
