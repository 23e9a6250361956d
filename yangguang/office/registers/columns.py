"""How a file is read, for the screen on which a person confirms it: a row for each of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from yangguang.registers import intake as files
from yangguang.registers.actions import intakes
from yangguang.registers.intake import Proposed, Sheet, Unreadable
from yangguang.registers.intake.checking import letters
from yangguang.registers.models import Intake
from yangguang.rules.tables import suspects
from yangguang.rules.tables.columns import WORDS, How, Proposal
from yangguang.rules.tables.grid import text_of
from yangguang.rules.tables.headings import WORDS as KINDS
from yangguang.rules.tables.headings import RowKind, asides
from yangguang.rules.tables.schema import Field
from yangguang.warehouse import store

SAMPLES = 3
ROWS_NAMED = 10
MOST_HEADING_ROWS = 6
LONGEST_SAMPLE = 40


@dataclass(frozen=True)
class Column:
    """A column of the file: its label, heading and first values, the field proposed, why, and the doubt."""

    place: int
    label: str
    heading: str
    samples: Sequence[str]
    field: str
    why: str
    doubt: str
    unit: str


@dataclass(frozen=True)
class Reading:
    """A file with the reading proposed for it; rows of the heading are counted from 1.

    `whole`: all of its rows were looked at; of a large csv file only the first.
    """

    sheets: Sequence[Sheet]
    proposed: Proposed
    columns: Sequence[Column]
    rows: int
    whole: bool
    left_out: Sequence[tuple[str, str]]

    @property
    def first_row(self) -> int:
        return self.proposed.choices.first_row + 1

    @property
    def last_row(self) -> int:
        return self.proposed.choices.last_row + 1


def read(
    taken: Intake, *, sheet: str = "", first_row: int | None = None, last_row: int | None = None
) -> Reading:
    """The reading proposed, with the sheet and the heading (rows from 1) that a person may have named.

    Raises Unreadable where nothing there is like a heading.
    """
    sheets = files.read_file(store.path(taken.sha256), taken.name)
    named = _heading_named(sheets, sheet, first_row, last_row)
    known = intakes.remembered(taken.register)
    proposed = files.propose(sheets, taken.register.described, sheet=sheet, remembered=known, **named)
    grid = next(one for one in sheets if one.name == proposed.choices.sheet)
    below = range(proposed.heading.last_row + 1, len(grid.rows))
    others = asides(grid.rows, proposed.heading, suspects.rows(grid.rows, proposed.heading))
    data = (number for number in below if number not in others)
    shown = [grid.rows[number] for number in islice(data, SAMPLES)]
    columns = [_column(one, shown, taken) for one in proposed.columns if _is_there(one, shown)]
    return Reading(sheets, proposed, columns, len(below) - len(others), grid.form is None, _left_out(others))


def _heading_named(
    sheets: Sequence[Sheet], sheet: str, first_row: int | None, last_row: int | None
) -> dict[str, int]:
    """The heading's rows from 0, where a person named them and the sheet has them."""
    if first_row is None:
        return {}
    grid = next((one.rows for one in sheets if one.name == sheet), sheets[0].rows)
    last = max(first_row if last_row is None else last_row, first_row)
    if first_row < 1 or last > len(grid):
        raise Unreadable(f"工作表只有 {len(grid)} 行，没有第 {last} 行；请重新选择表头所在的行")
    if last - first_row >= MOST_HEADING_ROWS:
        raise Unreadable(f"表头最多 {MOST_HEADING_ROWS} 行；请重新选择表头所在的行")
    named = {"first_row": first_row - 1}
    return named if last_row is None else {**named, "last_row": last - 1}


def choices_of(reading: Reading, chosen: dict[int, str]) -> tuple[str, ...]:
    """The field of each column as a person chose; a column that was not shown has none."""
    return tuple(chosen.get(place, "") for place in range(len(reading.proposed.columns)))


def fields_of(taken: Intake) -> Sequence[Field]:
    return taken.register.described.fields


def _column(proposal: Proposal, shown: Sequence[Sequence[object]], taken: Intake) -> Column:
    described = taken.register.described
    unit = ""
    if proposal.field and proposal.unit:
        unit = f"{proposal.unit}换算为{described.field(proposal.field).unit}"
    doubt = proposal.problem or (WORDS[proposal.how] if proposal.how is How.SIMILAR else "")
    return Column(
        proposal.column,
        letters(proposal.column),
        proposal.heading,
        [_sample(row, proposal.column) for row in shown],
        proposal.field,
        WORDS[proposal.how],
        doubt,
        unit,
    )


def _is_there(proposal: Proposal, shown: Sequence[Sequence[object]]) -> bool:
    return bool(proposal.heading) or any(_sample(row, proposal.column) for row in shown)


def _sample(row: Sequence[object], place: int) -> str:
    value = row[place] if place < len(row) else None
    # Workbooks hold whole numbers as 20.0; a person typed 20.
    text = text_of(int(value) if isinstance(value, float) and value.is_integer() else value)
    return text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…"


def _left_out(others: Mapping[int, RowKind]) -> list[tuple[str, str]]:
    """The rows that are no data, by what they were taken for, counted from 1."""
    found: dict[RowKind, list[str]] = {}
    for number, kind in others.items():
        if kind is not RowKind.BLANK:
            found.setdefault(kind, []).append(str(number + 1))
    return [
        (KINDS[kind], "、".join(numbers[:ROWS_NAMED]) + ("…" if len(numbers) > ROWS_NAMED else ""))
        for kind, numbers in found.items()
    ]
