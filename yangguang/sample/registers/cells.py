"""One sample row: every cell of a register's columns, in their order."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from yangguang.rules.periods import Span
from yangguang.rules.tables.schema import Check, Descriptor, Field, Type
from yangguang.sample.conduct import dice
from yangguang.sample.registers.enterprises import Enterprise, agency_code, districts_of
from yangguang.sample.registers.figures import Figures
from yangguang.sample.registers.relations import AGO, TERMS, WEIGHTS
from yangguang.sample.registers.words import (
    AGENCY_CODES,
    BY_NAME,
    ENTERPRISE_NAMES,
    HEADS,
    UNIT_ITSELF,
)

Value = str | int | Decimal | bool | dt.date | None
_NUMBER = re.compile(r"\d+(?!.*\d)")
_ONE_DAY = dt.timedelta(days=1)
# Numbers of persons cannot be samples that pass their check, so that none is anybody's.
_EMPTY = Check.ID_NUMBER


@dataclass
class Row:
    """What one row is drawn from.

    `place` names the row's subject in every period alike and `number` is its number, from 1; `foreign`
    holds the numbers of rows of other registers by the stem of the columns that point there; `fixed` the
    cells known beforehand.
    """

    descriptor: Descriptor
    unit: str
    span: Span
    place: tuple[object, ...]
    number: int
    enterprise: Enterprise
    fixed: dict[str, object]
    foreign: dict[str, int]

    def cells(self) -> dict[str, Value]:
        figures = Figures(self.descriptor, self.place, self.span.ends_on, self.fixed)
        cells: dict[str, Value] = {}
        self._last = self._before = self.span.opens_on
        for field in self.descriptor.fields:
            cells[field.name] = self._cell(field, figures)
        return cells

    def _cell(self, field: Field, figures: Figures) -> Value:
        if field.name == self.descriptor.period:
            return _period(field, self.span.key)
        if field.name in self.fixed and field.type is not Type.NUMBER:
            return self.fixed[field.name]  # type: ignore[return-value]
        match field.type:
            case Type.STRING:
                return self._text(field)
            case Type.DATE:
                return self._date(field)
            case Type.BOOLEAN:
                return dice(*self.place, field.name).random() < 0.8
            case Type.YEAR:
                return self._year(field)
            case Type.YEARMONTH:
                return f"{self.span.opens_on.year}-{dice(*self.place, field.name).randint(1, 12):02d}"
            case _:
                return figures.value(field)

    def _text(self, field: Field) -> str | None:
        if field.check is _EMPTY:
            return None
        if field.enum:
            return self._word(field)
        own_words = BY_NAME.get(f"{self.descriptor.name}.{field.name}")
        named = None if own_words else self._named(field.name)
        if named is not None:
            return named
        number = self.foreign.get(stem(field.name), self.number)
        if _is_code(field):
            return code(field.example, number)
        words = own_words or BY_NAME.get(field.name)
        if words:
            return words[(number - 1) % len(words)]
        return None if not field.required and field.title == "备注" else f"示例{field.title}{self.number:02d}"

    def _named(self, name: str) -> str | None:
        """The enterprise, its head, its address; the publishing unit and its code."""
        if name in AGENCY_CODES:
            return agency_code(self.unit)
        if name in UNIT_ITSELF:
            return self.unit
        if name in ENTERPRISE_NAMES:
            return self.enterprise.name
        if name in HEADS:
            return self.enterprise.head
        if self.descriptor.field(name).check is Check.USCC:
            return self.enterprise.uscc
        return self.enterprise.address if name == "address" else None

    def _word(self, field: Field) -> str:
        if field.name == "district":
            own = districts_of(self.unit)
            return self.enterprise.district if len(own) > 1 else own[0]
        likely = WEIGHTS.get((self.descriptor.name, field.name))
        period = self.span.key if self.descriptor.period else ""
        lot = dice(*self.place, field.name, period)
        if likely:
            return lot.choices(list(likely), weights=list(likely.values()))[0]
        return lot.choice(field.enum)

    def _date(self, field: Field) -> dt.date:
        """Terms run from the date before them; other dates of the period never lie before one another."""
        lot = dice(*self.place, field.name)
        ago = AGO.get(f"{self.descriptor.name}.{field.name}") or AGO.get(field.name)
        if ago:
            self._before = self.span.opens_on - lot.randint(*ago) * _ONE_DAY
            return self._before
        if field.name in TERMS:
            return self._before + lot.randint(*TERMS[field.name]) * _ONE_DAY
        room = (self.span.ends_on - self._last).days
        self._last += lot.randint(0, min(room, 9) if self._last > self.span.opens_on else room) * _ONE_DAY
        self._before = self._last
        return self._last

    def _year(self, field: Field) -> int:
        year, lot = self.span.opens_on.year, dice(*self.place, field.name)
        if field.name.startswith("start"):
            return year - lot.randint(0, 2)
        return year + lot.randint(1, 3) if field.name.startswith("finish") else year


def stem(name: str) -> str:
    """What code and name of one thing have in common: item in item_code and item_name."""
    return name.rpartition("_")[0] or name


def _is_code(field: Field) -> bool:
    return bool(field.example and re.search(r"\d{4}$|\d{4}号$", field.example))


def code(example: str, number: int) -> str:
    """A code of the same form: the last digits of the example are the number, in as many places."""
    found = _NUMBER.search(example)
    if found is None:
        raise ValueError(f"样例编码“{example}”里没有数字：请在登记册的 example 里写一个以数字结尾的编码")
    digits = f"{number:0{len(found[0])}d}"
    return example[: found.start()] + digits[-len(found[0]) :] + example[found.end() :]


def _period(field: Field, key: str) -> Value:
    if field.type is Type.DATE:
        return dt.date.fromisoformat(key)
    return int(key) if field.type is Type.YEAR else key
