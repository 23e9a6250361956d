"""A file, and how it is read, to the report on it; where nothing is wrong, to the next whole table.

Files of few rows are checked row by row by the rules, all others by the engine in SQL, with the same findings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from yangguang.registers.intake import doubts
from yangguang.registers.intake.reading import Choices
from yangguang.registers.intake.sheets import Sheet, read_file
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.tables import suspects
from yangguang.rules.tables.canonical import write
from yangguang.rules.tables.checking import Keys, Layout, Row, check_rows
from yangguang.rules.tables.headings import WORDS, Heading, RowKind, asides, heading_at
from yangguang.rules.tables.report import MOST_LISTED, Finding, Report
from yangguang.rules.tables.schema import Descriptor
from yangguang.warehouse.tables.loading import Loaded, Progress, Taking, in_silence, load_cells, load_csv
from yangguang.warehouse.tables.merging import Whole, write_whole

MANY = 2_000
"""Rows from which on the engine checks a sheet."""
Key = Mapping[str, str]
"""A row's key: canonical texts by name of field."""


@dataclass(frozen=True)
class Checked:
    """The report on a file, and the rows left out with what they were taken for (counted from 1).

    `whole` is the next table, in the store; None where something is wrong or it was not wanted. `met` are the
    watched keys that the file has.
    """

    report: Report
    left_out: dict[str, list[int]]
    whole: Whole | None = None
    met: Sequence[Key] = field(default=())


@dataclass(frozen=True)
class Against:
    """What a file is checked against beside its register.

    The keys of other registers by name, the period that is published, keys to look out for, and the hex SHA-256
    of the table that the file joins ("": none). `keep`: whether the next table is made.
    """

    known: Mapping[str, Keys] = field(default_factory=dict)
    period: str = ""
    watched: Sequence[Key] = ()
    previous: str = ""
    keep: bool = False


NOTHING = Against()


def check_file(
    file: Path,
    name: str,
    descriptor: Descriptor,
    choices: Choices,
    against: Against = NOTHING,
    *,
    progress: Progress = in_silence,
    sheets: Sequence[Sheet] = (),
) -> Checked:
    """Check every row of the chosen sheet of a file; all problems at once. `sheets`: as it was read, if it was.

    Raises Unreadable for a file that is none or has no such sheet, DiskFull, TooLarge.
    """
    progress("读取文件")
    sheet = chosen(sheets or read_file(file, name), choices)
    if sheet.form is None:
        return check_sheet(sheet, descriptor, choices, against, progress=progress)
    heading = heading_at(sheet.rows, choices.first_row, choices.last_row, merges=sheet.merges)
    taking = _taking(sheet, descriptor, choices, against, progress)
    loaded = load_csv(file, taking, heading=heading, form=sheet.form_below(heading.last_row))
    others = {number: kind for kind, found in loaded.left_out.items() for number in found}
    beginning = replace(sheet, rows=sheet.rows[: heading.last_row + 1])
    short = list(doubts.short_rows(sheet.name, loaded.short, len(choices.columns)))
    return _checked(beginning, heading, choices, loaded, others, short)


def check_sheet(
    sheet: Sheet,
    descriptor: Descriptor,
    choices: Choices,
    against: Against = NOTHING,
    *,
    progress: Progress = in_silence,
    many: int = MANY,
) -> Checked:
    """As `check_file`, for a sheet whose rows are all at hand; the engine checks one of `many` rows and more."""
    heading = heading_at(sheet.rows, choices.first_row, choices.last_row, merges=sheet.merges)
    below = range(heading.last_row + 1, len(sheet.rows))
    if len(below) < many:
        others = asides(sheet.rows, heading, below)
        return _row_by_row(sheet, heading, descriptor, choices, against, others)
    others = asides(sheet.rows, heading, suspects.rows(sheet.rows, heading))
    rows = ((number + 1, sheet.rows[number]) for number in below if number not in others)
    loaded = load_cells(rows, _taking(sheet, descriptor, choices, against, progress))
    warnings = doubts.of_sheet(sheet, heading, choices, others)
    return _checked(sheet, heading, choices, loaded, others, warnings)


def chosen(sheets: Sequence[Sheet], choices: Choices) -> Sheet:
    """The sheet that was chosen. Raises Unreadable where there is none of that name."""
    sheet = next((one for one in sheets if one.name == choices.sheet), None)
    if sheet is None:
        raise Unreadable(f"文件里没有工作表“{choices.sheet}”；请重新选择")
    return sheet


def letters(place: int) -> str:
    """A column's label as spreadsheets show it: 0 → A, 26 → AA."""
    label = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        label = chr(ord("A") + rest) + label
    return label


def _row_by_row(
    sheet: Sheet,
    heading: Heading,
    descriptor: Descriptor,
    choices: Choices,
    against: Against,
    others: Mapping[int, RowKind],
) -> Checked:
    places = _places(choices)
    taken = (
        Row(number + 1, {name: _cell(sheet.rows[number], place) for name, place in places.items()})
        for number in range(heading.last_row + 1, len(sheet.rows))
        if number not in others
    )
    layout = _layout(sheet, choices)
    report = check_rows(descriptor, taken, layout, period=against.period, known=against.known)
    whole = None
    if report.passed and against.keep:
        whole = write_whole(report.rows, descriptor, previous=against.previous, period=against.period)
    loaded = Loaded(whole, report, met=_met(descriptor, report, against.watched))
    warnings = doubts.of_sheet(sheet, heading, choices, others)
    return _checked(sheet, heading, choices, loaded, others, warnings)


def _met(descriptor: Descriptor, report: Report, watched: Sequence[Key]) -> list[Key]:
    if not watched:
        return []
    places = [(name, descriptor.names.index(name)) for name in watched[0]]
    keys = {tuple(write(row[place]) for _, place in places) for row in report.rows}
    return [each for each in watched if tuple(each[name] for name, _ in places) in keys]


def _taking(
    sheet: Sheet, descriptor: Descriptor, choices: Choices, against: Against, progress: Progress
) -> Taking:
    return Taking(
        descriptor,
        choices.columns,
        _layout(sheet, choices),
        against.known,
        against.previous,
        against.period,
        against.watched,
        against.keep,
        progress,
    )


def _layout(sheet: Sheet, choices: Choices) -> Layout:
    labels = {name: letters(place) for name, place in _places(choices).items()}
    return Layout(sheet.name, labels, dict(choices.units))


def _places(choices: Choices) -> dict[str, int]:
    return {name: place for place, name in enumerate(choices.columns) if name}


def _checked(
    sheet: Sheet,
    heading: Heading,
    choices: Choices,
    loaded: Loaded,
    others: Mapping[int, RowKind],
    warnings: Sequence[Finding],
) -> Checked:
    left_out: dict[str, list[int]] = {}
    for number, kind in others.items():
        if kind is not RowKind.BLANK:
            left_out.setdefault(WORDS[kind], []).append(number + 1)
    left_out |= doubts.left_out(sheet, heading, choices, others)
    report = replace(loaded.report, warnings=(*loaded.report.warnings, *warnings)[:MOST_LISTED])
    if not report.row_count and report.passed:
        message, remedy = "表头下面没有一行数据", "请核对表头行选得对不对，或者是否选错了工作表"
        nothing = Finding(sheet.name, 0, "", "", "", message, remedy)
        return Checked(replace(report, problems=(nothing,), problem_count=1), left_out)
    return Checked(report, left_out, loaded.whole, loaded.met)


def _cell(row: Sequence[object], place: int) -> object:
    return row[place] if place < len(row) else None
