"""Sample rows of one register for one period."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from yangguang.rules.periods import Span, span_of
from yangguang.rules.tables.schema import Check, Descriptor, Intake, Kind
from yangguang.sample.conduct import dice
from yangguang.sample.registers.cells import Row, Value, stem
from yangguang.sample.registers.dimensions import DIMENSIONS, TOTAL
from yangguang.sample.registers.enterprises import COUNT, districts_of, enterprise
from yangguang.sample.registers.relations import FOLLOWS
from yangguang.sample.registers.stages import MOVING, stand
from yangguang.sample.registers.themes import theme_of

_LISTED, _PROJECTS = 24, 16
"""How many rows a list and a table of projects have."""
_CASES = (6, 14)
_A_MONTH = 100
"""Cases of a month are numbered from a hundred times the month."""
# Registers of cases that others point into: their rows of the same month are meant.
_BY_MONTH = frozenset(("science-projects", "state-property-disclosures"))
# The one month with a source of water too few.
_SHORT = ("drinking-water-sources", 9)

Rows = list[dict[str, Value]]


def rows_of(descriptor: Descriptor, period: str, unit: str = "", on: dt.date | None = None) -> Rows:
    """Rows of plausible made-up values by column name, drawn by lot from register, unit and period alone.

    `period` is a key such as 2017-08, 2017Q3, 2017H1, 2017 or 2017-08-14; for registers without a column
    for it, what happened then. `unit` is the publishing unit, the register's own where it is empty. Cases that
    move on (`stages`) are listed as they stand `on` a day, without it as they ended.
    Values have the types that `rules.tables.schema.Type` says; None is an empty cell. Names of bodies
    begin with 【示例】 or 示例, codes hold SL or 示例. Raises ValueError for a key of no such form.
    """
    span = span_of(period)
    of = unit or descriptor.unit
    descriptor = replace(descriptor, name=theme_of(descriptor.name))
    rows = [row.cells() for row in _drawn(descriptor, of, span)]
    for row in rows:
        _follow(descriptor, row)
        _judge(row)
    if descriptor.name in MOVING:
        rows = [row for row in rows if stand(row, on or dt.date.max)]
    _add_up(descriptor, rows)
    if descriptor.measure and (descriptor.name, span.opens_on.month) == _SHORT:
        rows.pop()
    return rows


def _drawn(descriptor: Descriptor, unit: str, span: Span) -> Iterator[Row]:
    by_enterprise = any(descriptor.field(name).check is Check.USCC for name in descriptor.primary_key)
    pointed = next((key.register for key in descriptor.foreign_keys if not by_enterprise), "")
    home = pointed or descriptor.name
    for subject in _subjects(descriptor, unit, span, home):
        place = (home, unit, subject.number, *map(str, subject.fixed.values()))
        lot = dice(*place, "enterprise")
        who = subject.enterprise if by_enterprise else lot.randrange(COUNT)
        foreign = {
            stem(name): _pointed(descriptor, key.register, subject.number, place)
            for key in descriptor.foreign_keys
            for name in key.fields
        }
        yield Row(descriptor, unit, span, place, subject.number, enterprise(who), subject.fixed, foreign)


class _Subject(NamedTuple):
    """The number of a row, its cells known beforehand, the number of the enterprise where the key is one."""

    number: int
    fixed: dict[str, object]
    enterprise: int


def _subjects(descriptor: Descriptor, unit: str, span: Span, home: str) -> Iterator[_Subject]:
    first, count = 0, _PROJECTS if descriptor.kind is Kind.PROJECT else _LISTED
    grid: list[dict[str, object]] = [{}]
    if descriptor.kind is Kind.SERIES or descriptor.name in DIMENSIONS:
        grid = list(_grid(descriptor, unit))
        count = count if descriptor.kind is Kind.CASES else 1
    elif descriptor.kind is Kind.CASES and descriptor.intake is Intake.UPSERT:
        first = span.opens_on.month * _A_MONTH
        count = dice("cases", home, unit, span.key).randint(*_CASES)
    for number, (body, fixed) in enumerate(product(range(count), grid), first + 1):
        yield _Subject(number, dict(fixed), body)


def _grid(descriptor: Descriptor, unit: str) -> Iterator[dict[str, object]]:
    entries = DIMENSIONS.get(descriptor.name, ({},))
    given = {name for entry in entries for name in entry}
    axes = [
        [(name, word) for word in (districts_of(unit) if name == "district" else descriptor.field(name).enum)]
        for name in descriptor.primary_key
        if descriptor.field(name).enum and name not in given
    ]
    for entry in entries:
        for words in product(*axes):
            yield {**entry, **dict(words)}


def _pointed(descriptor: Descriptor, register: str, number: int, place: tuple[object, ...]) -> int:
    """The number of the row of another register that this row points to."""
    if register in _BY_MONTH or descriptor.kind is not Kind.CASES:
        return number
    return dice(*place, register).randint(1, _LISTED)


def _follow(descriptor: Descriptor, row: dict[str, Value]) -> None:
    column, words = FOLLOWS.get(descriptor.name, ("", {}))
    for name, value in words.get(str(row.get(column)), {}).items():
        if name in row:
            row[name] = value


def _judge(row: dict[str, Value]) -> None:
    """A concentration above its limit is not compliant, and by how many times."""
    value, limit = row.get("concentration"), row.get("limit")
    if isinstance(value, Decimal) and isinstance(limit, Decimal):
        row["compliant"] = value <= limit
        row["exceedance"] = None if value <= limit else (value / limit - 1).quantize(Decimal("0.01"))


def _add_up(descriptor: Descriptor, rows: Rows) -> None:
    """Rows named 合计 hold the sums of the rows that differ from them in that one column."""
    key = [name for name in descriptor.primary_key if any(row[name] == TOTAL for row in rows)]
    summed = [
        field.name for field in descriptor.fields if field.type.is_numeric and field.unit not in ("", "%")
    ]
    for column in key:
        others = [name for name in descriptor.primary_key if name != column]
        for total in (row for row in rows if row[column] == TOTAL):
            parts = [
                row for row in rows if row is not total and all(row[name] == total[name] for name in others)
            ]
            for name in summed:
                total[name] = _sum([row[name] for row in parts], whole=isinstance(total[name], int))


def _sum(figures: list[Value], *, whole: bool) -> int | Decimal:
    total = sum((each for each in figures if isinstance(each, (int, Decimal))), Decimal(0))
    return int(total) if whole else total
