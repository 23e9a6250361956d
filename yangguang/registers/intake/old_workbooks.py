"""What the reader of workbooks does not tell of an .xls: percentages, errors, what is hidden, where days begin.

The formats stand in the file's XF and FORMAT records, what is hidden in ROW and COLINFO ([MS-XLS] 2.4).
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yangguang.registers.intake.formats import Marks, Place, Shown

_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(frozen=True)
class Known:
    """What is known of the cells of each sheet by its name, and whether days are counted from 1904."""

    sheets: Mapping[str, Marks] = field(default_factory=dict)
    base_1904: bool = False


def known(data: bytes) -> Known | None:
    """Read it out of the file. None where the file tells nothing of how it shows its cells."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        if not book.xf_list:
            return None
        sheets = {sheet.name: _marks(book, sheet) for sheet in book.sheets()}
    # The library fails in many ways on files that others still read: then nothing is known of formats.
    except Exception:
        return None
    return Known(sheets, book.datemode == 1)


def _marks(book: Any, sheet: Any) -> Marks:
    rows = {number for number, row in sheet.rowinfo_map.items() if row.hidden}
    columns = {number for number, column in sheet.colinfo_map.items() if column.hidden}
    return Marks(dict(_cells(book, sheet)), frozenset(rows), frozenset(columns))


def _cells(book: Any, sheet: Any) -> Iterator[tuple[Place, Shown | str]]:
    import xlrd

    percents = _percent_styles(book)
    for number in range(sheet.nrows):
        for place, kind in enumerate(sheet.row_types(number)):
            if kind == xlrd.XL_CELL_ERROR:
                yield (
                    (number, place),
                    xlrd.error_text_from_code.get(sheet.cell_value(number, place), "#VALUE!"),
                )
            elif kind == xlrd.XL_CELL_NUMBER and sheet.cell_xf_index(number, place) in percents:
                yield (number, place), Shown.PERCENT


def _percent_styles(book: Any) -> frozenset[int]:
    return frozenset(
        number
        for number, style in enumerate(book.xf_list)
        if "%" in _QUOTED.sub("", book.format_map[style.format_key].format_str)
    )
