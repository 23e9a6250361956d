"""A whole table against its register: every cell, every key, all problems at once.

Plain and slow on purpose: it is what small files are checked with, and the twin that the engine's way
for large ones is compared with.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from dataclasses import field as default

from yangguang.rules.periods import lies_within
from yangguang.rules.scan import Severity
from yangguang.rules.scan.findings import WORDS
from yangguang.rules.tables import constraints, personal
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.cells import Cell, Problem, Value, read_cell
from yangguang.rules.tables.counting import counted
from yangguang.rules.tables.report import MOST_LISTED, Altered, Finding, Report
from yangguang.rules.tables.schema import Descriptor, Field, ForeignKey, Intake

Keys = Set[tuple[str, ...]]


@dataclass(frozen=True)
class Row:
    """One row of a file: its number as the file counts, its raw cells by name of field."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Layout:
    """Where the rows come from: the sheet, the file's label of each field's column (C), the stated units."""

    sheet: str = ""
    columns: Mapping[str, str] = default(default_factory=dict)
    units: Mapping[str, str] = default(default_factory=dict)

    def label(self, field: Field) -> str:
        """What the file calls a field's column; the register's title where the file has none for it."""
        return self.columns.get(field.name, field.title)


NO_LAYOUT = Layout()


def finding(layout: Layout, number: int, field: Field, problem: Problem) -> Finding:
    """What is wrong in row `number` of the file, with the place as the file labels it."""
    column = layout.label(field)
    return Finding(
        layout.sheet,
        number,
        column,
        field.name,
        problem.value,
        problem.message,
        problem.remedy,
        "" if column == field.title else field.title,
    )


def stray(value: Value, field: Field, descriptor: Descriptor, period: str) -> Problem | None:
    """What is wrong with a row of another period than the one that is published, or of none."""
    if not period or descriptor.intake is not Intake.PERIOD or field.name != descriptor.period:
        return None
    if value is None and field.name in descriptor.primary_key:
        return None
    told = write(value)
    if lies_within(told, period):
        return None
    remedy = f"请改成 {period}，或者把这一行移到它自己那一期的文件；整份文件都是别的期，就改所属期"
    return Problem(f"不属于这次发布的所属期 {period}", remedy, told)


def unchecked(descriptor: Descriptor, known: Mapping[str, Keys], layout: Layout) -> list[Finding]:
    """A warning for each foreign key that could not be checked: the other register's keys are not known."""
    return [
        finding(
            layout,
            0,
            descriptor.field(foreign.fields[0]),
            Problem(
                f"没有核对：登记册 {foreign.register} 还没有可以对照的版次",
                f"请先发布登记册 {foreign.register}，或者自行核对这一列",
                "",
            ),
        )
        for foreign in descriptor.foreign_keys
        if foreign.register and foreign.register not in known
    ]


def check_rows(
    descriptor: Descriptor,
    rows: Iterable[Row],
    layout: Layout = NO_LAYOUT,
    *,
    period: str = "",
    known: Mapping[str, Keys] | None = None,
) -> Report:
    """Check a table.

    `period` is the key of the period that is published ("2017-08"): where the file replaces the rows of its
    period, no row may lie outside. `known` holds, by name of register, the keys (canonical text) that foreign keys may name.

    A foreign key to a register that is not in `known` is not checked, which a warning says. Rows without any
    value are left out.
    """
    table = _Table(descriptor, layout, period)
    for row in rows:
        table.take(row)
    table.compare_keys(known or {})
    return table.report()


class _Table:
    def __init__(self, descriptor: Descriptor, layout: Layout, period: str) -> None:
        self._descriptor = descriptor
        self._period = period
        self._layout = layout
        self._problems: list[Finding] = []
        self._warnings: list[Finding] = []
        self._changes: list[Altered] = []
        self._problem_count = self._change_count = 0
        self._values: list[tuple[Value, ...]] = []
        self._numbers: list[int] = []
        # Cells that could not be read: no other rule speaks about them.
        self._unread: set[tuple[int, str]] = set()

    def take(self, row: Row) -> None:
        outcomes = [self._read(row.cells.get(field.name), field) for field in self._descriptor.fields]
        if all(isinstance(each, Cell) and each.value is None for each in outcomes):
            return
        values: list[Value] = []
        for field, outcome in zip(self._descriptor.fields, outcomes, strict=True):
            if isinstance(outcome, Problem):
                self._unread.add((row.number, field.name))
                self._note(row.number, field, outcome)
                values.append(None)
                continue
            values.append(outcome.value)
            if outcome.change:
                self._altered(row.number, field, outcome)
            problem = constraints.problem_of(outcome.value, field)
            problem = problem or stray(outcome.value, field, self._descriptor, self._period)
            if problem:
                self._note(row.number, field, problem)
            self._look_for_people(row.number, field, outcome.value)
        self._values.append(tuple(values))
        self._numbers.append(row.number)

    def compare_keys(self, known: Mapping[str, Keys]) -> None:
        key = self._descriptor.primary_key
        if key:
            self._given(key)
            self._once(key, "主键")
        for field in self._descriptor.fields:
            if field.unique and key != (field.name,):
                self._once((field.name,), "值")
        self._warnings += unchecked(self._descriptor, known, self._layout)
        for foreign in self._descriptor.foreign_keys:
            there = known.get(foreign.register) if foreign.register else self._own(foreign.there)
            if there is not None:
                self._found(foreign, there)

    def report(self) -> Report:
        return Report(
            tuple(sorted(self._problems, key=lambda each: each.row)),
            tuple(self._warnings),
            tuple(self._changes),
            self._problem_count,
            self._change_count,
            tuple(self._values),
            counted(self._descriptor, self._values),
            len(self._values),
        )

    def _read(self, raw: object, field: Field) -> Cell | Problem:
        unit = self._layout.units.get(field.name, "")
        return read_cell(raw, field, missing=self._descriptor.missing_values, unit=unit)

    def _given(self, key: tuple[str, ...]) -> None:
        """Every part of the primary key has a value (one that is required was told already)."""
        for number, values in zip(self._numbers, self._values, strict=True):
            for name in key:
                field = self._descriptor.field(name)
                missing = values[self._descriptor.names.index(name)] is None
                if missing and not field.required and (number, name) not in self._unread:
                    self._note(number, field, Problem("主键没有填写", f"请填写“{field.title}”", ""))

    def _once(self, names: tuple[str, ...], what: str) -> None:
        """No two rows have the same values in these columns; rows with a gap there are left to other rules."""
        first: dict[tuple[str, ...], int] = {}
        titles = "＋".join(self._descriptor.field(name).title for name in names)
        for number, key in self._keys(names):
            if key in first:
                message = f"{what}（{titles}）与第 {first[key]} 行重复"
                remedy = "请删去重复的行，或者更正其中一行"
                self._note(number, self._descriptor.field(names[0]), Problem(message, remedy, "＋".join(key)))
            first.setdefault(key, number)

    def _found(self, foreign: ForeignKey, there: Keys) -> None:
        where = f"登记册 {foreign.register}" if foreign.register else "本表"
        for number, key in self._keys(foreign.fields):
            if key not in there:
                problem = Problem(
                    f"在{where}里找不到", f"请先在{where}登记，或者更正这里的值", "＋".join(key)
                )
                self._note(number, self._descriptor.field(foreign.fields[0]), problem)

    def _own(self, names: tuple[str, ...]) -> Keys:
        return {key for _, key in self._keys(names)}

    def _keys(self, names: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
        """The number of each row with its canonical values in these columns, where all are given."""
        places = [self._descriptor.names.index(name) for name in names]
        return [
            (number, tuple(write(values[place]) for place in places))
            for number, values in zip(self._numbers, self._values, strict=True)
            if all(values[place] is not None for place in places)
        ]

    def _look_for_people(self, number: int, field: Field, value: Value) -> None:
        if not isinstance(value, str) or not personal.may_hold(field):
            return
        for found in personal.found_in(value, field):
            problem = Problem(f"公开的列里有{WORDS[found.kind]}", found.remedy, found.value)
            if found.severity is Severity.BLOCK:
                self._note(number, field, problem)
            elif len(self._warnings) < MOST_LISTED:
                self._warnings.append(self._finding(number, field, problem))

    def _note(self, number: int, field: Field, problem: Problem) -> None:
        self._problem_count += 1
        if len(self._problems) < MOST_LISTED:
            self._problems.append(self._finding(number, field, problem))

    def _altered(self, number: int, field: Field, cell: Cell) -> None:
        self._change_count += 1
        if cell.change and len(self._changes) < MOST_LISTED:
            column = self._layout.label(field)
            self._changes.append(Altered(self._layout.sheet, number, column, field.name, cell.change))

    def _finding(self, number: int, field: Field, problem: Problem) -> Finding:
        return finding(self._layout, number, field, problem)
