"""Plans, units, tasks and duties: a few hundred short records, read whole and looked through here.

So few are read sooner than a database is told, in the right words, what to look for in them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.db.models import QuerySet

from yangguang.directory.models import Unit, UnitAlias
from yangguang.plan.models import Area, Obligation, Plan, PlanVersion, Task
from yangguang.search import sounds
from yangguang.search.folding import excerpt, fold, mark
from yangguang.search.hits import Group, Hit, Kind
from yangguang.search.tokens import BOUNDARY

MOST_FOLDED = 4_096


class Record(NamedTuple):
    """What is shown of one thing, and in which texts it is found: the first decides what comes first."""

    pk: int
    texts: tuple[str, ...]
    title: str
    told: str
    url: Callable[[], str]
    day: dt.date | None = None


def groups(words: Sequence[str], limit: int) -> tuple[Group, ...]:
    """Those that hold every word, in groups of one kind; groups without a hit are left out.

    Those with the words in the title come first. Eight database queries at most, whatever is found.
    """
    version = _versions().select_related("plan").only("plan__slug").first()
    found = [
        _group(Kind.PLAN, _plans(), words, limit),
        _group(Kind.UNIT, _units(), words, limit),
    ]
    if version is not None:
        found.append(_group(Kind.OBLIGATION, _obligations(version), words, limit))
        found.append(_group(Kind.TASK, _tasks(version), words, limit))
    return tuple(group for group in found if group.total)


def titles() -> list[str]:
    """The names of duties, areas and units."""
    duties = Obligation.objects.filter(version=_current_version()).values_list("title", flat=True)
    areas = Area.objects.filter(version=_current_version()).values_list("name", flat=True)
    return [*duties, *areas, *Unit.objects.values_list("name", flat=True)]


def units_by_pinyin(letters: str, limit: int) -> tuple[Group, ...]:
    """The units with a name that sounds as the letters are read, or has them as initials."""
    ways = sounds.split(letters)
    sounding = [unit for unit in _units() if any(_sounds(name, letters, ways) for name in unit.texts)]
    hits = tuple(_hit(Kind.UNIT, unit, ()) for unit in sounding[:limit])
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


def _group(kind: Kind, records: Iterable[Record], words: Sequence[str], limit: int) -> Group:
    found = _holding(records, words)
    names = _first_units(kind, [record.pk for record in found[:limit]])
    hits = tuple(_hit(kind, record, words, names.get(record.pk, "")) for record in found[:limit])
    return Group(kind, hits, len(found))


def _holding(records: Iterable[Record], words: Sequence[str]) -> list[Record]:
    """The records with every word in one of their texts, those with all of them in the first before others."""
    wanted = [fold(word) for word in words]
    first: list[Record] = []
    others: list[Record] = []
    for record in records:
        title, whole = _folded(record.texts)
        if all(word in whole for word in wanted):
            (first if all(word in title for word in wanted) else others).append(record)
    return [*first, *others]


@lru_cache(maxsize=MOST_FOLDED)
def _folded(texts: tuple[str, ...]) -> tuple[str, str]:
    """The first text and all of them, with between two what stands in no word."""
    folded = [fold(text) for text in texts]
    return folded[0], BOUNDARY.join(folded)


def _hit(kind: Kind, record: Record, words: Sequence[str], unit: str = "") -> Hit:
    return Hit(
        kind=kind,
        title=record.title,
        heading=mark(record.title, words),
        url=record.url(),
        excerpt=excerpt(record.told, words) if record.told else (),
        unit=record.title if kind is Kind.UNIT else unit,
        day=record.day,
    )


def _plans() -> Iterator[Record]:
    rows = Plan.objects.order_by("-issued_on", "pk")
    for pk, title, number, issuer, day in rows.values_list("pk", "title", "number", "issuer", "issued_on"):
        yield Record(pk, (title, number, issuer), title, f"{number} {issuer}".strip(), lambda: "/plan/", day)


def _units() -> Iterator[Record]:
    names: dict[int, list[str]] = {}
    for unit, name in UnitAlias.objects.order_by("name").values_list("unit_id", "name"):
        names.setdefault(unit, []).append(name)
    for pk, name, slug in Unit.objects.order_by("position", "pk").values_list("pk", "name", "slug"):
        others = names.get(pk, [])
        told = f"又称：{'、'.join(others)}" if others else ""
        yield Record(pk, (name, *others), name, told, partial(_url, Unit, slug=slug))


def _tasks(version: PlanVersion) -> Iterator[Record]:
    rows = Task.objects.filter(version=version).order_by("position", "pk")
    fields = ("pk", "area__name", "code", "text", "leads_printed")
    for pk, area, code, text, leads in rows.values_list(*fields):
        told = f"{text}（{leads}）" if leads else text
        url = partial(_url, Task, code=code)
        yield Record(pk, (area or "", code, text, leads), f"{code} {area or '表外事项'}", told, url)


def _obligations(version: PlanVersion) -> Iterator[Record]:
    rows = Obligation.objects.filter(version=version).order_by("position", "pk")
    for pk, title, code, phrase, note in rows.values_list("pk", "title", "code", "phrase", "note"):
        told = " ".join(filter(None, [code, phrase, note]))
        yield Record(
            pk,
            (title, code, phrase, note),
            title,
            told,
            partial(_url, Obligation, version=version, code=code),
        )


def _url(model: type[Unit] | type[Task] | type[Obligation], **fields: Any) -> str:
    return model(**fields).get_absolute_url()


def _first_units(kind: Kind, pks: Sequence[int]) -> dict[int, str]:
    """The name of the first unit of each of these tasks or duties; of other kinds none."""
    owners = {
        Kind.TASK: ("task", Task.units.through),
        Kind.OBLIGATION: ("obligation", Obligation.units.through),
    }
    if kind not in owners or not pks:
        return {}
    owner, pairs = owners[kind]
    rows = pairs._default_manager.filter(**{f"{owner}__in": pks}).order_by("-unit__position", "-unit__name")
    # From behind, so that of several units the first is the one that stays.
    return dict(rows.values_list(f"{owner}_id", "unit__name"))


def _current_version() -> QuerySet[PlanVersion, Any]:
    return _versions().values("pk")[:1]


def _versions() -> QuerySet[PlanVersion]:
    """The versions of plans, the one in force first."""
    return PlanVersion.objects.order_by("-plan__issued_on", "-plan_id", "-number")
