"""From a large csv file to the next whole table: clean cells pass in SQL, the others one by one by the rules.

The cells stand as text in the table `cells`. A cell in its canonical form (`rules.tables.canonical`) is
cast; every other different text of a column is read once by `rules.tables.cells`, and what became of it
is looked up for all rows that hold it. What concerns columns and keys is checked in SQL (`checks`). The
slow twin is `rules.tables.checking.check_rows`. Nothing is written while there is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yangguang.rules.tables import canonical
from yangguang.rules.tables.cells import Cell, Problem, read_cell
from yangguang.rules.tables.checking import Keys, Layout, finding
from yangguang.rules.tables.report import MOST_LISTED, Altered, Finding, Report
from yangguang.rules.tables.schema import Descriptor, Field
from yangguang.warehouse import store
from yangguang.warehouse.tables import encoding, engine
from yangguang.warehouse.tables.checks import Checks
from yangguang.warehouse.tables.columns import SQL_TYPES, different, literal, quoted, repeating
from yangguang.warehouse.tables.merging import Whole, merge

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HEADING_ROWS = 1
AT_ONCE = 10_000
LONGEST_LINE = 16_777_216
# What became of a text: nothing to say, its form was changed, it cannot be taken.
FINE, CHANGED, UNREAD = range(3)


@dataclass(frozen=True)
class Loaded:
    """What came of a file: the next whole table where nothing is wrong, and the report (without its rows)."""

    whole: Whole | None
    report: Report
    rows: int


def load_csv(
    file: Path,
    descriptor: Descriptor,
    columns: Sequence[str],
    *,
    layout: Layout | None = None,
    known: Mapping[str, Keys] | None = None,
    previous: str = "",
    period: str = "",
) -> Loaded:
    """Check a csv file whose first row is its heading, and make the next whole table where it passes.

    UTF-8 (with or without its mark), UTF-16, GB18030 and GBK are read. `columns` names the field that each
    column of the file holds, "" for one to leave out. `layout` and `known` are as in `check_rows`,
    `previous` and `period` as in `merging.write_whole`. Raises `encoding.Unreadable` for a file that is no
    table, DiskFull, TooLarge.
    """
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        names = [name or f" {place}" for place, name in enumerate(columns)]
        declared = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
        given = [name for name in columns if name]
        reading = (
            f"CREATE TABLE cells AS SELECT {', '.join(map(quoted, given))} FROM read_csv(?,"  # noqa: S608
            " auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='',"
            f" max_line_size={LONGEST_LINE}, columns={{{declared}}})"
        )
        encoding.stage(connection, reading, file, folder / "text.csv")
        table = _Table(connection, descriptor, layout or Layout(), given)
        report = table.check(known or {})
        rows = _number(connection, "SELECT count(*) FROM typed")
        if not report.passed:
            return Loaded(None, report, rows)
        whole = merge(
            connection, "typed", descriptor, folder=folder, previous=previous, period=period, order="_row"
        )
    return Loaded(whole, report, rows)


@dataclass
class _Table:
    """The table `cells` on its way to `typed`, and what there is to say of it."""

    connection: DuckDBPyConnection
    descriptor: Descriptor
    layout: Layout
    given: Sequence[str]
    problems: list[Finding] = field(default_factory=list)
    changes: list[Altered] = field(default_factory=list)
    problem_count: int = 0
    change_count: int = 0

    def check(self, known: Mapping[str, Keys]) -> Report:
        others = self._with_others()
        for each in others:
            self._read_others(each)
        self._type(others)
        checks = Checks(self.connection, self.descriptor, self._text, {each.name for each in others})
        for row, name, problem in checks.run(known):
            self._note(row, self.descriptor.field(name), problem)
        self.problem_count += checks.beyond
        ordered = sorted(self.problems, key=lambda each: each.row)
        return Report(
            tuple(ordered[:MOST_LISTED]),
            tuple(
                finding(self.layout, row, self.descriptor.field(name), problem)
                for row, name, problem in checks.warnings
            ),
            tuple(sorted(self.changes, key=lambda each: each.row)[:MOST_LISTED]),
            self.problem_count,
            self.change_count,
            (),
        )

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
        return f"{given} AND ({quoted(each.name)} IN ({missing}) OR NOT regexp_full_match({quoted(each.name)}, ?))"

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
                    Altered(self.layout.sheet, row, self._label(each), each.name, outcome.change)
                )
        for row, text in self._noted(each, UNREAD):
            outcome = self._read(text, each)
            if isinstance(outcome, Problem):
                self.problems.append(finding(self.layout, row, each, outcome))
        self.change_count += self._count_noted(each, CHANGED)
        self.problem_count += self._count_noted(each, UNREAD)

    def _noted(self, each: Field, note: int) -> list[Any]:
        return self.connection.execute(
            f"SELECT c.rowid + {HEADING_ROWS + 1}, before FROM cells c JOIN {_map(each)}"  # noqa: S608
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
        shown, joins = [f"c.rowid + {HEADING_ROWS + 1} AS _row"], []
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
            f"SELECT rowid + {HEADING_ROWS + 1}, {quoted(name)} FROM cells"  # noqa: S608
            f" WHERE rowid + {HEADING_ROWS + 1} IN (SELECT unnest(?::BIGINT[])) ORDER BY 1",
            [list(rows)],
        )
        yield from ((row, self._read(text, each)) for row, text in found.fetchall())

    def _read(self, text: str | None, each: Field) -> Cell | Problem:
        unit = self.layout.units.get(each.name, "")
        return read_cell(text, each, missing=self.descriptor.missing_values, unit=unit)

    def _note(self, row: int, each: Field, problem: Problem) -> None:
        self.problem_count += 1
        self.problems.append(finding(self.layout, row, each, problem))

    def _label(self, each: Field) -> str:
        return self.layout.columns.get(each.name, each.title)


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
