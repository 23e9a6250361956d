"""The release board: the way to six hundred datasets and beyond, by batch and by unit."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from yangguang.catalog.shelf import shelf
from yangguang.portal import charts, day
from yangguang.registers.models import Planned
from yangguang.registers.queries import feedback, release
from yangguang.registers.queries.release import TARGET, Line


@day.page
def board(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """How many are open, what is overdue by how many days, and what each unit has planned."""
    found = release.board(as_of)
    tallies = feedback.tallies(as_of)
    points = _quality_of_units(as_of)
    whole = max(TARGET, found.open_now)
    context = {
        "board": found,
        "feedback_open": sum(one.open for one in tallies),
        "feedback_overdue": sum(one.overdue for one in tallies),
        "target": TARGET,
        "missing": max(TARGET - found.open_now, 0),
        "way": charts.lying([("on_time", found.open_now), ("not_yet", whole - found.open_now)], whole),
        "batches": [
            (line, _bar(line), [one for one in found.entries if one.planned.batch_id == line.key])
            for line in found.batches
        ],
        "units": [(line, _bar(line), points.get(line.name)) for line in found.units],
    }
    return render(request, "portal/release.html", context)


@day.page
def as_json(request: HttpRequest, as_of: dt.date) -> HttpResponse:
    """The board for programs."""
    found = release.board(as_of)
    body = {
        "as_of": as_of.isoformat(),
        "target": TARGET,
        "open": found.open_now,
        "batches": [_told(line) for line in found.batches],
        "units": [_told(line) for line in found.units],
        "entries": [
            {
                "batch": one.planned.batch.title,
                "unit": one.planned.unit.name,
                "title": one.planned.title,
                "register": one.register.slug if one.register else None,
                "due_on": one.planned.due_on.isoformat(),
                "progress": one.progress.value,
                "days_overdue": one.late_by,
                "request": one.planned.request_id,
                "moved_from": _moved(one.planned.moved_from),
            }
            for one in found.entries
        ],
        "dropped": [
            {"unit": one.unit.name, "title": one.title, "reason": one.drop_reason} for one in found.dropped
        ],
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _moved(before: Planned | None) -> dict[str, str] | None:
    if before is None:
        return None
    return {
        "batch": before.batch.title,
        "due_on": before.due_on.isoformat(),
        "reason": before.drop_reason,
    }


def _quality_of_units(as_of: dt.date) -> dict[str, float]:
    """By name of unit, the mean quality of its datasets that have been counted, to one decimal."""
    scores: dict[str, list[float]] = {}
    for one in shelf().datasets.values():
        quality = one.quality_on(as_of)
        if quality is not None and quality.score is not None:
            scores.setdefault(one.unit.name, []).append(quality.score)
    return {name: round(sum(points) / len(points), 1) for name, points in scores.items()}


def _bar(line: Line) -> str:
    counts = [("on_time", line.open), ("missing", line.overdue), ("not_yet", line.to_come)]
    return charts.lying(counts, line.planned)


def _told(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "planned": line.planned,
        "open": line.open,
        "overdue": line.overdue,
        "to_come": line.to_come,
    }
