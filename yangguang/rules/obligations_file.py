"""The reviewed reading of a plan, kept as TOML: parse it, check it, give it back as values.

Three kinds of files lie beside the plan's text: `plan.toml` (what the plan is, and the deadlines used
where it states none), `tasks.toml` (cadence, form and measures of each task as a person read them) and
`obligations/*.toml` (one entry for each separately checkable duty). A slip in any of them is refused with
a sentence that names file, entry, key and remedy: a wrong rule would judge units wrongly.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from yangguang.rules.cadence import CADENCES, FORMS
from yangguang.rules.reviewed_table import Faulty, Table

KINDS = ("daily", "monthly", "quarterly", "half_yearly", "yearly", "once", "event", "internal")
BASES = ("stated", "default", "assumed")
LONGEST_TITLE = 24

__all__ = [
    "BASES",
    "KINDS",
    "Due",
    "Faulty",
    "PlanFile",
    "ReviewedMeasure",
    "ReviewedObligation",
    "ReviewedPlan",
    "ReviewedTask",
    "read_reviewed",
]


@dataclass(frozen=True)
class Due:
    """When the publications of a duty are due.

    `kind` (one of `KINDS`) says how its periods follow each other: "once" is one period, the plan's
    year; "event" opens a period whenever something happens or is made; "internal" is never judged. At
    most one of the three terms is given: `months` whole calendar months after the period's end (2: by
    the end of the second month), `workdays` after the period's end or the event, or a fixed `day`;
    without any nothing is ever late. `basis` is "stated" (in the plan), "default" (law or a rule of the
    product) or "assumed" (the plan is unclear); `reason` says so in one Chinese sentence.
    """

    kind: str
    basis: str
    reason: str
    months: int | None = None
    workdays: int | None = None
    day: dt.date | None = None

    def term(self) -> dict[str, int | str]:
        """The term as JSON: {"months": 1}, {"workdays": 20}, {"day": "2017-12-31"}; {} without one."""
        if self.day is not None:
            return {"day": self.day.isoformat()}
        given = {"months": self.months, "workdays": self.workdays}
        return {key: value for key, value in given.items() if value is not None}


@dataclass(frozen=True)
class ReviewedMeasure:
    """A checkable quantity of a task: the phrase as printed, its number, its counting word."""

    phrase: str
    value: int
    unit: str


@dataclass(frozen=True)
class ReviewedTask:
    """How a person read one task; `note` gives the reason where it is open to doubt."""

    id: str
    cadence: str
    form: str
    measures: tuple[ReviewedMeasure, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ReviewedObligation:
    """One checkable duty. No `units` means the task's lead units. `also` maps the id of another duty of
    the same unit that this one's publication satisfies as well to the reason why that is right."""

    id: str
    task: str
    title: str
    phrase: str
    cadence: str
    form: str
    due: Due
    words: tuple[tuple[str, ...], ...] = ()
    forms: tuple[str, ...] = ()
    sample_title: str = ""
    units: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    measure: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def rule(self) -> dict[str, Any]:
        """What a verdict is worked out from, as JSON, complete in itself.

        Keys: `kind`, `due` (see `Due.term`), `basis`, `reason`, `words` (alternatives, each a list of
        words that must all stand in the title or keywords), `forms` (accepted ones), `sample_title`
        (with {period}), `measure` ("11座" or ""), `also` ({id: reason}).
        """
        return {
            "kind": self.due.kind,
            "due": self.due.term(),
            "basis": self.due.basis,
            "reason": self.due.reason,
            "words": [list(alternative) for alternative in self.words],
            "forms": list(self.forms),
            "sample_title": self.sample_title,
            "measure": self.measure,
            "also": dict(self.also),
        }


@dataclass(frozen=True)
class PlanFile:
    """`plan.toml`: which plan this is. `defaults` maps a cadence, "internal" or "occasion" to a deadline."""

    slug: str
    title: str
    number: str
    issuer: str
    issued_on: dt.date
    year: int
    source: str
    defaults: Mapping[str, Due]
    note: str = ""


@dataclass(frozen=True)
class ReviewedPlan:
    """All that was reviewed of one plan, in the order of the files."""

    plan: PlanFile
    tasks: tuple[ReviewedTask, ...]
    obligations: tuple[ReviewedObligation, ...]


def read_reviewed(files: Mapping[str, str], task_texts: Mapping[str, str]) -> ReviewedPlan:
    """Parse and check the reviewed files of a plan.

    `files` maps names within the plan's folder ("plan.toml", "tasks.toml", "obligations/01.toml") to
    their text; `task_texts` maps task ids ("2.7"; outside the table "0.1") to the text as printed.
    Raises `Faulty` with a Chinese sentence for the first slip found.
    """
    plan = _plan(_toml(files, "plan.toml"))
    tasks = tuple(_tasks(_toml(files, "tasks.toml"), task_texts))
    obligations: list[ReviewedObligation] = []
    for name in sorted(name for name in files if name.startswith("obligations/")):
        for entry in _toml(files, name).entries("obligation"):
            obligations.append(_obligation(entry, plan.defaults, task_texts))
            _once(entry, [obligation.id for obligation in obligations])
    _known_also(obligations)
    return ReviewedPlan(plan, tasks, tuple(obligations))


def _toml(files: Mapping[str, str], name: str) -> Table:
    if name not in files:
        raise Faulty(f"方案目录里缺少 {name}：请补上这个文件")
    try:
        return Table(name, "", tomllib.loads(files[name]))
    except tomllib.TOMLDecodeError as error:
        raise Faulty(f"{name} 不是正确的 TOML（{error}）：请改正该行的写法") from error


def _plan(table: Table) -> PlanFile:
    defaults = table.table("defaults")
    plan = PlanFile(
        slug=table.text("slug"),
        title=table.text("title"),
        number=table.text("number"),
        issuer=table.text("issuer"),
        issued_on=table.day("issued_on"),
        year=table.whole("year"),
        source=table.text("source"),
        defaults={name: _due(defaults.table(name)) for name in defaults.names()},
        note=table.text("note", ""),
    )
    table.nothing_else()
    return plan


def _due(table: Table) -> Due:
    kind = table.choice("kind", KINDS)
    due = Due(
        kind=kind,
        basis=table.choice("basis", BASES),
        reason=table.text("reason"),
        months=table.whole("months", None),
        workdays=table.whole("workdays", None),
        day=table.day("day", None),
    )
    table.nothing_else()
    if sum(term is not None for term in (due.months, due.workdays, due.day)) > 1:
        table.fail("months", "只能写 months、workdays、day 中的一个", "请删去多余的期限")
    if due.kind == "internal" and due.term():
        table.fail("kind", "内部工作没有期限", "请删去期限，或者改为其他类型")
    return due


def _tasks(table: Table, task_texts: Mapping[str, str]) -> Iterable[ReviewedTask]:
    seen: list[str] = []
    for entry in table.entries("task"):
        seen.append(entry.text("id"))
        _once(entry, seen)
        printed = _printed(entry, seen[-1], "id", task_texts)
        yield ReviewedTask(
            id=seen[-1],
            cadence=entry.choice("cadence", CADENCES),
            form=entry.choice("form", FORMS),
            measures=tuple(_measure(measure, printed) for measure in entry.entries("measures")),
            note=entry.text("note", ""),
        )
        entry.nothing_else()
    missing = [task for task in task_texts if task not in seen]
    if missing:
        raise Faulty(f"{table.file} 里没有任务 {'、'.join(missing)}：请为每个任务写一条识读结果")
    table.nothing_else()


def _measure(entry: Table, printed: str) -> ReviewedMeasure:
    measure = ReviewedMeasure(entry.text("phrase"), entry.whole("value"), entry.text("unit"))
    entry.nothing_else()
    if measure.phrase not in printed:
        entry.fail("phrase", f"“{measure.phrase}”不在任务原文中", "请照原文抄写")
    return measure


def _obligation(
    entry: Table, defaults: Mapping[str, Due], task_texts: Mapping[str, str]
) -> ReviewedObligation:
    task, phrase, title = entry.text("task"), entry.text("phrase"), entry.text("title")
    if phrase not in _printed(entry, task, "task", task_texts):
        entry.fail("phrase", f"“{phrase}”不在任务 {task} 的原文中", "请照原文抄写，一字不差")
    if len(title) > LONGEST_TITLE:
        entry.fail("title", f"长 {len(title)} 字", f"请缩短到 {LONGEST_TITLE} 字以内")
    cadence, form = entry.choice("cadence", CADENCES), entry.choice("form", FORMS)
    obligation = ReviewedObligation(
        id=entry.text("id"),
        task=task,
        title=title,
        phrase=phrase,
        cadence=cadence,
        form=form,
        due=_due_of(entry, defaults, cadence, form),
        words=entry.alternatives("words"),
        forms=entry.choices("forms", FORMS, _usual_forms(form)),
        sample_title=entry.text("sample_title", ""),
        units=entry.texts("units"),
        channels=entry.texts("channels"),
        measure=entry.text("measure", ""),
        also=entry.mapping("also"),
        note=entry.text("note", ""),
    )
    entry.nothing_else()
    _recognisable(entry, obligation)
    return obligation


def _due_of(entry: Table, defaults: Mapping[str, Due], cadence: str, form: str) -> Due:
    """The entry's own deadline (a table), or the default that it names, or that of its form or cadence."""
    if entry.has_table("deadline"):
        return _due(entry.table("deadline"))
    name = entry.text("deadline", "internal" if form == "internal" else cadence)
    if name not in defaults:
        entry.fail(
            "deadline", f"没有名为 {name} 的默认期限", "请写明 deadline，或者在 plan.toml 的 defaults 里补上"
        )
    return defaults[name]


def _usual_forms(form: str) -> tuple[str, ...]:
    """A unit may publish anything as a document; nothing is published of internal work."""
    if form == "internal":
        return ()
    return tuple(dict.fromkeys((form, "document")))


def _recognisable(entry: Table, obligation: ReviewedObligation) -> None:
    if obligation.due.kind == "internal":
        if obligation.words:
            entry.fail("words", "内部工作不按发布判定", "请删去 words，或者改写 form")
        return
    if not obligation.words:
        entry.fail("words", "缺少，无法从发布记录认出这一事项", "请写至少一组词")
    if not obligation.sample_title:
        entry.fail("sample_title", "缺少", "请写一个能被 words 认出的标题示例")


def _printed(entry: Table, task: str, key: str, task_texts: Mapping[str, str]) -> str:
    if task not in task_texts:
        entry.fail(key, f"方案里没有任务 {task}", "请改为方案中的任务编号")
    return task_texts[task]


def _once(entry: Table, ids: list[str]) -> None:
    if ids[-1] in ids[:-1]:
        entry.fail("id", f"编号 {ids[-1]} 已经用过", "请改用没有用过的编号")


def _known_also(obligations: list[ReviewedObligation]) -> None:
    ids = {obligation.id for obligation in obligations}
    for obligation in obligations:
        for other in obligation.also:
            if other not in ids:
                raise Faulty(f"公开事项 {obligation.id} 的 also 提到的 {other} 不存在：请改正编号")
