"""Workbooks: their cells, and hidden sheets, rows and columns, comments, links to other files, properties."""

import io
from collections.abc import Iterator
from typing import Any

from yangguang.publishing.scanning.office import properties
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.scan import Finding, Kind, Place, Severity, scan_cells
from yangguang.warehouse.archive import open_archive

SHOWN = 5


def scan(name: str, content: bytes) -> list[Finding]:
    """Findings in an .xlsx, at the cells as Excel names them. Raises Unreadable."""
    from openpyxl import load_workbook

    archive = open_archive(content, "xlsx")
    try:
        book = load_workbook(io.BytesIO(content), data_only=True)
    except Exception as error:
        raise Unreadable("工作簿已损坏；请在 Excel 中打开后重新另存为 .xlsx") from error
    found: list[Finding] = []
    for sheet in book.worksheets:
        found += _sheet(sheet, name)
    linked = [entry for entry in archive.namelist() if entry.startswith("xl/externalLinks/externalLink")]
    if linked:
        found.append(Finding(Kind.EXTERNAL_LINK, Severity.ASK, Place(file=name), f"{len(linked)} 处"))
    return [*found, *properties(archive, name, "xlsx")]


def _sheet(sheet: Any, name: str) -> Iterator[Finding]:
    place = Place(file=name, sheet=sheet.title)
    filled = [cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
    if sheet.sheet_state != "visible" and filled:
        yield Finding(Kind.HIDDEN_SHEET, Severity.BLOCK, place, f"（有 {len(filled)} 个格有内容）")
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    columns = {number for span in sheet.column_dimensions.values() if span.hidden for number in _span(span)}
    if told := sorted({cell.row for cell in filled} & rows):
        yield Finding(Kind.HIDDEN_CELLS, Severity.BLOCK, place, f"第 {_listed(told)} 行")
    if told := sorted({cell.column for cell in filled} & columns):
        yield Finding(Kind.HIDDEN_CELLS, Severity.BLOCK, place, f"第 {_listed(map(_letter, told))} 列")
    noted = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment is not None]
    if noted:
        yield Finding(Kind.COMMENT, Severity.BLOCK, place, f"{len(noted)} 处，如 {noted[0]}")
    yield from scan_cells(
        [(_text(cell.value), Place(file=name, sheet=sheet.title, cell=cell.coordinate)) for cell in row]
        for row in sheet.iter_rows()
    )


def _span(dimension: Any) -> range:
    return range(dimension.min or 0, (dimension.max or dimension.min or 0) + 1)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _listed(places: Any) -> str:
    every = [str(place) for place in places]
    return "、".join(every[:SHOWN]) + ("…" if len(every) > SHOWN else "")


def _text(value: object) -> str:
    """A cell as it is read: Excel keeps long numbers as floats, shown without their point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
