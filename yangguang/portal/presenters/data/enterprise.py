"""An enterprise as all registers together know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from urllib.parse import urlencode

from yangguang.catalog.dataset import Dataset
from yangguang.catalog.shelf import shelf
from yangguang.portal.presenters.data import cells
from yangguang.rules.tables.query import Compare, Op, Sort, TableQuery
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import holders, reading, together
from yangguang.warehouse.tables import rows as side
from yangguang.warehouse.tables.holders import Named, Source
from yangguang.warehouse.tables.stored import Stored
from yangguang.warehouse.tables.together import Rows, Wanted

ROWS = 10
FEW = 100
"""As many rows of one register are read together with those of the others."""


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
    wanted = {slug: _wanted(by_slug[slug], code) for slug in held}
    few = [slug for slug, one in wanted.items() if held[slug] <= FEW and not side.stands(one.version)]
    found = dict(zip(few, together.find([wanted[slug] for slug in few]), strict=True))
    told = [_part(by_slug[slug], one, held[slug], found.get(slug)) for slug, one in wanted.items()]
    return sorted(told, key=lambda part: -part.count)


def _wanted(dataset: Dataset, code: str) -> Wanted:
    """The rows of an enterprise, without the columns of its code and its name."""
    described = dataset.descriptor
    columns = holders.columns_of(described)
    assert columns is not None  # noqa: S101 only such registers are asked
    key = columns[0].name
    known = {key, columns[1].name if columns[1] else ""}
    fields = tuple(field for field in described.public_fields if field.name not in known)
    return Wanted(Stored.public(dataset.served, described), key, code, fields)


def _part(dataset: Dataset, wanted: Wanted, count: int, rows: Rows | None) -> Part:
    """One register's part, of all its rows of the enterprise; of rows that are still to be found where None."""
    fields = wanted.fields
    day = next((at for at, field in enumerate(fields) if field.type in (Type.DATE, Type.DATETIME)), None)
    newest = _found(wanted, day) if rows is None else newest_first(rows, day)[:ROWS]
    shown = [
        [
            (cells.shown(value, field), cells.is_figure(field))
            for value, field in zip(row, fields, strict=True)
        ]
        for row in newest
    ]
    return Part(
        dataset, count, fields, shown, f"{dataset.address}?{urlencode({wanted.column: wanted.value})}#table"
    )


def newest_first(rows: Rows, day: int | None) -> Rows:
    """Rows by the day at that place, the newest first, those without one last; in their order without a place."""
    if day is None:
        return rows
    dated = [row for row in rows if row[day] is not None]
    return sorted(dated, key=itemgetter(day), reverse=True) + [row for row in rows if row[day] is None]


def _found(wanted: Wanted, day: int | None) -> Rows:
    """The first of many rows, in the order of `newest_first`."""
    names = tuple(field.name for field in wanted.fields)
    query = TableQuery(
        columns=names,
        where=Compare(wanted.column, Op.EQ, wanted.value),
        sort=() if day is None else (Sort(names[day], True),),
        limit=ROWS,
    )
    return reading.page(wanted.version, query, total=False).rows
