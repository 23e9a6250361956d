"""A reading of a plan → rows to be checked by a person. Plain values in, plain values out."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from yangguang.rules.obligations_file import Due
from yangguang.rules.plan_table import Place, PlanReading, Task
from yangguang.rules.propose import Proposal, propose_obligations

Facts = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One task with what the file says, what is proposed, and what a person should look at."""

    code: str
    area_number: int | None
    area_name: str
    printed: Facts
    read: Facts
    notices: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


def rows_of(reading: PlanReading, terms: Mapping[str, Due]) -> list[Row]:
    """The tasks in the order of the print, those outside the table last.

    Each notice and each unplaced line goes to the task at or before its place; what stands before the
    first task goes to the first. Nothing is dropped.
    """
    rows = [
        Row(
            code=task.id,
            area_number=number,
            area_name=name,
            printed=_printed(task),
            read=_proposed(task, terms),
            notices=_doubts(task),
        )
        for number, name, task in _tasks(reading)
    ]
    if not rows:
        return []
    where = _Places(reading, rows)
    for notice in reading.notices:
        where.row_at(notice.source).notices.append(notice.text)
    for line in reading.unplaced:
        where.row_at(line.place).unplaced.append(line.text)
    return rows


def _tasks(reading: PlanReading) -> Iterator[tuple[int | None, str, Task]]:
    for area in reading.areas:
        for task in area.tasks:
            yield area.number, area.name, task
    for task in reading.outside_table:
        yield None, "", task


def _printed(task: Task) -> Facts:
    return {
        "text": task.text,
        "printed_number": "" if task.number is None else str(task.number),
        "leads_printed": task.leads_printed,
        "lead_inherited": task.lead_inherited,
        "cadences": [asdict(mention) for mention in task.cadences],
        "channels": list(task.channels),
        "measures": [asdict(measure) for measure in task.measures],
        "source": task.source.as_dict(),
    }


def _proposed(task: Task, terms: Mapping[str, Due]) -> Facts:
    return {
        "leads": list(task.leads),
        "cadence": task.cadence,
        "form": task.form,
        "obligations": [_obligation(proposal, terms) for proposal in propose_obligations(task.text)],
    }


def _obligation(proposal: Proposal, terms: Mapping[str, Due]) -> Facts:
    due = terms["internal" if proposal.form == "internal" else proposal.cadence]
    return {
        "title": proposal.title,
        "phrase": proposal.phrase,
        "cadence": proposal.cadence,
        "form": proposal.form,
        "channels": list(proposal.channels),
        "rule": rule_of(
            due,
            words=[list(words) for words in proposal.words],
            form=proposal.form,
            sample_title=proposal.sample_title,
            measure=proposal.measure,
        ),
    }


def rule_of(due: Due, *, words: list[list[str]], form: str, sample_title: str, measure: str) -> Facts:
    """The rule of an obligation, with the keys that `rules.obligations_file` gives it."""
    return {
        "kind": due.kind,
        "due": due.term(),
        "basis": due.basis,
        "reason": due.reason,
        "words": words,
        "forms": [] if form == "internal" else list(dict.fromkeys((form, "document"))),
        "sample_title": sample_title,
        "measure": measure,
        "also": {},
    }


def _doubts(task: Task) -> list[str]:
    doubts = []
    if not task.leads:
        doubts.append("没有读出牵头单位：请填写")
    if task.cadence == "by_deadline":
        doubts.append("方案写有期限：请核对期限")
    return doubts


class _Places:
    """Which row a place of the source belongs to."""

    def __init__(self, reading: PlanReading, rows: list[Row]) -> None:
        self._order = {_key(line.place): order for order, line in enumerate(reading.placed)}
        starts = (self._order.get(_key_of(row.printed["source"]), 0) for row in rows)
        self._starts = sorted(zip(starts, range(len(rows)), strict=True))
        self._rows = rows

    def row_at(self, place: Place) -> Row:
        order = self._order.get(_key(place), 0)
        before = [number for start, number in self._starts if start <= order]
        return self._rows[before[-1] if before else self._starts[0][1]]


def _key(place: Place) -> tuple[tuple[str, Any], ...]:
    return _key_of(place.as_dict())


def _key_of(place: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(place.items()))
