"""The sheet that was checked, once more, with what was found marked at its cells.

Written anew from the cells as they were read: every row and column in its place, merged blocks too, and a
second sheet that lists all of it. Text stays text, so that nothing in it is taken for a formula.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from yangguang.registers.intake.sheets import Sheet
from yangguang.rules.tables.dates import Serial
from yangguang.rules.tables.figures import Doubtful, Percent

MOST_ROWS = 100_000
"""Rows of a sheet that is written once more; of a longer one only the list of what was found."""
LONGEST_CELL = 32_767
LIST_NAME = "检查结果"
FILLS = {"problems": "FFFFC7CE", "warnings": "FFFFEB9C", "changes": "FFDDEBF7"}
WORDS = {"problems": "错误", "warnings": "请核对", "changes": "已改写"}
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]")

Found = Mapping[str, Any]
"""A finding or a change as the stored report has it: row, column, message and remedy, or words and after."""


def marked(sheet: Sheet, report: Mapping[str, Any]) -> bytes:
    """The sheet as .xlsx with the report of its check marked in it."""
    book = Workbook(write_only=True)
    if sheet.form is None and len(sheet.rows) <= MOST_ROWS:
        _write_sheet(book, sheet, report)
    is_copied = bool(book.worksheets)
    _write_list(book, report, is_copied)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _write_sheet(book: Workbook, sheet: Sheet, report: Mapping[str, Any]) -> None:
    out = book.create_sheet((_NOT_IN_NAMES.sub("", sheet.name) or "数据")[:31])
    for place, width in enumerate(_widths(sheet.rows), 1):
        out.column_dimensions[get_column_letter(place)].width = width
    at = _by_place(report)
    for number, row in enumerate(sheet.rows, 1):
        marks = at.get(number, {})
        reach = max([len(row), *marks])
        out.append(
            [
                _cell(out, row[place - 1] if place <= len(row) else None, marks.get(place))
                for place in range(1, reach + 1)
            ]
        )
    for block in sheet.merges:
        first, last = (
            f"{get_column_letter(block.first_column + 1)}{block.first_row + 1}",
            (f"{get_column_letter(block.last_column + 1)}{block.last_row + 1}"),
        )
        out.merged_cells.add(f"{first}:{last}")


def _by_place(report: Mapping[str, Any]) -> dict[int, dict[int, list[tuple[str, Found]]]]:
    """What was found by row and column, both from 1; the gravest first."""
    at: dict[int, dict[int, list[tuple[str, Found]]]] = {}
    for kind in FILLS:
        for one in report.get(kind, ()):
            column = str(one["column"])
            if one["row"] and re.fullmatch(r"[A-Z]{1,3}", column):
                place = at.setdefault(one["row"], {})
                place.setdefault(column_index_from_string(column), []).append((kind, one))
    return at


def _cell(out: Any, value: object, marks: Sequence[tuple[str, Found]] | None) -> Any:
    cell = WriteOnlyCell(out, value=_plain(value))
    if isinstance(cell.value, str):
        cell.data_type = "s"
    elif isinstance(value, Percent):
        cell.number_format = "0.00%"
    elif isinstance(cell.value, dt.datetime):
        cell.number_format = "yyyy-mm-dd" if cell.value.time() == dt.time() else "yyyy-mm-dd hh:mm:ss"
    if marks:
        cell.fill = PatternFill("solid", fgColor=FILLS[marks[0][0]])
        cell.comment = Comment(
            "\n".join(_told(kind, one) for kind, one in marks), LIST_NAME, width=320, height=90
        )
    return cell


def _write_list(book: Workbook, report: Mapping[str, Any], is_copied: bool) -> None:
    out = book.create_sheet(LIST_NAME)
    for letter, width in zip("ABCDEF", (8, 8, 24, 24, 40, 48), strict=True):
        out.column_dimensions[letter].width = width
    out.freeze_panes = "A2"
    out.append([_bold(out, word) for word in ("类别", "行", "列", "值", "问题", "怎样改正")])
    for kind in FILLS:
        for one in report.get(kind, ()):
            *short, message, remedy = _line(kind, one)
            out.append(
                [
                    *(_cell(out, value, None) for value in short),
                    *(_wrapped(out, each) for each in (message, remedy)),
                ]
            )
    for told in _left_unsaid(report, is_copied):
        out.append([_wrapped(out, told)])


def _left_unsaid(report: Mapping[str, Any], is_copied: bool) -> Iterator[str]:
    """What is not in this workbook, how much of it there is, and where to get it."""
    for name, counted, onward in (
        ("problems", "problem_count", "改好上面的，重新上传，再列其余"),
        ("changes", "change_count", "其余各处的写法同上面的一样改写，发布前可以在逐格对照里看"),
    ):
        listed, whole = len(report.get(name, ())), report.get(counted, 0)
        if whole > listed:
            told = f"共 {whole} 处{WORDS[name]}，这里列出前 {listed} 处，还有 {whole - listed} 处没有列出"
            yield f"{told}：{onward}。"
    if not is_copied:
        yield f"原表超过 {MOST_ROWS} 行，这里没有照抄：请照上面的行、列在原文件里改，原文件在网页上可以下载。"


def _line(kind: str, one: Found) -> tuple[object, ...]:
    column = f"{one['column']}（{one['title']}）" if one.get("title") else one["column"]
    if kind == "changes":
        return WORDS[kind], one["row"], column, one["before"], one["words"], f"按“{one['after']}”采用"
    return WORDS[kind], one["row"] or "", column, one["value"], one["message"], one["remedy"]


def _told(kind: str, one: Found) -> str:
    if kind == "changes":
        return f"{one['words']}：按“{one['after']}”采用"
    return f"{one['message']}。{one['remedy']}"


def _bold(out: Any, text: str) -> Any:
    cell = WriteOnlyCell(out, value=text)
    cell.font = Font(bold=True)
    return cell


def _wrapped(out: Any, value: object) -> Any:
    cell = _cell(out, value, None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _plain(value: object) -> Any:
    """A cell's value as openpyxl writes it: a day as a day, a percentage as its number."""
    if isinstance(value, Serial):
        with suppress(ValueError):
            return value.moment()
        return value.number
    if isinstance(value, (Percent, Doubtful)):
        return value.number
    if value is None or isinstance(value, (int, float)) or hasattr(value, "isoformat"):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL]


def _widths(rows: Iterable[Sequence[object]]) -> list[float]:
    """Widths that show the first rows, in characters; Chinese ones count twice."""
    widest: list[float] = []
    for _, row in zip(range(200), rows, strict=False):
        for place, value in enumerate(row):
            length = sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value)) if value is not None else 0
            if place >= len(widest):
                widest.append(8)
            widest[place] = max(widest[place], min(length + 2, 40))
    return widest
