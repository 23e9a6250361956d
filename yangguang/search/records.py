"""Plans, units, tasks and duties: a few thousand short records, which the database searches itself."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yangguang.directory.models import Unit, UnitAlias
from yangguang.plan.models import Area, Obligation, Plan, PlanVersion, Task
from yangguang.search import sounds
from yangguang.search.database import best, having
from yangguang.search.folding import excerpt, mark, pattern
from yangguang.search.hits import Group, Hit, Kind


def groups(words: Sequence[str], limit: int) -> tuple[Group, ...]:
    """Those that hold every word, in groups of one kind; groups without a hit are left out.

    Those with the words in the title come first. Five database queries at most, whatever is found.
    """
    found = (
        _group(Kind.PLAN, _plans(words, limit), _plan, words),
        _group(Kind.UNIT, _units(words, limit), _unit, words),
        _group(Kind.OBLIGATION, _obligations(words, limit), _obligation, words),
        _group(Kind.TASK, _tasks(words, limit), _task, words),
    )
    return tuple(group for group in found if group.total)


def titles() -> list[str]:
    """The names of duties, areas and units."""
    duties = Obligation.objects.filter(version=_current_version()).values_list("title", flat=True)
    areas = Area.objects.filter(version=_current_version()).values_list("name", flat=True)
    return [*duties, *areas, *Unit.objects.values_list("name", flat=True)]


def units_by_pinyin(letters: str, limit: int) -> tuple[Group, ...]:
    """The units with a name that sounds as the letters are read, or has them as initials."""
    names: dict[int, list[str]] = {}
    for pk, name in [*Unit.objects.values_list("pk", "name"), *UnitAlias.objects.values_list("unit", "name")]:
        names.setdefault(pk, []).append(name)
    ways = sounds.split(letters)
    sounding = [pk for pk, called in names.items() if any(_sounds(name, letters, ways) for name in called)]
    rows = Unit.objects.filter(pk__in=sounding).prefetch_related("aliases")[:limit]
    hits = tuple(_unit(unit, ()) for unit in rows)
    return (Group(Kind.UNIT, hits, len(sounding)),) if hits else ()


def _sounds(name: str, letters: str, ways: Sequence[Sequence[str]]) -> bool:
    said = [sounds.readings(char) for char in name]
    firsts = [{sound[0] for sound in one} for one in said]
    return any(_within(way, said) for way in ways) or _within(letters, firsts)


def _within(wanted: Sequence[str], said: Sequence[Any]) -> bool:
    return any(
        all(one in heard for one, heard in zip(wanted, said[start:], strict=False))
        for start in range(len(said) - len(wanted) + 1)
    )


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
        unit=unit.name,
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
        unit=next((unit.name for unit in task.units.all()), ""),
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
        unit=next((unit.name for unit in duty.units.all()), ""),
    )


def _current_version() -> QuerySet[PlanVersion, Any]:
    return PlanVersion.objects.order_by("-plan__issued_on", "-plan_id", "-number").values("pk")[:1]
