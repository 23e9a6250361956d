"""Every dataset there is, kept in the process for as long as journal and files stand as they do."""

import datetime as dt
import threading
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Max, Min, OuterRef, Subquery

from yangguang.catalog import names
from yangguang.catalog.dataset import TABLE, Dataset, dataset_of
from yangguang.catalog.index import Index
from yangguang.journal.models import Head
from yangguang.publishing.topics import topics
from yangguang.registers.models import File, Register, RowCounts, Takedown, Version

Stamp = tuple[str, int, int]
"""The journal's head, the newest file, the newest count of rows."""


@dataclass(frozen=True)
class Shelf:
    """The datasets by slug, in the order of their names, and what finds them."""

    stamp: Stamp
    datasets: dict[str, Dataset]

    @cached_property
    def index(self) -> Index:
        return Index(tuple(self.datasets.values()))

    @cached_property
    def by_id(self) -> dict[str, Dataset]:
        return {dataset.id: dataset for dataset in self.datasets.values()}

    @cached_property
    def by_table(self) -> dict[str, Dataset]:
        """By the resource id of its table, and by its alias, the dataset's name."""
        found = {}
        for dataset in self.datasets.values():
            found[names.resource_id(dataset.slug, TABLE)] = found[dataset.slug] = dataset
        return found

    @cached_property
    def by_file(self) -> dict[str, tuple[Dataset, int]]:
        """By the resource id of one of its files, and which of them it is."""
        return {
            names.resource_id(dataset.slug, file.format): (dataset, place)
            for dataset in self.datasets.values()
            for place, file in enumerate(dataset.files)
        }

    def find(self, name_or_id: str) -> Dataset | None:
        """By name or by id, as CKAN's clients ask for either."""
        return self.datasets.get(name_or_id) or self.by_id.get(name_or_id)


_lock = threading.Lock()
_kept: Shelf | None = None
_Key = tuple[int, int, str, int, int]
"""Version, newest file, journal line, newest takedown, count of rows: a dataset changes with one of them, and only then.
Takedowns are counted by their keys: two may share a moment."""
_known: dict[_Key, Dataset] = {}
NEVER = 0, dt.datetime.min.replace(tzinfo=dt.UTC)
"""The newest takedown, and when it was, of a register that had none."""


def shelf() -> Shelf:
    """The catalogue as it stands. Only datasets with a new version, file or takedown are made again."""
    global _kept
    stamp = _stamp()
    kept = _kept
    if kept is None or kept.stamp != stamp:
        with _lock:
            kept = _kept = Shelf(stamp, _gathered())
    return kept


def _stamp() -> Stamp:
    """The journal's head stands for all that was published, whatever database it stands in."""
    head, file, counted = (model._meta.db_table for model in (Head, File, RowCounts))
    with connection.cursor() as cursor:
        # In one go, for every question to a table asks this first.
        cursor.execute(
            f"SELECT (SELECT digest FROM {head} WHERE id = 1), (SELECT max(id) FROM {file}),"  # noqa: S608
            f" (SELECT max(id) FROM {counted})"
        )
        digest, files, counts = cursor.fetchone()
    return digest or "", files or 0, counts or 0


def _gathered() -> dict[str, Dataset]:
    newest = Version.objects.filter(register=OuterRef("pk")).order_by("-number")
    rows = (
        Register.objects.annotate(
            newest=Subquery(newest.values("pk")[:1]),
            line=Subquery(newest.values("line__digest")[:1]),
            first=Min("versions__online_at"),
            made=Max("versions__files__pk"),
            counted=Subquery(newest.values("row_counts__pk")[:1]),
        )
        .exclude(newest=None)
        .order_by("slug")
        .values_list("pk", "newest", "line", "first", "made", "counted")
    )
    takedowns = Takedown.objects.values("register").annotate(key=Max("pk"), at=Max("taken_off_at"))
    taken = {register: (key, at) for register, key, at in takedowns.values_list("register", "key", "at")}
    wanted: dict[_Key, tuple[int, dt.datetime]] = {}
    for register, newest_version, line, first, made, counted in rows:
        takedown, _ = taken.get(register, NEVER)
        wanted[newest_version, made or 0, line, takedown, counted or 0] = register, first
    missing = [key[0] for key in wanted if key not in _known]
    versions = {
        version.pk: version
        for chunk in _chunks(missing)
        for version in Version.objects.filter(pk__in=chunk)
        .select_related("register__unit", "row_counts")
        .prefetch_related("files")
    }
    periods = _periods([version.register_id for version in versions.values()])
    found = {}
    for key, (register, first) in wanted.items():
        version = versions.get(key[0])
        if version is None:
            found[key] = _known[key]
        else:
            _, taken_at = taken.get(register, NEVER)
            found[key] = dataset_of(
                version,
                created=first,
                modified=max(version.online_at, taken_at),
                topics=list(topics()),
                periods=periods.get(register, ()),
            )
    _known.clear()
    _known.update(found)
    return {dataset.slug: dataset for dataset in found.values()}


def _periods(registers: list[int]) -> dict[int, list[str]]:
    """The periods that the versions of registers are of."""
    found: dict[int, list[str]] = {}
    for chunk in _chunks(registers):
        rows = Version.objects.filter(register__in=chunk).exclude(period="")
        for register, period in rows.values_list("register", "period").order_by("register").distinct():
            found.setdefault(register, []).append(period)
    return found


def _chunks(keys: list[int], size: int = 500) -> list[list[int]]:
    """SQLite takes only so many parameters in one statement."""
    return [keys[start : start + size] for start in range(0, len(keys), size)]
