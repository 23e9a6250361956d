"""A dataset: what the catalogue says of a register, with its newest version and the files of that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from yangguang.catalog import names
from yangguang.catalog.quality import quality_on, reach
from yangguang.registers.models import RowCounts, Version
from yangguang.rules.tables.quality import Quality, RowFacts
from yangguang.rules.tables.schema import Descriptor

MEDIA_TYPES = {
    "csv": "text/csv",
    "csv.zst": "application/zstd",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
FORMATS = tuple(MEDIA_TYPES)
"""The files of every version, the one that clients query as a table first."""
TABLE = "csv"
MOST_DAYS = 3


@dataclass(frozen=True)
class File:
    """One file of the newest version. `size` and `sha256` are unknown until it has been made."""

    format: str
    size: int | None
    sha256: str


@dataclass(frozen=True)
class Unit:
    slug: str
    name: str


@dataclass(frozen=True)
class Dataset:
    """All that the catalogue knows of one register. Times are aware; `number` is the newest version's."""

    slug: str
    descriptor: Descriptor
    title: str
    unit: Unit
    topic: str
    topic_number: int
    tags: tuple[str, ...]
    created: dt.datetime
    modified: dt.datetime
    number: int
    rows: int
    served: str
    period: str
    note: str
    files: tuple[File, ...]
    is_sample: bool
    reach: dt.date
    counts: RowFacts | None
    """What its quality is worked out of; None until the rows have been counted."""

    @cached_property
    def id(self) -> str:
        return names.dataset_id(self.slug)

    @property
    def address(self) -> str:
        return f"/data/{self.slug}/"

    def quality_on(self, day: dt.date) -> Quality | None:
        """The quality on a day; None until the rows have been counted. Kept: a catalogue asks for all of them."""
        if self.counts is None:
            return None
        if day not in self._qualities:
            if len(self._qualities) >= MOST_DAYS:
                self._qualities.clear()
            self._qualities[day] = quality_on(self.counts, self.descriptor, self.reach, day)
        return self._qualities[day]

    @cached_property
    def _qualities(self) -> dict[dt.date, Quality]:
        return {}

    def file_address(self, format: str) -> str:
        """Where the newest version's file of a format lies; the address never changes what it holds."""
        return f"{self.address}files/v{self.number}/{self.slug}.{format}"


def dataset_of(
    version: Version,
    *,
    created: dt.datetime,
    modified: dt.datetime,
    topics: list[str],
    periods: Iterable[str],
) -> Dataset:
    """The dataset whose newest version this is.

    `topics` are all topics in their order, `periods` those of all versions.
    """
    register = version.register
    described = version.described
    made = {file.format: file for file in version.files.all()}
    return Dataset(
        slug=register.slug,
        descriptor=described,
        title=register.title,
        unit=Unit(register.unit.slug, register.unit.name),
        topic=register.topic,
        topic_number=topics.index(register.topic) + 1 if register.topic in topics else 0,
        tags=tags_of(version),
        created=created,
        modified=modified,
        number=version.number,
        rows=version.rows,
        served=version.served,
        period=version.period,
        note=version.note,
        files=tuple(
            File(format, made[format].size, made[format].sha256) if format in made else File(format, None, "")
            for format in FORMATS
        ),
        is_sample=register.is_sample,
        reach=reach(version, periods),
        counts=counts_of(version),
    )


def counts_of(version: Version) -> RowFacts | None:
    """What was counted in the file that readers get; None where it has not been counted yet."""
    counts: RowCounts | None = getattr(version, "row_counts", None)
    return counts.facts if counts is not None and counts.served == version.served else None


def tags_of(version: Version) -> tuple[str, ...]:
    """Key words, the kind, and the sample's mark, each once."""
    register = version.register
    marks = ["示例"] if register.is_sample else []
    return tuple(dict.fromkeys([*version.described.keywords, register.get_kind_display(), *marks]))
