"""Excel files: each sheet is one grid, merged cells resolved."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime
from typing import Any

from yangguang.plan.readers.raw import RawCell, RawGrid, RawLine, RawSource
from yangguang.rules.plan_table import Place, Unreadable
from yangguang.warehouse.archive import open_archive

MOST_ROWS = 20_000
MOST_COLUMNS = 200


def read_xlsx(data: bytes) -> RawSource:
    """Read every sheet with text; formulas give their stored results."""
    open_archive(data, "xlsx").close()
    import openpyxl

    try:
        with warnings.catch_warnings():
            # openpyxl warns of extensions that it drops (conditional formats, validations): no text is in them.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:
        # openpyxl lets any error of a malformed part through: KeyError, ValueError, TypeError, XML errors.
        raise Unreadable("工作簿结构已损坏；请在 Excel 中打开后重新另存为 .xlsx") from error
    source = RawSource()
    grids = [grid for sheet in workbook.worksheets if (grid := _grid(sheet)) is not None]
    for grid in grids:
        if len(grids) == 1:
            grid.sheet = None if grid.sheet is not None and _is_default_name(grid.sheet) else grid.sheet
        source.blocks.append(grid)
    if not source.blocks:
        raise Unreadable("工作簿里没有内容（表格是空的）；请给出填好的分工方案")
    return source


def _grid(sheet: Any) -> RawGrid | None:
    if sheet.max_row > MOST_ROWS:
        raise Unreadable(
            f"工作表“{sheet.title}”有 {sheet.max_row} 行，超过 {MOST_ROWS} 行；请删去多余的空行后再试"
        )
    spans = {
        (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        for area in sheet.merged_cells.ranges
    }
    cells: list[RawCell] = []
    for row in sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)):
        for cell in row:
            text = _text(cell)
            if not text.strip():
                continue
            place = Place(row=cell.row, sheet=sheet.title)
            rows, columns = spans.get((cell.row, cell.column), (1, 1))
            lines = [RawLine(line, place) for line in text.splitlines() if line.strip()]
            cells.append(RawCell(cell.row - 1, cell.column - 1, lines, rows, columns))
    if not cells:
        return None
    height = max(cell.row + cell.rows for cell in cells)
    width = max(cell.column + cell.columns for cell in cells)
    places = [Place(row=number + 1, sheet=sheet.title) for number in range(height)]
    return RawGrid(cells, places, width, None if _is_default_name(sheet.title) else sheet.title)


def _text(cell: Any) -> str:
    """The value as a reader sees it: 3 not 3.0, 95% not 0.95, dates in Chinese."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float):
        if "%" in str(cell.number_format):
            return f"{round(value * 100, 4):g}%"
        return f"{value:g}" if abs(value) < 1e6 else str(value)
    return str(value)


def _is_default_name(name: str) -> bool:
    return name.lower().startswith("sheet") or name.startswith("工作表")
