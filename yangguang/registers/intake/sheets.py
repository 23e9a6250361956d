"""A file's bytes → its sheets as rows of cells: .xlsx, .xls, .ods, .csv and its kin, .json."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yangguang.registers.intake.formats import Formats, Marks, Place, Shown
from yangguang.registers.intake.old_workbooks import known
from yangguang.rules.beginnings import Container, container_of
from yangguang.rules.encodings import decode
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.tables.characters import keepable
from yangguang.rules.tables.dates import Serial
from yangguang.rules.tables.figures import Doubtful, Percent, Unworked
from yangguang.rules.tables.grid import Grid, Merge, is_blank
from yangguang.warehouse.archive import open_archive
from yangguang.warehouse.tables.lines import LETTERS, Form
from yangguang.warehouse.tables.raw import Strange

SPREADSHEETS = ("xlsx", "xlsm", "xls", "ods")
TEXTS = ("csv", "tsv", "txt")
DELIMITERS = ",\t;|"
LONGEST_CELL = 1 << 24
LARGE = 8_000_000
"""Bytes from which on a csv file is read by the engine, and only its beginning here."""
HEAD = 1 << 20
HEAD_ROWS = 200
LONGEST_INTEGER = 1_000


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells as the file types them, its merged blocks, whether it or some of it is hidden.

    Of a large csv file `rows` are only the beginning: `lines` then tells on which line of the file each ends,
    and `form` how it is written.
    """

    name: str
    rows: Grid
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: Set[int] = frozenset()
    hidden_columns: Set[int] = frozenset()
    lines: tuple[int, ...] = ()
    form: Form | None = None

    def form_below(self, row: int) -> Form:
        """How a large file goes on below a row, counted from 0."""
        return replace(self.form or Form(), rows=row + 1, lines=self.lines[row])

    @property
    def empty(self) -> bool:
        return not any(cell not in (None, "") for row in self.rows for cell in row)


def read(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file; blank ones are left out.

    Raises Unreadable, with a sentence that says what is wrong and what to do.
    """
    ending = name.rpartition(".")[2].lower()
    if not data.strip():
        raise Unreadable("文件是空的；请核对后重新上传")
    if ending in SPREADSHEETS:
        found = _workbook(data, ending)
    elif ending == "json":
        found = (_json(data),)
    elif ending in TEXTS:
        found = (_text(data),)
    else:
        raise Unreadable(f"不接受 .{ending} 文件；请另存为 .xlsx、.csv 或 .json")
    kept = tuple(sheet for sheet in found if not sheet.empty)
    if not kept:
        raise Unreadable("文件里没有数据；请核对是否选错了文件")
    return kept


def read_file(file: Path, name: str) -> tuple[Sheet, ...]:
    """As `read`, from where a file stands; of a large csv file the beginning."""
    if name.rpartition(".")[2].lower() in TEXTS and file.stat().st_size >= LARGE:
        return (_beginning(file),)
    return read(file.read_bytes(), name)


def _beginning(file: Path) -> Sheet:
    with file.open("rb") as source:
        data = source.read(HEAD)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        letters, text = "", data.decode("utf-16", errors="ignore")
    else:
        whole = data[: data.rfind(b"\n") + 1] or data
        letters, text = _decoded(whole)
    separator, rows, ends = _delimiter(text), [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for row in reader:
        rows.append(row)
        ends.append(reader.line_num)
        if len(rows) == HEAD_ROWS:
            break
    return Sheet("", rows, lines=tuple(ends), form=Form(separator, letters=letters))


def _decoded(data: bytes) -> tuple[str, str]:
    """The encoding of a text ("" for ASCII alone), and the text."""
    if data.isascii():
        return "", data.decode()
    for letters in LETTERS:
        with suppress(UnicodeDecodeError):
            return letters, data.decode(letters)
    raise Unreadable("不是文本文件，或编码无法识别；请另存为“CSV UTF-8”后再上传")


def _workbook(data: bytes, ending: str) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    formats = None
    if ending in ("xlsx", "xlsm", "ods"):
        if container_of(data) is Container.OLE:
            raise Unreadable(f"文件已加密，或者是改了扩展名的旧格式；请去掉密码后另存为 .{ending}")
        formats = Formats(open_archive(data, ending), ending)
    old = known(data) if ending == "xls" else None
    base_1904 = (formats is not None and formats.base_1904) or (old is not None and old.base_1904)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metadata = {one.name: one.visible for one in workbook.sheets_metadata}
        found = []
        for name in workbook.sheet_names:
            marks = formats.marks(name) if formats else Marks()
            marks = old.sheets.get(name, marks) if old else marks
            sheet = workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            merges = tuple(
                Merge(top, left, bottom, right)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
            hidden = metadata.get(name) != SheetVisibleEnum.Visible
            is_told = formats is not None or old is not None
            shown = _shown(_trimmed(rows), marks.cells, ending, base_1904=base_1904, is_told=is_told)
            found.append(Sheet(name, shown, merges, hidden, marks.hidden_rows, marks.hidden_columns))
    except (CalamineError, zipfile.BadZipFile, ValueError, OSError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise Unreadable(f"工作簿读不出来；请在 Office 中打开后重新另存为 .xlsx（{problem}）") from problem
    return tuple(found)


def _trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """Without the blank rows at the end, of which there may be a million."""
    while rows and all(is_blank(cell) for cell in rows[-1]):
        rows.pop()
    return rows


def _shown(
    rows: list[list[Any]],
    marks: Mapping[Place, Shown | str],
    ending: str,
    *,
    base_1904: bool,
    is_told: bool,
) -> list[list[object]]:
    """The cells as the workbook shows them: days with their number, percentages as such.

    Where the file does not tell how it shows them (`is_told`), a fraction may be a percentage.
    """
    for row in rows:
        for place, cell in enumerate(row):
            if isinstance(cell, dt.date) and ending != "ods":
                moment = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
                row[place] = Serial.of(moment, base_1904=base_1904)
            elif not is_told and isinstance(cell, float) and 0 < abs(cell) <= 1:
                row[place] = Doubtful(cell)
    for (number, place), mark in marks.items():
        if number < len(rows) and place < len(rows[number]):
            rows[number][place] = _marked(rows[number][place], mark)
    return rows


def _marked(cell: object, mark: Shown | str) -> object:
    if isinstance(mark, str):
        return mark
    if mark is Shown.UNWORKED:
        return Unworked()
    return Percent(float(cell)) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell


def _text(data: bytes) -> Sheet:
    text = decode(data)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as problem:
        raise Unreadable(f"不是正确的 CSV（{problem}）；请检查引号是否成对，或者另存为 .xlsx") from problem
    return Sheet("", rows)


def _delimiter(text: str) -> str:
    """The sign that parts most cells in the first lines, the same number of times in each."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def fitness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        common = max(set(counts), key=counts.count, default=0)
        return (counts.count(common) if common else 0, common)

    return max(DELIMITERS, key=fitness)


def _json(data: bytes) -> Sheet:
    text = decode(data)
    try:
        found: Any = json.loads(text, object_pairs_hook=_once, parse_int=_whole)
    except RecursionError as problem:
        raise Unreadable('JSON 套得太深；应是对象的列表，例如 [{"列名": 值}]') from problem
    except json.JSONDecodeError as problem:
        raise Unreadable(f"不是正确的 JSON（{problem}）；请核对括号和引号") from problem
    if isinstance(found, Mapping):
        found = next((found[key] for key in ("data", "records", "rows") if key in found), None)
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise Unreadable('JSON 应是对象的列表，例如 [{"列名": 值}]，或者 {"data": [...]}')
    names = list(dict.fromkeys(name for one in found for name in one))
    heads = [keepable(name) for name in names]
    return Sheet("", [heads, *([_json_cell(one.get(name)) for name in names] for one in found)])


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(f"JSON 的同一个对象里“{keepable(twice)[:40]}”出现两次；请只留一个")
    return found


def _whole(digits: str) -> int | str:
    """A whole number; one of thousands of digits stays text, which no column of figures takes."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else digits


def _json_cell(value: object) -> object:
    """Lists and objects have no place in a table; their text shows in the report."""
    return Strange(json.dumps(value, ensure_ascii=False)) if isinstance(value, (list, dict)) else value
