"""Search over the plan, the units and what they published.

Every place where the words stand is found: the database looks for substrings, not for words of a
dictionary (decision record 0006).
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yangguang.directory.clock import SHANGHAI
from yangguang.directory.models import Unit, UnitAlias
from yangguang.plan.models import Obligation, Plan, PlanVersion, Task
from yangguang.publishing.models import Edition
from yangguang.search.database import best, having
from yangguang.search.editions import LONGEST_QUERY, editions_with, end_of
from yangguang.search.folding import excerpt, mark, pattern, words_of
from yangguang.search.hits import Group, Hit, Kind

LIMIT = 20


def search(query: str, *, as_of: dt.date, limit: int = LIMIT) -> tuple[Group, ...]:
    """What holds every word of the query, in groups of one kind; groups without a hit are left out.

    `query` is what was typed: one or more words, of one character or more; beyond 200 characters it is cut.
    An empty query finds nothing. Documents are seen as they stood at the end of `as_of`: the newest
    public edition. At most `limit` hits a group: those with the words in the title first, then the
    newest. The number of database queries does not depend on what is found.
    """
    words = words_of(query[:LONGEST_QUERY])
    if not words:
        return ()
    groups = (
        _group(Kind.PLAN, _plans(words, limit), _plan, words),
        _group(Kind.UNIT, _units(words, limit), _unit, words),
        _group(Kind.OBLIGATION, _obligations(words, limit), _obligation, words),
        _group(Kind.TASK, _tasks(words, limit), _task, words),
        _group(Kind.DOCUMENT, _documents(words, as_of, limit), _document, words),
    )
    return tuple(group for group in groups if group.total)


def _group(kind: Kind, rows: Sequence[Any], show: Callable[..., Hit], words: Sequence[str]) -> Group:
    return Group(kind, tuple(show(row, words) for row in rows), rows[0].total if rows else 0)


def _plans(words: Sequence[str], limit: int) -> list[Plan]:
    rows = having(Plan.objects.all(), words, ("title", "number", "issuer"))
    return best(rows, words, "title", "-issued_on", limit)


def _plan(plan: Plan, words: Sequence[str]) -> Hit:
    return Hit(
        kind=Kind.PLAN,
        title=plan.title,
        heading=mark(plan.title, words),
        url="/plan/",
        excerpt=excerpt(f"{plan.number} {plan.issuer}".strip(), words),
        day=plan.issued_on,
    )


def _units(words: Sequence[str], limit: int) -> list[Unit]:
    rows = Unit.objects.prefetch_related("aliases")
    aliases = UnitAlias.objects.filter(unit=OuterRef("pk"))
    for word in words:
        called = Exists(aliases.filter(name__regex=pattern(word)))
        rows = rows.filter(Q(name__regex=pattern(word)) | called)
    return best(rows, words, "name", "position", limit)


def _unit(unit: Unit, words: Sequence[str]) -> Hit:
    names = "、".join(alias.name for alias in unit.aliases.all())
    return Hit(
        kind=Kind.UNIT,
        title=unit.name,
        heading=mark(unit.name, words),
        url=unit.get_absolute_url(),
        excerpt=excerpt(f"又称：{names}", words) if names else (),
        unit=unit,
    )


def _tasks(words: Sequence[str], limit: int) -> list[Task]:
    tasks = Task.objects.filter(version=_current_version()).prefetch_related("units").select_related("area")
    rows = having(tasks, words, ("area__name", "code", "text", "leads_printed"))
    return best(rows, words, "area__name", "position", limit)


def _task(task: Task, words: Sequence[str]) -> Hit:
    title = f"{task.code} {task.area.name if task.area else '表外事项'}"
    leads = f"（{task.leads_printed}）" if task.leads_printed else ""
    return Hit(
        kind=Kind.TASK,
        title=title,
        heading=mark(title, words),
        url=task.get_absolute_url(),
        excerpt=excerpt(task.text + leads, words),
        unit=next(iter(task.units.all()), None),
    )


def _obligations(words: Sequence[str], limit: int) -> list[Obligation]:
    duties = Obligation.objects.filter(version=_current_version()).prefetch_related("units")
    duties = duties.select_related("version__plan").defer("version__notices", "version__defaults")
    rows = having(duties, words, ("title", "code", "phrase", "note"))
    return best(rows, words, "title", "position", limit)


def _obligation(duty: Obligation, words: Sequence[str]) -> Hit:
    return Hit(
        kind=Kind.OBLIGATION,
        title=duty.title,
        heading=mark(duty.title, words),
        url=duty.get_absolute_url(),
        excerpt=excerpt(" ".join(filter(None, [duty.code, duty.phrase, duty.note])), words),
        unit=next(iter(duty.units.all()), None),
    )


def _current_version() -> QuerySet[PlanVersion, Any]:
    return PlanVersion.objects.order_by("-plan__issued_on", "-plan_id", "-number").values("pk")[:1]


def _documents(words: Sequence[str], as_of: dt.date, limit: int) -> list[Edition]:
    taken_back = Q(document__withdrawal__withdrawn_at__lte=end_of(as_of))
    rows = editions_with(" ".join(words), as_of).annotate(withdrawn=taken_back)
    rows = rows.select_related("document__unit")
    return best(rows, words, "title", "-online_at", limit)


def _document(edition: Any, words: Sequence[str]) -> Hit:
    return Hit(
        kind=Kind.DOCUMENT,
        title=edition.title,
        heading=mark(edition.title, words),
        url=edition.document.get_absolute_url(),
        excerpt=excerpt(_text(edition, words), words),
        unit=edition.document.unit,
        day=edition.online_at.astimezone(SHANGHAI).date(),
        withdrawn=bool(edition.withdrawn),
    )


def _text(edition: Edition, words: Sequence[str]) -> str:
    """What an excerpt is cut from: the body, or where no word stands in it, first the facts beside it."""
    if any(segment.marked for segment in mark(edition.body, words)):
        return edition.body
    return " ".join([edition.document_number, *edition.keywords, edition.document.index_no, edition.body])
