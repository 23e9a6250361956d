"""A table of texts on its way to a typed one: clean cells pass in SQL, the others one by one by the rules.

A cell in its canonical form (`rules.tables.canonical`) is cast; every other different text of a column is
read once by `rules.tables.cells`, and what became of it is looked up for all rows that hold it. What
concerns columns and keys is checked in SQL (`checks`). The slow twin is `rules.tables.checking.check_rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yangguang.rules.tables import canonical
from yangguang.rules.tables.cells import EXCEL_ERRORS, Cell, Problem, read_cell
from yangguang.rules.tables.checking import Keys, Layout, finding, unchecked
from yangguang.rules.tables.counting import beside, is_counted
from yangguang.rules.tables.report import MOST_LISTED, Altered, Finding, Report
from yangguang.rules.tables.schema import Descriptor, Field, Intake
from yangguang.warehouse.tables.checks import Checks, shown
from yangguang.warehouse.tables.columns import SQL_TYPES, different, literal, quoted, repeating

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 10_000
# What became of a text: nothing to say, its form was changed, it cannot be taken.
FINE, CHANGED, UNREAD = range(3)


def _as_it_is(text: str | None) -> object:
    return text


@dataclass
class Texts:
    """The table `cells` on its way to `typed`, and what there is to say of it.

    `cells` has `_row`, the row in the file, and the columns `given`. `decode` makes the raw cell of a text.
    """

    connection: DuckDBPyConnection
    descriptor: Descriptor
    layout: Layout
    given: Sequence[str]
    period: str = ""
    decode: Callable[[str | None], object] = _as_it_is
    problems: list[Finding] = field(default_factory=list)
    changes: list[Altered] = field(default_factory=list)
    problem_count: int = 0
    change_count: int = 0

    def check(self, known: Mapping[str, Keys]) -> Report:
        others = self._with_others()
        for each in others:
            self._read_others(each)
        self._type(others)
        checks = Checks(
            self.connection, self.descriptor, self._text, {each.name for each in others}, self.period
        )
        for row, name, problem in checks.run(known):
            self._note(row, self.descriptor.field(name), problem)
        self.problem_count += checks.beyond
        ordered = sorted(self.problems, key=lambda each: each.row)
        return Report(
            tuple(ordered[:MOST_LISTED]),
            (
                *(
                    finding(self.layout, row, self.descriptor.field(name), problem)
                    for row, name, problem in checks.warnings
                ),
                *unchecked(self.descriptor, known, self.layout),
            ),
            tuple(sorted(self.changes, key=lambda each: each.row)[:MOST_LISTED]),
            self.problem_count,
            self.change_count,
            (),
            beside(self.descriptor, self._counted()),
            _number(self.connection, "SELECT count(*) FROM typed"),
        )

    def met(self, watched: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
        """Those of the watched keys, canonical texts by name of field, that rows have."""
        if not watched:
            return []
        names = sorted(watched[0])
        key = shown(self.descriptor, names, "typed")
        wanted = {"＋".join(each[name] for name in names): each for each in watched}
        found = self.connection.execute(
            f"SELECT DISTINCT {key} FROM typed WHERE {key} IN (SELECT unnest(?::VARCHAR[]))",  # noqa: S608
            [list(wanted)],
        )
        return [wanted[text] for (text,) in found.fetchall()]

    def _counted(self) -> dict[str, int]:
        """How many different values the measured column has in each period."""
        measure = self.descriptor.measure
        if measure is None or not is_counted(self.descriptor):
            return {}
        by_period = self.descriptor.intake is Intake.PERIOD
        period = f"coalesce(CAST({quoted(self.descriptor.period)} AS VARCHAR), '')" if by_period else "''"
        found = self.connection.execute(
            f"SELECT {period}, count(DISTINCT {quoted(measure.field)}) FROM typed GROUP BY 1"  # noqa: S608
        ).fetchall()
        return dict(found) if by_period or found else {"": 0}

    def _with_others(self) -> list[Field]:
        """The columns with cells that are not canonical, found in one look at all."""
        fields = [each for each in self.descriptor.fields if each.name in self.given]
        if not fields:
            return []
        few = repeating(self.connection, "cells", [each.name for each in fields])
        counts = ", ".join(
            f"(SELECT count_if({self._other(each)}) FROM {different(each.name, 'cells', few)})"  # noqa: S608
            for each in fields
        )
        patterns = [canonical.pattern(each) for each in fields if each.name not in self.layout.units]
        found = self.connection.execute(f"SELECT {counts}", patterns).fetchone() or ()
        return [each for each, count in zip(fields, found, strict=True) if count]

    def _other(self, each: Field) -> str:
        """SQL that is true for a cell to be read: not canonical, no value, in another unit than the field's."""
        given = f"{quoted(each.name)} IS NOT NULL"
        if each.name in self.layout.units:
            return given
        missing = ", ".join(map(literal, ("", *self.descriptor.missing_values)))
        name, errors = quoted(each.name), ", ".join(map(literal, sorted(EXCEL_ERRORS)))
        failed = (
            f" OR (starts_with({name}, '#') AND upper({name}) IN ({errors}))" if each.type.is_text else ""
        )
        return f"{given} AND ({name} IN ({missing}){failed} OR NOT regexp_full_match({name}, ?))"

    def _read_others(self, each: Field) -> None:
        """Keep what the different texts of a column become; list what was changed and what cannot be read."""
        self.connection.execute(f"CREATE TABLE {_map(each)} (before VARCHAR, after VARCHAR, note TINYINT)")
        patterns = [] if each.name in self.layout.units else [canonical.pattern(each)]
        cursor = self.connection.cursor()
        found = cursor.execute(
            f"SELECT DISTINCT {quoted(each.name)} FROM cells WHERE {self._other(each)}",  # noqa: S608
            patterns,
        )
        while texts := [text for (text,) in found.fetchmany(AT_ONCE)]:
            made = [self._read(text, each) for text in texts]
            self.connection.execute(
                f"INSERT INTO {_map(each)} SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]),"
                " unnest(?::TINYINT[])",
                [texts, [_after(one) for one in made], [_note(one) for one in made]],
            )
        for row, text in self._noted(each, CHANGED):
            outcome = self._read(text, each)
            if isinstance(outcome, Cell) and outcome.change:
                self.changes.append(
                    Altered(self.layout.sheet, row, self.layout.label(each), each.name, outcome.change)
                )
        for row, text in self._noted(each, UNREAD):
            outcome = self._read(text, each)
            if isinstance(outcome, Problem):
                self.problems.append(finding(self.layout, row, each, outcome))
        self.change_count += self._count_noted(each, CHANGED)
        self.problem_count += self._count_noted(each, UNREAD)

    def _noted(self, each: Field, note: int) -> list[Any]:
        return self.connection.execute(
            f"SELECT c._row, before FROM cells c JOIN {_map(each)}"  # noqa: S608
            f" ON c.{quoted(each.name)} = before WHERE note = ? ORDER BY 1 LIMIT {MOST_LISTED}",
            [note],
        ).fetchall()

    def _count_noted(self, each: Field, note: int) -> int:
        statement = (
            f"SELECT count(*) FROM cells c SEMI JOIN (SELECT before FROM {_map(each)} WHERE note = {note})"  # noqa: S608
            f" ON c.{quoted(each.name)} = before"
        )
        return _number(self.connection, statement)

    def _type(self, others: Sequence[Field]) -> None:
        """`typed`: values with `_row`, the row in the file; and which could not be read. Blank rows are left out.

        A view where every cell is canonical: the file is then never held twice.
        """
        shown, joins = ["c._row"], []
        for place, each in enumerate(self.descriptor.fields):
            text = f"c.{quoted(each.name)}" if each.name in self.given else "NULL"
            if each in others:
                joins.append(f" LEFT JOIN {_map(each)} m{place} ON {text} = m{place}.before")
                shown.append(f"coalesce(m{place}.note = {UNREAD}, false) AS {quoted(f'unread {each.name}')}")
                text = f"CASE WHEN m{place}.before IS NULL THEN {text} ELSE m{place}.after END"
            shown.append(f"CAST({text} AS {SQL_TYPES[each.type]}) AS {quoted(each.name)}")
        blank = " AND ".join(f"c.{quoted(name)} IS NULL" for name in self.given) or "true"
        made = "TABLE" if joins else "VIEW"
        self.connection.execute(
            f"CREATE {made} typed AS SELECT {', '.join(shown)} FROM cells c{''.join(joins)} WHERE NOT ({blank})"  # noqa: S608
        )

    def _text(self, name: str, rows: Sequence[int]) -> Iterator[tuple[int, Cell | Problem]]:
        """The cells of a column in some rows, read as they stand in the file."""
        each = self.descriptor.field(name)
        if name not in self.given:
            yield from ((row, Cell(None)) for row in rows)
            return
        found = self.connection.execute(
            f"SELECT _row, {quoted(name)} FROM cells"  # noqa: S608
            " WHERE _row IN (SELECT unnest(?::BIGINT[])) ORDER BY 1",
            [list(rows)],
        )
        yield from ((row, self._read(text, each)) for row, text in found.fetchall())

    def _read(self, text: str | None, each: Field) -> Cell | Problem:
        unit = self.layout.units.get(each.name, "")
        return read_cell(self.decode(text), each, missing=self.descriptor.missing_values, unit=unit)

    def _note(self, row: int, each: Field, problem: Problem) -> None:
        self.problem_count += 1
        self.problems.append(finding(self.layout, row, each, problem))


def _after(outcome: Cell | Problem) -> str | None:
    return outcome.text or None if isinstance(outcome, Cell) else None


def _note(outcome: Cell | Problem) -> int:
    if isinstance(outcome, Problem):
        return UNREAD
    return CHANGED if outcome.change else FINE


def _map(each: Field) -> str:
    """The table of what the texts of a column became."""
    return quoted(f"became {each.name}")


def _number(connection: DuckDBPyConnection, statement: str) -> int:
    found = connection.execute(statement).fetchone()
    return int(found[0]) if found else 0
