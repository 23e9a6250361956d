"""A checked upload → the draft that `plan.actions.adopt` takes."""

from typing import Any

from yangguang.office.models import PlanUpload, UploadRow
from yangguang.plan.draft import DraftArea, DraftObligation, DraftTask, PlanDraft

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Unfinished(ValueError):
    """Something still has to be filled in. The text says what and where."""


def draft_of(upload: PlanUpload) -> PlanDraft:
    """Raises Unfinished where the head of the plan lacks its date or year."""
    if upload.issued_on is None or upload.year is None:
        raise Unfinished("印发日期和年度还没有填：请在“方案要素”里补上")
    rows = list(upload.rows.all())
    return PlanDraft(
        slug=upload.slug,
        title=upload.title,
        number=upload.number,
        issuer=upload.issuer,
        issued_on=upload.issued_on,
        year=upload.year,
        source_name=upload.file_name,
        source_sha256=upload.sha256,
        areas=_areas([row for row in rows if row.area_number is not None]),
        outside=tuple(_task(row) for row in rows if row.area_number is None),
        obligations=tuple(one for row in rows for one in _obligations(row)),
        notices=tuple(
            {"kind": "reading", "text": text, "source": row.printed["source"]}
            for row in rows
            for text in [*row.notices, *(f"未归入：{line}" for line in row.unplaced)]
        ),
        note=upload.note,
    )


def _areas(rows: list[UploadRow]) -> tuple[DraftArea, ...]:
    numbered: dict[int, list[UploadRow]] = {}
    for row in rows:
        numbered.setdefault(row.area_number or 0, []).append(row)
    return tuple(
        DraftArea(number, members[0].area_name, tuple(_task(row) for row in members))
        for number, members in numbered.items()
    )


def _task(row: UploadRow) -> DraftTask:
    printed, now = row.printed, row.now
    return DraftTask(
        code=row.code,
        text=printed["text"],
        leads=tuple(now["leads"]),
        cadence=now["cadence"],
        form=now["form"],
        printed_number=printed["printed_number"],
        leads_printed=printed["leads_printed"],
        lead_inherited=printed["lead_inherited"],
        cadences=tuple(printed["cadences"]),
        channels=tuple(printed["channels"]),
        measures=tuple(printed["measures"]),
        source=printed["source"],
    )


def _obligations(row: UploadRow) -> list[DraftObligation]:
    proposed: list[dict[str, Any]] = row.now["obligations"]
    return [
        DraftObligation(
            code=one.get("code") or _code(row.code, number, len(proposed)),
            task=row.code,
            title=one["title"],
            phrase=one["phrase"],
            form=one["form"],
            cadence=one["cadence"],
            rule=one["rule"],
            units=tuple(one.get("units", ())),
            note=one.get("note", ""),
            channels=tuple(one["channels"]),
        )
        for number, one in enumerate(proposed)
    ]


def _code(task: str, number: int, count: int) -> str:
    return f"{task}{LETTERS[number]}" if count > 1 else task
