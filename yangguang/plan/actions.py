"""Adopt a plan, or amend one that was adopted."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from yangguang.directory import actions as directory
from yangguang.directory.models import Person, Unit
from yangguang.directory.permissions import Forbidden, Verb, allows
from yangguang.directory.queries import resolve
from yangguang.directory.signature import signature
from yangguang.journal import actions as journal
from yangguang.journal.models import Line
from yangguang.plan.content import Content
from yangguang.plan.draft import DraftObligation, DraftTask, PlanDraft, problems
from yangguang.plan.models import Area, Obligation, Plan, PlanVersion, Task


class NotAdoptable(ValueError):
    """The draft holds a mistake. The text is one sentence for each, with its remedy."""


@transaction.atomic
def adopt(*, by: Person | None, now: dt.datetime, draft: PlanDraft) -> PlanVersion:
    """Make the draft the plan's next version, in force from now on, and append the journal line.

    A plan with the draft's slug is amended: its earlier versions stay as they were. Units that nobody
    listed are entered, and the version's notices say so. `by` is None only for the system itself.
    Raises Forbidden where the person may not adopt plans, NotAdoptable where the draft has mistakes.
    """
    if by is not None and not allows(by.role, Verb.ADOPT_PLAN):
        raise Forbidden("您不能通过分工方案：请由政府办公厅办理")
    if found := problems(draft):
        raise NotAdoptable("；".join(found))
    units, notices = _units(draft)
    plan, _ = Plan.objects.get_or_create(
        slug=draft.slug,
        defaults={
            "title": draft.title,
            "number": draft.number,
            "issuer": draft.issuer,
            "issued_on": draft.issued_on,
            "year": draft.year,
        },
    )
    version = PlanVersion(
        plan=plan,
        number=plan.versions.count() + 1,
        adopted_on=now.date(),
        source_name=draft.source_name,
        source_sha256=draft.source_sha256,
        notices=[*map(dict, draft.notices), *notices],
        note=draft.note,
        defaults=dict(draft.defaults),
    )
    content = _content(version, draft, units)
    version.line = journal.append(
        act=Line.Act.ADOPT, body=_facts(draft, content), at=now, by=signature(by, sample=False)
    )
    _enter(content)
    return version


def _facts(draft: PlanDraft, content: Content) -> dict[str, object]:
    """The public facts of an adoption; the digests let anybody check which plan was adopted, and the patrol
    whether it is the one that stands stored."""
    return {
        "plan": draft.slug,
        "title": draft.title,
        "number": draft.number,
        "issued_on": draft.issued_on.isoformat(),
        "version": content.version.number,
        "areas": len(draft.areas),
        "tasks": sum(1 for _ in draft.tasks()),
        "obligations": len(draft.obligations),
        "source_sha256": draft.source_sha256,
        "obligations_sha256": draft.obligations_digest(),
        "stored": content.digests(),
        "note": draft.note,
    }


def _units(draft: PlanDraft) -> tuple[dict[str, Unit], list[dict[str, object]]]:
    """Every unit that the draft names, and a notice for each that had to be entered."""
    named: dict[str, str] = {}
    for _, task in draft.tasks():
        for name in task.leads:
            named.setdefault(name, f"任务 {task.code}")
    for obligation in draft.obligations:
        for name in obligation.units:
            named.setdefault(name, f"公开事项 {obligation.code}")
    units: dict[str, Unit] = {}
    notices: list[dict[str, object]] = []
    for name, place in named.items():
        unit = resolve(name)
        if unit is None:
            unit = directory.enter_unlisted(name=name)
            text = f"单位“{name}”（{place}）不在名录中，已按原文新建：请核对它的名称、类别和别名"
            notices.append({"kind": "unit_entered", "text": text, "source": {}})
        units[name] = unit
    return units, notices


def _content(version: PlanVersion, draft: PlanDraft, units: Mapping[str, Unit]) -> Content:
    """The rows of the new version, none of them saved yet."""
    areas = {area.number: Area(version=version, number=area.number, name=area.name) for area in draft.areas}
    tasks = [
        (
            _task(version, areas[area.number] if area else None, position, task),
            _distinct(units[name] for name in task.leads),
        )
        for position, (area, task) in enumerate(draft.tasks(), 1)
    ]
    of_code = {task.code: (task, leads) for task, leads in tasks}
    obligations = []
    for position, one in enumerate(draft.obligations, 1):
        task, leads = of_code[one.task]
        own = _distinct(units[name] for name in one.units)
        obligations.append((_obligation(version, task, position, one), own or leads))
    return Content(version, list(areas.values()), tasks, obligations)


def _enter(content: Content) -> None:
    """Save the rows, those first that others point to."""
    content.version.save()
    Area.objects.bulk_create(content.areas)
    Task.objects.bulk_create(task for task, _ in content.tasks)
    Obligation.objects.bulk_create(obligation for obligation, _ in content.obligations)
    Task.units.through.objects.bulk_create(
        Task.units.through(task_id=task.pk, unit_id=unit.pk)
        for task, units in content.tasks
        for unit in units
    )
    Obligation.units.through.objects.bulk_create(
        Obligation.units.through(obligation_id=obligation.pk, unit_id=unit.pk)
        for obligation, units in content.obligations
        for unit in units
    )


def _task(version: PlanVersion, area: Area | None, position: int, task: DraftTask) -> Task:
    return Task(
        version=version,
        area=area,
        code=task.code,
        position=position,
        printed_number=task.printed_number,
        text=task.text,
        leads_printed=task.leads_printed,
        lead_inherited=task.lead_inherited,
        cadence=task.cadence,
        cadences=[dict(mention) for mention in task.cadences],
        channels=list(task.channels),
        form=task.form,
        measures=[dict(measure) for measure in task.measures],
        source=dict(task.source),
    )


def _obligation(version: PlanVersion, task: Task, position: int, one: DraftObligation) -> Obligation:
    return Obligation(
        version=version,
        task=task,
        code=one.code,
        position=position,
        title=one.title,
        phrase=one.phrase,
        form=one.form,
        cadence=one.cadence,
        channels=list(one.channels),
        rule=dict(one.rule),
        note=one.note,
    )


def _distinct(units: Iterable[Unit]) -> list[Unit]:
    return list({unit.pk: unit for unit in units}.values())
