"""A version as .xlsx (ECMA-376), its cells written by DuckDB: streamed, and the same bytes every time.

Text stands in its cell as text, with the style that Excel gives to what is typed after an apostrophe, so
that nothing is ever taken for a formula. Numbers of more than 15 digits and days before 1900-03-01, which
Excel would change, are written as text. More rows than a sheet holds go on in further sheets.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables.columns import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_OF_A_SHEET = 1_048_575  # below the heading
LONGEST_CELL = 32_767
READ_AT_ONCE = 10_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Styles by number, as _STYLES lists them.
_TEXT, _DATE, _MOMENT, _HEADING = 1, 2, 3, 4
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf fontId="1" numFmtId="49" quotePrefix="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_DICTIONARY = ("列名", "标题", "类型", "计量单位", "说明")


def write(connection: DuckDBPyConnection, relation: str, fields: Sequence[Field], target: Path) -> None:
    """Write the rows of a relation, headed by the titles, and a last sheet that describes the columns."""
    counted = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()  # noqa: S608
    sheets = max(1, -(-(counted[0] if counted else 0) // ROWS_OF_A_SHEET))
    names = [f"数据{number}" for number in range(1, sheets + 1)] if sheets > 1 else ["数据"]
    rows = _rows(connection, relation, fields)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in _frame([*names, "列说明"]).items():
            _put(archive, part, iter([content]))
        for number in range(1, sheets + 1):
            _put(archive, _sheet_part(number), _sheet(fields, rows, ROWS_OF_A_SHEET))
        _put(archive, _sheet_part(sheets + 1), _dictionary(fields))


def _put(archive: zipfile.ZipFile, part: str, pieces: Iterator[str]) -> None:
    """A part with a fixed date, whatever the clock says."""
    info = zipfile.ZipInfo(part, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as out:
        for piece in pieces:
            out.write(piece.encode())


def _sheet_part(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _sheet(fields: Sequence[Field], rows: Iterator[str], most: int) -> Iterator[str]:
    """One sheet: a heading that stays in view, then at most so many of the rows that are left."""
    yield (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<sheetData>{_heading([field.title for field in fields])}"
    )
    batch: list[str] = []
    for _ in range(most):
        if (row := next(rows, None)) is None:
            break
        batch.append(row)
        if len(batch) == READ_AT_ONCE:
            yield "".join(batch)
            batch.clear()
    yield "".join(batch)
    yield "</sheetData></worksheet>"


def _dictionary(fields: Sequence[Field]) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{_heading(_DICTIONARY)}'
    for field in fields:
        cells = (field.name, field.title, field.type.value, field.unit, field.description)
        yield f"<row>{''.join(_text(cell, _TEXT) for cell in cells)}</row>"
    yield "</sheetData></worksheet>"


def _heading(titles: Sequence[str]) -> str:
    return f"<row>{''.join(_text(title, _HEADING) for title in titles)}</row>"


def _text(text: str, style: int) -> str:
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _rows(connection: DuckDBPyConnection, relation: str, fields: Sequence[Field]) -> Iterator[str]:
    """The rows as XML, one text a row."""
    cells = " || ".join(_cell(field) for field in fields)
    found = connection.execute(f"SELECT '<row>' || {cells} || '</row>' FROM {relation}")  # noqa: S608
    while batch := found.fetchmany(READ_AT_ONCE):
        for row in batch:
            yield row[0]


def _cell(field: Field) -> str:
    """SQL for the XML of one cell."""
    name = quoted(field.name)
    number = f"'<c><v>' || CAST({name} AS VARCHAR) || '</v></c>'"
    match field.type:
        case Type.NUMBER:
            shown = number
        case Type.INTEGER | Type.YEAR:
            shown = f"CASE WHEN abs({name}) < 1000000000000000 THEN {number} ELSE {_text_cell(name)} END"
        case Type.BOOLEAN:
            shown = f"'<c t=\"b\"><v>' || CAST(CAST({name} AS INTEGER) AS VARCHAR) || '</v></c>'"
        case Type.DATE:
            serial = f"date_diff('day', DATE '1899-12-30', {name})"
            shown = _day(name, serial, _DATE)
        case Type.DATETIME:
            serial = f"date_diff('second', TIMESTAMP '1899-12-30', {name}) / 86400.0"
            shown = _day(name, serial, _MOMENT)
        case _:
            shown = _text_cell(name)
    return f"coalesce({shown}, '<c/>')"


def _day(name: str, serial: str, style: int) -> str:
    return (
        f"CASE WHEN {name} >= DATE '1900-03-01' THEN '<c s=\"{style}\"><v>' || CAST({serial} AS VARCHAR)"
        f" || '</v></c>' ELSE {_text_cell(name)} END"
    )


def _text_cell(name: str) -> str:
    """What XML cannot hold is left out; what Excel cannot hold is told."""
    text = f"CAST({name} AS VARCHAR)"
    allowed = f"regexp_replace({text}, '[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x{{fffe}}\\x{{ffff}}]', '', 'g')"
    escaped = f"replace(replace(replace({allowed}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    escaped = f"replace({escaped}, chr(13), '&#13;')"
    told = f"'（原文 ' || length({text}) || ' 字，超过单元格上限，请看 csv 文件）'"
    return (
        f'\'<c t="inlineStr" s="{_TEXT}"><is><t xml:space="preserve">\' ||'
        f" CASE WHEN length({text}) > {LONGEST_CELL} THEN {told} ELSE {escaped} END || '</t></is></c>'"
    )


def _frame(names: Sequence[str]) -> dict[str, str]:
    """The parts that every workbook has, for sheets of these names."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/{_sheet_part(number)}" ContentType="{kind}.worksheet+xml"/>'
        for number in numbers
    )
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{len(names) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
