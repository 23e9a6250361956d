"""Checks of a whole typed table: SQL finds the rows that break a rule, the rules find the words.

The table `typed` has `_row`, the row in the file, the fields, and for some fields `unread …`: the cell
could not be read and was told already. The slow twin is `rules.tables.checking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from yangguang.rules.periods import lies_within
from yangguang.rules.scan import Severity
from yangguang.rules.scan.findings import WORDS
from yangguang.rules.tables import constraints, personal
from yangguang.rules.tables.cells import Cell, Problem
from yangguang.rules.tables.checking import Keys, stray
from yangguang.rules.tables.outcome import Value
from yangguang.rules.tables.report import MOST_LISTED
from yangguang.rules.tables.schema import Check, Descriptor, Field, ForeignKey, Intake, Type
from yangguang.warehouse.tables.columns import different, literal, quoted, repeating

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Told = tuple[int, str, Problem]
Reading = Callable[[str, Sequence[int]], Iterator[tuple[int, Cell | Problem]]]

_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGIT = "[0-9０-９]"
_APART = r"[\- \x{3000}\x{a0}\x{2002}\x{2003}\x{2009}\x{202f}‐‑‒–—―−－]"
# Ten digits and more that are no part of a word: what `personal` may find something in; else a passport.
_MAY_BE_PERSONAL = (
    rf"(?:^|[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ]){_DIGIT}(?:{_APART}?{_DIGIT}){{9,}}(?:{_APART}?[XxＸｘ])?"
    r"(?:$|[^0-9A-Za-z０-９Ａ-Ｚａ-ｚ_])|护照|[Pp][Aa][Ss][Ss][Pp][Oo][Rr][Tt]"
)


class Checks:
    """Runs the checks. `beyond` counts the problems that are not listed, `warnings` what a person should see."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        descriptor: Descriptor,
        read: Reading,
        unread: set[str],
        period: str = "",
    ) -> None:
        self.connection, self.descriptor, self.read, self.unread = connection, descriptor, read, unread
        self.period = period
        self.few = repeating(connection, "typed", descriptor.names)
        self.beyond = 0
        self.warnings: list[Told] = []

    def run(self, known: Mapping[str, Keys]) -> Iterator[Told]:
        """All that is wrong, column by column, then keys."""
        for field in self.descriptor.fields:
            yield from self._demands(field)
            yield from self._people(field)
        yield from self._key_given()
        yield from self._repeated()
        for foreign in self.descriptor.foreign_keys:
            yield from self._found(foreign, known)

    def _demands(self, field: Field) -> Iterator[Told]:
        """What a single value must be. A cell that could not be read comes as a problem, told already."""
        demands = [*broken(field, self._unread(field.name)), *(beyond := self._beyond_period(field))]
        if not demands or not (beyond or self._any(field, " OR ".join(broken(field, "")))):
            return
        breaking = " OR ".join(demands)
        for row, outcome in self.read(field.name, self._rows(breaking)):
            if isinstance(outcome, Cell) and (problem := self._problem(outcome.value, field)):
                yield row, field.name, problem

    def _problem(self, value: Value, field: Field) -> Problem | None:
        return constraints.problem_of(value, field) or stray(value, field, self.descriptor, self.period)

    def _beyond_period(self, field: Field) -> list[str]:
        """SQL that is true for a value outside the period that is published, or for none."""
        register = self.descriptor
        if not self.period or register.intake is not Intake.PERIOD or field.name != register.period:
            return []
        text = _text(field, quoted(field.name))
        found = self.connection.execute(f"SELECT DISTINCT {text} FROM typed").fetchall()  # noqa: S608
        other = [each for (each,) in found if each and not lies_within(each, self.period)]
        gap = [f"({quoted(field.name)} IS NULL{self._unread(field.name)})"]
        return [
            *([f"{text} IN ({', '.join(map(literal, other))})"] if other else []),
            *([] if field.name in register.primary_key else gap),
        ]

    def _people(self, field: Field) -> Iterator[Told]:
        """Personal numbers in columns that do not declare them."""
        if not personal.may_hold(field):
            return
        suspect = f"regexp_matches({quoted(field.name)}, {literal(_MAY_BE_PERSONAL)})"
        if not self._any(field, suspect):
            return
        found = self.connection.cursor().execute(
            f"SELECT _row, {quoted(field.name)} FROM typed WHERE {suspect} ORDER BY _row"  # noqa: S608
        )
        while batch := found.fetchmany(MOST_LISTED):
            for row, text in batch:
                for one in personal.found_in(text, field):
                    told = (row, field.name, Problem(f"公开的列里有{WORDS[one.kind]}", one.remedy, one.value))
                    if one.severity is Severity.BLOCK:
                        yield told
                    elif len(self.warnings) < MOST_LISTED:
                        self.warnings.append(told)

    def _any(self, field: Field, condition: str) -> bool:
        """Whether that holds for any value of the column."""
        values = different(field.name, "typed", self.few)
        return bool(self._number(f"SELECT count(*) FROM (SELECT 1 FROM {values} WHERE {condition} LIMIT 1)"))  # noqa: S608

    def _key_given(self) -> Iterator[Told]:
        for name in self.descriptor.primary_key:
            field = self.descriptor.field(name)
            if not field.required:
                problem = Problem("主键没有填写", f"请填写“{field.title}”", "")
                missing = f"{quoted(name)} IS NULL{self._unread(name)}"
                yield from ((row, name, problem) for row in self._rows(missing))

    def _repeated(self) -> Iterator[Told]:
        key = self.descriptor.primary_key
        if key:
            yield from self._once(key, "主键")
        for field in self.descriptor.fields:
            if field.unique and key != (field.name,):
                yield from self._once((field.name,), "值")

    def _once(self, names: Sequence[str], what: str) -> Iterator[Told]:
        """No two rows have the same values in these columns; rows with a gap there are left to other rules."""
        columns, given = ", ".join(map(quoted, names)), self._given(names)
        again = (
            f"SELECT {columns}, min(_row) AS first, count(*) AS times FROM typed WHERE {given}"  # noqa: S608
            f" GROUP BY {columns} HAVING count(*) > 1"
        )
        same = " AND ".join(f"t.{quoted(name)} = a.{quoted(name)}" for name in names)
        titles = "＋".join(self.descriptor.field(name).title for name in names)
        times = self._number(f"SELECT coalesce(sum(times - 1), 0) FROM ({again})")  # noqa: S608
        if not times:
            return
        rows = self.connection.execute(
            f"SELECT t._row, a.first, {self._shown(names, 't')} FROM typed t JOIN ({again}) a ON {same}"  # noqa: S608
            f" WHERE t._row > a.first ORDER BY t._row LIMIT {MOST_LISTED}"
        ).fetchall()
        self.beyond += times - len(rows)
        for row, first, value in rows:
            message = f"{what}（{titles}）与第 {first} 行重复"
            yield row, names[0], Problem(message, "请删去重复的行，或者更正其中一行", value)

    def _found(self, foreign: ForeignKey, known: Mapping[str, Keys]) -> Iterator[Told]:
        if foreign.register and foreign.register not in known:
            return
        there = self._there(foreign, known)
        where = f"登记册 {foreign.register}" if foreign.register else "本表"
        lost = f"{self._given(foreign.fields)} AND {self._shown(foreign.fields, 'typed')} NOT IN ({there})"
        rows = self.connection.execute(
            f"SELECT _row, {self._shown(foreign.fields, 'typed')} FROM typed WHERE {lost} ORDER BY _row"  # noqa: S608
            f" LIMIT {MOST_LISTED}"
        ).fetchall()
        self.beyond += self._number(f"SELECT count(*) FROM typed WHERE {lost}") - len(rows)  # noqa: S608
        for row, value in rows:
            remedy = f"请先在{where}登记，或者更正这里的值"
            yield row, foreign.fields[0], Problem(f"在{where}里找不到", remedy, value)

    def _there(self, foreign: ForeignKey, known: Mapping[str, Keys]) -> str:
        """SQL for the keys that a foreign key may name, each as one text."""
        if not foreign.register:
            shown, given = self._shown(foreign.there, "typed"), self._given(foreign.there)
            return f"SELECT {shown} FROM typed WHERE {given}"  # noqa: S608
        table = quoted(f"known {foreign.register}")
        self.connection.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT unnest(?::VARCHAR[]) AS key",
            [["＋".join(key) for key in known[foreign.register]]],
        )
        return f"SELECT key FROM {table}"  # noqa: S608

    def _shown(self, names: Sequence[str], table: str) -> str:
        return shown(self.descriptor, names, table)

    def _given(self, names: Sequence[str]) -> str:
        return " AND ".join(f"{quoted(name)} IS NOT NULL" for name in names)

    def _unread(self, name: str) -> str:
        return f" AND NOT {quoted(f'unread {name}')}" if name in self.unread else ""

    def _rows(self, broken: str) -> list[int]:
        """The first rows where that holds; the others are counted."""
        found = self.connection.execute(
            f"SELECT _row FROM typed WHERE {broken} ORDER BY _row LIMIT {MOST_LISTED + 1}"  # noqa: S608
        ).fetchall()
        if len(found) > MOST_LISTED:
            whole = self._number(f"SELECT count(*) FROM typed WHERE {broken}")  # noqa: S608
            self.beyond += whole - MOST_LISTED
        return [row for (row,) in found[:MOST_LISTED]]

    def _number(self, statement: str) -> int:
        found: Any = self.connection.execute(statement).fetchone()
        return int(found[0])


def shown(descriptor: Descriptor, names: Sequence[str], table: str) -> str:
    """SQL for the canonical texts of some columns as one; nothing where one is not given."""
    return " || '＋' || ".join(_text(descriptor.field(name), f"{table}.{quoted(name)}") for name in names)


def broken(field: Field, unread: str) -> Iterator[str]:
    """SQL that is true for every value that breaks a demand of the field, and for some that may not.

    `unread` takes out what was told.
    """
    name = quoted(field.name)
    if field.required:
        yield f"({name} IS NULL{unread})"
    if field.enum:
        yield f"{name} NOT IN ({', '.join(map(literal, field.enum))})"
    if field.pattern:
        yield f"NOT regexp_full_match({name}, {literal(field.pattern)})"
    if field.min_length is not None:
        yield f"length({name}) < {field.min_length}"
    if field.max_length is not None:
        yield f"length({name}) > {field.max_length}"
    if field.check is Check.USCC:
        yield _wrong_credit_code(name)
    if field.check is Check.ID_NUMBER:
        yield f"{name} IS NOT NULL"
    for bound, sign in ((field.minimum, "<"), (field.maximum, ">")):
        if bound is not None:
            yield _beyond(field, sign, bound)


def _beyond(field: Field, sign: str, bound: float | str) -> str:
    """Numbers compare as numbers, all else as its canonical text."""
    if field.type.is_numeric:
        return f"{quoted(field.name)} {sign} CAST({literal(str(bound))} AS DOUBLE)"
    return f"{_text(field, quoted(field.name))} {sign} {literal(str(bound))}"


def _wrong_credit_code(name: str) -> str:
    """GB 32100-2015: the sum of the first 17 values, weighted by powers of 3 mod 31, gives the last."""
    values = (f"(strpos('{_CREDIT}', substr({name}, {at + 1}, 1)) - 1) * {3**at % 31}" for at in range(17))
    last = f"substr('{_CREDIT}', (31 - ({' + '.join(values)}) % 31) % 31 + 1, 1)"
    return f"(NOT regexp_full_match({name}, '[{_CREDIT}]{{18}}') OR substr({name}, 18, 1) <> {last})"


def _text(field: Field, column: str) -> str:
    """SQL for the canonical text of a value."""
    match field.type:
        case Type.NUMBER:
            return f"regexp_replace(CAST({column} AS VARCHAR), '\\.0$', '')"
        case Type.DATETIME:
            return f"strftime({column}, '%Y-%m-%dT%H:%M:%S')"
        case _:
            return f"CAST({column} AS VARCHAR)"
