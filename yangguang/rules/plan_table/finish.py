"""Drafts → the reading: ids, canonical names, and what each task promises."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yangguang.rules.cadence import CADENCES, CadenceMention, Duty, read_duty
from yangguang.rules.plan_table.drafts import DraftArea, DraftTask, Work
from yangguang.rules.plan_table.values import Area, Task
from yangguang.rules.unit_names import Names, is_self

_WE = re.compile(r"[我本](?:委|局|办)(?!事|理|公)")


def finish_areas(drafts: Sequence[DraftArea], names: Names, work: Work, title: str) -> tuple[Area, ...]:
    """Number the areas and their tasks; an area without a name is named after the plan."""
    kept = [draft for draft in drafts if draft.tasks]
    numbers = _numbers([draft.number for draft in kept])
    areas = []
    for draft, number in zip(kept, numbers, strict=True):
        ids = _numbers([task.number for task in draft.tasks])
        tasks = [
            finish_task(task, f"{number}.{position}", names, work)
            for task, position in zip(draft.tasks, ids, strict=True)
        ]
        areas.append(Area(number, draft.name or title, tuple(tasks)))
    return tuple(areas)


def finish_task(draft: DraftTask, code: str, names: Names, work: Work) -> Task:
    """One task with its canonical leads; the deadline and channel cells beside it count as its words."""
    leads = _canonical(draft, names, work)
    if not leads:
        work.notice("no_lead", f"任务{code}没有写明责任单位", draft.place)
    _explain_we(draft, leads, work)
    duty = _duty(draft)
    return Task(
        id=code,
        number=draft.number,
        text=draft.text,
        leads=leads,
        leads_printed=draft.leads_printed,
        lead_inherited=draft.lead_inherited,
        cadence=duty.cadence,
        cadences=duty.cadences,
        channels=duty.channels,
        form=duty.form,
        measures=duty.measures,
        source=draft.place,
    )


def _canonical(draft: DraftTask, names: Names, work: Work) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in draft.leads:
        if is_self(name):
            work.notice("self", f"单位栏写“{name}”，未写全称，请核对", draft.place)
        full, assumed = names.canonical(name, draft.leads)
        found.update(dict.fromkeys(_printable(unit) for unit in full))
        if assumed and not draft.lead_inherited:
            work.notice(assumed.kind, assumed.text, draft.place)
    return tuple(found)


def _explain_we(draft: DraftTask, leads: Sequence[str], work: Work) -> None:
    found = _WE.search(draft.key)
    if found and leads:
        work.notice("self", f"文中“{found.group()}”指牵头单位{leads[0]}", draft.place)


def _printable(key: str) -> str:
    return key.replace("(", "（").replace(")", "）")


def _duty(draft: DraftTask) -> Duty:
    duty = read_duty(draft.text)
    if not draft.when and not draft.where:
        return duty
    when, where = read_duty(draft.when), read_duty(draft.where)
    mentions = _once((*duty.cadences, *when.cadences))
    return Duty(
        cadence=min((mention.cadence for mention in mentions), key=CADENCES.index, default="none"),
        cadences=mentions,
        channels=tuple(dict.fromkeys((*duty.channels, *where.channels))),
        form=duty.form,
        measures=tuple(dict.fromkeys((*duty.measures, *when.measures))),
    )


def _once(mentions: Sequence[CadenceMention]) -> tuple[CadenceMention, ...]:
    return tuple(dict.fromkeys(mentions))


def _numbers(printed: Sequence[int | None]) -> list[int]:
    """Printed numbers where each is given once; what has none, or a used one, runs on in order.

    >>> _numbers([1, 2, None, 3]), _numbers([None, None]), _numbers([1, 1])
    ([1, 2, 4, 3], [1, 2], [1, 2])
    """
    taken: set[int] = set()
    numbers: list[int | None] = []
    for number in printed:
        fresh = number if number is not None and number not in taken else None
        numbers.append(fresh)
        taken.update([fresh] if fresh is not None else [])
    following = iter(range(1, len(printed) + len(taken) + max(taken, default=0) + 1))
    free = (number for number in following if number not in taken)
    if any(number is not None for number in printed):
        highest = max(taken, default=0)
        free = (number for number in range(highest + 1, highest + len(printed) + 1))
    return [number if number is not None else next(free) for number in numbers]
