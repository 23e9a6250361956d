"""A plan's folder of reviewed files, and the reading of its source, joined to a draft.

The structure (areas, tasks, leads, places) comes from the reader; cadence, form and measures of each task
and all obligations come from what people reviewed, and win over what the reader proposes.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from yangguang.plan.draft import DraftArea, DraftObligation, DraftTask, PlanDraft
from yangguang.plan.readers import read_file
from yangguang.rules.obligations_file import ReviewedObligation, ReviewedPlan, ReviewedTask, read_reviewed
from yangguang.rules.plan_table import PlanReading, Task


def folders(home: Path) -> Iterator[tuple[str, Path]]:
    """The plans that a folder of plans holds: the slug of each, and its own folder."""
    for file in sorted(home.glob("*/plan.toml")):
        yield tomllib.loads(file.read_text(encoding="utf-8"))["slug"], file.parent


def open_folder(folder: Path) -> PlanDraft:
    """Read the plan's source file, and join to it what was reviewed.

    Raises `rules.plan_table.Unreadable` or `rules.reviewed_table.Faulty`, each a sentence with its remedy.
    """
    source = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))["source"]
    return draft_of(folder, read_file(folder / source))


def draft_of(folder: Path, reading: PlanReading) -> PlanDraft:
    """The draft of the plan in `folder`; `reading` is what the reader made of its source file.

    Raises `rules.reviewed_table.Faulty`, naming file, entry and remedy.
    """
    texts = {task.id: task.text for task in (*reading.tasks, *reading.outside_table)}
    reviewed = read_reviewed(_files(folder), texts)
    return join(reading, reviewed, source=(folder / reviewed.plan.source).read_bytes())


def join(reading: PlanReading, reviewed: ReviewedPlan, *, source: bytes) -> PlanDraft:
    """The same from values; `source` is the plan's file, byte for byte."""
    plan, of = reviewed.plan, {task.id: task for task in reviewed.tasks}
    return PlanDraft(
        slug=plan.slug,
        title=plan.title,
        number=plan.number,
        issuer=plan.issuer,
        issued_on=plan.issued_on,
        year=plan.year,
        source_name=plan.source,
        source_sha256=hashlib.sha256(source).hexdigest(),
        areas=tuple(
            DraftArea(area.number, area.name, tuple(_task(task, of[task.id]) for task in area.tasks))
            for area in reading.areas
        ),
        outside=tuple(_task(task, of[task.id]) for task in reading.outside_table),
        obligations=tuple(map(_obligation, reviewed.obligations)),
        notices=tuple(
            {"kind": notice.kind, "text": notice.text, "source": notice.source.as_dict()}
            for notice in reading.notices
        ),
        defaults={
            name: {"kind": due.kind, "due": due.term(), "basis": due.basis, "reason": due.reason}
            for name, due in plan.defaults.items()
        },
    )


def _files(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*.toml"))
        if file.name != "units.toml"
    }


def _task(task: Task, reviewed: ReviewedTask) -> DraftTask:
    return DraftTask(
        code=task.id,
        text=task.text,
        leads=task.leads,
        cadence=reviewed.cadence,
        form=reviewed.form,
        printed_number="" if task.number is None else str(task.number),
        leads_printed=task.leads_printed,
        lead_inherited=task.lead_inherited,
        cadences=tuple(asdict(mention) for mention in task.cadences),
        channels=task.channels,
        measures=tuple(asdict(measure) for measure in reviewed.measures),
        source=task.source.as_dict(),
    )


def _obligation(reviewed: ReviewedObligation) -> DraftObligation:
    return DraftObligation(
        code=reviewed.id,
        task=reviewed.task,
        title=reviewed.title,
        phrase=reviewed.phrase,
        form=reviewed.form,
        cadence=reviewed.cadence,
        rule=reviewed.rule(),
        units=reviewed.units,
        channels=reviewed.channels,
        note=reviewed.note,
    )
