"""An enterprise as all registers together know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from yangguang.catalog.dataset import Dataset
from yangguang.catalog.shelf import shelf
from yangguang.portal.presenters.data import cells
from yangguang.rules.tables.query import Compare, Op, Sort, TableQuery
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import holders, reading
from yangguang.warehouse.tables.holders import Named, Source
from yangguang.warehouse.tables.stored import Stored

ROWS = 10


@dataclass(frozen=True)
class Part:
    """What one register says: its rows of the enterprise, the newest first where it has a day."""

    dataset: Dataset
    count: int
    fields: Sequence[Field]
    rows: Sequence[Sequence[tuple[str, bool]]]
    link: str


def sources() -> tuple[Source, ...]:
    """The registers whose rows speak of enterprises, in the order of their topics."""
    found = []
    for dataset in sorted(shelf().datasets.values(), key=lambda one: (one.topic_number, one.slug)):
        columns = holders.columns_of(dataset.descriptor)
        if columns is not None:
            code, name = columns
            found.append(Source(dataset.slug, dataset.served, code.name, name.name if name else ""))
    return tuple(found)


def like(words: str) -> list[Named]:
    return holders.named_like(sources(), words)


def name_of(code: str) -> str:
    return holders.name_of(sources(), code)


def parts(code: str) -> list[Part]:
    """What each register says of an enterprise; those with most rows first."""
    held, by_slug = holders.registers_of(sources(), code), shelf().datasets
    found = [_part(by_slug[slug], code, count) for slug, count in held.items()]
    return sorted(found, key=lambda part: -part.count)


def _part(dataset: Dataset, code: str, count: int) -> Part:
    described = dataset.descriptor
    columns = holders.columns_of(described)
    assert columns is not None  # noqa: S101 only such registers are asked
    key = columns[0].name
    known = {key, columns[1].name if columns[1] else ""}
    fields = [field for field in described.public_fields if field.name not in known]
    days = [field for field in fields if field.type in (Type.DATE, Type.DATETIME)]
    query = TableQuery(
        columns=tuple(field.name for field in fields),
        where=Compare(key, Op.EQ, code),
        sort=(Sort(days[0].name, True),) if days else (),
        limit=ROWS,
    )
    page = reading.page(Stored.public(dataset.served, described), query, total=False)
    rows = [
        [
            (cells.shown(value, field), cells.is_figure(field))
            for value, field in zip(row, fields, strict=True)
        ]
        for row in page.rows
    ]
    return Part(dataset, count, fields, rows, f"{dataset.address}?{urlencode({key: code})}#table")
