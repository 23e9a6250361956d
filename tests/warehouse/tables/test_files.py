"""The files of a version, read back by libraries that are not ours."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.warehouse.tables.drawn import FIELDS, ROWS
from yangguang.rules.tables.schema import Field
from yangguang.warehouse import store
from yangguang.warehouse.tables import files, workbook, writing

NASTY = [
    '=HYPERLINK("http://evil")',
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "plain",
    "a=b",
    "&<>\"'",
    "\x01\x0b",
    None,
]


def made(rows: list[Any], fields: tuple[Field, ...]) -> dict[str, bytes]:
    version = writing.write(rows, fields=fields)
    return {each.format: store.read(each.sha256) for each in files.make(version.sha256, fields)}


@pytest.fixture(scope="module")
def waters() -> dict[str, bytes]:
    return made(ROWS, FIELDS)


def test_the_same_version_makes_the_same_bytes() -> None:
    version = writing.write(ROWS, fields=FIELDS).sha256
    first, again = (files.make(version, FIELDS) for _ in range(2))
    assert [each.format for each in first] == ["csv", "csv.zst", "xlsx", "jsonl", "parquet"]
    assert first == again


def test_csv_has_names_for_headings_and_nothing_for_nothing(waters: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(waters["csv"].decode(), newline="")))
    assert rows[0] == [field.name for field in FIELDS]
    assert rows[1] == [
        "001",
        "深圳水库",
        "罗湖",
        "3",
        "0.1",
        "true",
        "2017-06-19",
        "2017-06-19T08:30:00",
        "2017-06",
        "2017",
    ]
    assert rows[4][1] == '引号"与,逗号\n换行'
    assert rows[2][3] == ""


def test_json_lines_hold_every_value_as_it_is(waters: dict[str, bytes]) -> None:
    rows = [json.loads(line) for line in waters["jsonl"].decode().splitlines()]
    assert rows[2] == {
        "code": "010", "name": "=1+1", "area": None, "count": -7, "amount": -2.0, "open": None, "day": None,
        "moment": "2017-01-01T00:00:00", "month": "2017-01", "year": 2016,
    }  # fmt: skip


def test_xlsx_is_what_two_readers_of_others_find(waters: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(waters["xlsx"]))
    rows = list(book["数据"].iter_rows(values_only=True))
    assert rows[0] == tuple(field.title for field in FIELDS)
    assert rows[3][:6] == ("010", "=1+1", None, -7, -2, None)
    assert rows[5][3] == "9007199254740993"
    assert next(book["列说明"].iter_rows(min_row=2, values_only=True))[:3] == ("code", "编号", "string")
    other = CalamineWorkbook.from_filelike(io.BytesIO(waters["xlsx"])).get_sheet_by_name("数据").to_python()
    assert [str(row[6]) for row in other[1:]] == ["2017-06-19", "2017-06-20", "", "1999-12-31", ""]


def test_a_text_like_a_formula_is_defused_in_csv_and_text_in_xlsx() -> None:
    found = made([(each, "x") for each in NASTY], (Field("a", "甲"), Field("b", "乙")))
    cells = [row[0] for row in csv.reader(io.StringIO(found["csv"].decode(), newline=""))][1:]
    assert cells == [f"'{each}" if each and each[0] in "=+-@\t\r" else each or "" for each in NASTY]
    sheet = openpyxl.load_workbook(io.BytesIO(found["xlsx"]))["数据"]
    shown = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in shown if cell.value is not None} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in shown if cell.value is not None)
    assert [json.loads(line)["a"] for line in found["jsonl"].decode().splitlines()] == NASTY


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_OF_A_SHEET", 2)
    book = openpyxl.load_workbook(io.BytesIO(made(ROWS, FIELDS)["xlsx"]))
    assert book.sheetnames == ["数据1", "数据2", "数据3", "列说明"]
    codes = [
        row[0] for name in book.sheetnames[:3] for row in book[name].iter_rows(min_row=2, values_only=True)
    ]
    assert codes == [row[0] for row in ROWS]


def test_a_cell_longer_than_excel_holds_is_told_not_cut() -> None:
    found = made([("长" * 40_000,)], (Field("a", "甲"),))
    cell = openpyxl.load_workbook(io.BytesIO(found["xlsx"]))["数据"]["A2"].value
    assert cell == "（原文 40000 字，超过单元格上限，请看 csv 文件）"
