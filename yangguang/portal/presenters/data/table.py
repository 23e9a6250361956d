"""A page of a version's rows, with what narrows them down and what comes behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from yangguang.portal.presenters.data import asking, cells
from yangguang.portal.presenters.data.asking import Asked, Filter, Input
from yangguang.portal.presenters.finding import Choice
from yangguang.registers.models import Version
from yangguang.rules.tables.query import ROW, Sort, TableQuery
from yangguang.rules.tables.schema import Field
from yangguang.warehouse.tables import reading
from yangguang.warehouse.tables.reading import Facet
from yangguang.warehouse.tables.stored import Stored

FACETS = 4
VALUES = 8


@dataclass(frozen=True)
class Heading:
    """A column's heading; `link` sorts by it, `sorted` says how the rows are sorted now, if by it."""

    field: Field
    link: str
    sorted: str
    is_figure: bool


@dataclass(frozen=True)
class RowFacet:
    """The words of one column with their numbers of rows."""

    field: Field
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Table:
    """What the page of a table shows. `rows` are pairs of the row's number and its cells."""

    asked: Asked
    headings: Sequence[Heading]
    rows: Sequence[tuple[int, Sequence[tuple[str, bool]]]]
    total: int
    next: str
    first: str
    taken: Sequence[tuple[Filter, str]]
    all: str
    inputs: Sequence[Input]
    facets: Sequence[RowFacet]


def stored(version: Version) -> Stored:
    return Stored.public(version.served, version.described)


def table(version: Version, given: QueryDict) -> Table:
    """Ask the version what the address asks. Raises QueryProblem, TooSlow, TooLarge."""
    source = stored(version)
    fields = source.fields
    asked = asking.asked(given, fields, version.described.period)
    query = asked.query
    worded = [field for field in fields if field.enum and len(field.enum) > 1][:FACETS]
    whole = replace(query, columns=(ROW, *(field.name for field in fields)))
    page = reading.page(source, whole, total=not worded)
    if worded:
        total, counted = reading.tallies(source, query, [field.name for field in worded], VALUES)
    else:
        total, counted = page.total or 0, ()
    behind = asking.token(page.next)
    return Table(
        asked=asked,
        headings=[_heading(field, asked, given) for field in fields],
        rows=[(row[0], list(_cells(row[1:], fields))) for row in page.rows],
        total=total,
        next=f"{_base(asking.link(given))}_next={behind}#rows" if behind else "",
        first=f"{asking.link(given)}#rows" if asked.after else "",
        taken=[(each, f"{asking.without(given, each)}#table") for each in asked.filters],
        all=asking.link(QueryDict(), as_of=given.get("as_of")),
        inputs=asking.inputs(fields, given),
        facets=list(_facets(worded, counted, given)),
    )


def first_rows(version: Version, count: int) -> tuple[Sequence[Field], list[list[tuple[str, bool]]]]:
    """The first rows, the newest period's where there are periods, for where there is little room."""
    source, period = stored(version), version.described.period
    names = tuple(field.name for field in source.fields)
    newest = (Sort(period, True),) if period else ()
    page = reading.page(source, TableQuery(columns=names, sort=newest, limit=count), total=False)
    return source.fields, [list(_cells(row, source.fields)) for row in page.rows]


def _base(link: str) -> str:
    return link if link == "?" else f"{link}&"


def _cells(row: Sequence[Any], fields: Sequence[Field]) -> Iterator[tuple[str, bool]]:
    for value, field in zip(row, fields, strict=True):
        yield cells.shown(value, field), cells.is_figure(field)


def _heading(field: Field, asked: Asked, given: QueryDict) -> Heading:
    now = ("descending" if asked.descending else "ascending") if asked.sort == field.name else ""
    way = (
        {"_sort": None, "_sort_desc": field.name}
        if now == "ascending"
        else {"_sort": field.name, "_sort_desc": None}
    )
    return Heading(field, f"{asking.link(given, **way)}#rows", now, cells.is_figure(field))


def _facets(worded: Sequence[Field], counted: Sequence[Facet], given: QueryDict) -> Iterator[RowFacet]:
    """The columns with given words; a column that is narrowed down already shows what was chosen."""
    for field, found in zip(worded, counted, strict=True):
        chosen = given.get(field.name, "")
        choices = [
            Choice(
                value,
                str(value),
                count,
                value == chosen,
                f"{asking.link(given, **{field.name: None if value == chosen else value})}#table",
            )
            for value, count in found.values
            if value is not None
        ]
        if len(choices) > 1 or chosen:
            yield RowFacet(field, choices)
