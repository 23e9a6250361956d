"""The corpus: by the name of its sin, the name of a file and how it is made."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import xlwt
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.registers.dirty.making import (
    CODE,
    FIRST,
    HEAD,
    SECOND,
    WRONG_CODE,
    Row,
    bomb,
    book,
    but,
    ods,
    ods_row,
    old_book,
    patched,
    records,
    text,
    xls,
)

Sin = tuple[str, Callable[[], bytes]]
SHEET = "xl/worksheets/sheet1.xml"
TOTAL: Row = ["合　计", "", "", 3.5, "", "", "", 7, ""]


def merged(*ranges: str) -> Callable[[Worksheet], None]:
    return lambda sheet: [sheet.merge_cells(each) for each in ranges] and None


def formatted(cell: str, value: object, shown: str) -> Callable[[Worksheet], None]:
    def then(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].number_format = shown

    return then


def put(cell: str, value: object) -> Callable[[Worksheet], None]:
    return formatted(cell, value, "General")


def hide(sheet: Worksheet) -> None:
    sheet.column_dimensions["H"].hidden = True
    sheet.row_dimensions[3].hidden = True


def hide_sheet(sheet: Worksheet) -> None:
    workbook = sheet.parent
    assert isinstance(workbook, openpyxl.Workbook)
    workbook.create_sheet("说明").append(["看下一张"])
    sheet.sheet_state = "hidden"
    workbook.active = 1


PER_CENT = xlwt.easyxf(num_format_str='0.0%" 达标"')


def hide_old(sheet: Any) -> None:
    sheet.col(7).hidden = True
    sheet.row(2).hidden = True


def hide_old_sheet(sheet: Any) -> None:
    sheet.get_parent().add_sheet("说明").write(0, 0, "看下一张")
    sheet.visibility = 1
    sheet.get_parent().set_active_sheet(1)


def hidden_twin(sheet: Worksheet) -> None:
    workbook = sheet.parent
    assert isinstance(workbook, openpyxl.Workbook)
    other = workbook.create_sheet("旧台账")
    for row in (HEAD, but(FIRST, title="旧的")):
        other.append(row)
    other.sheet_state = "hidden"


def commented(sheet: Worksheet) -> None:
    sheet["B2"].comment = Comment("请核实", "示例")


def days_from_1904(sheet: Worksheet) -> None:
    formatted("F2", 41443, "yyyy/m/d")(sheet)
    assert sheet.parent is not None
    sheet.parent.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904


def wide() -> bytes:
    return text(HEAD + [f"列{number}" for number in range(20_000)], FIRST + [""] * 20_000)


WORKBOOKS: dict[str, Sin] = {
    "title rows": ("a.xlsx", lambda: book(["示例台账"], ["填报单位：市示例局"], HEAD, FIRST, SECOND)),
    "merged title and a unit line": (
        "a.xlsx",
        lambda: book(
            ["示例台账"], ["单位：亿元"], [*HEAD[:3], "金额", *HEAD[4:]], FIRST, then=merged("A1:I1", "A2:I2")
        ),
    ),
    "two levels of heads, merged": (
        "a.xlsx",
        lambda: book(
            ["编号", "名称", "类别", "金额与占比", "", *HEAD[5:]],
            ["", "", "", "金额（万元）", "占比（%）", "", "", "", ""],
            FIRST,
            then=merged("D1:E1", *(f"{column}1:{column}2" for column in "ABCFGHI")),
        ),
    ),
    "total and subtotal rows": ("a.xlsx", lambda: book(HEAD, FIRST, ["小计", *TOTAL[1:]], SECOND, TOTAL)),
    "marks before heads": ("a.xlsx", lambda: book([f"▲{word}" for word in HEAD], FIRST)),
    "a mark before a code": ("a.xlsx", lambda: book(HEAD, but(code="▲007"))),
    "hidden rows and columns": ("a.xlsx", lambda: book(HEAD, FIRST, SECOND, then=hide)),
    "a hidden sheet with the same heads": ("a.xlsx", lambda: book(HEAD, FIRST, then=hidden_twin)),
    "days as serial numbers": (
        "a.xlsx",
        lambda: book(HEAD, FIRST, then=formatted("F2", 42905, "yyyy-mm-dd")),
    ),
    "days counted from 1904": ("a.xlsx", lambda: book(HEAD, FIRST, then=days_from_1904)),
    "a day that lost its format": ("a.xlsx", lambda: book(HEAD, but(day=42905))),
    "a time alone": ("a.xlsx", lambda: book(HEAD, FIRST, then=formatted("F2", 0.5, "hh:mm"))),
    "days written in three ways": (
        "a.xlsx",
        lambda: book(
            HEAD,
            *(
                but(code=f"{number}#", day=day, uscc="")
                for number, day in enumerate(["2017年6月19日", "二〇一七年六月十九日", "20170619"])
            ),
        ),
    ),
    "a day that may be another": ("a.xlsx", lambda: book(HEAD, but(day="6/7/17"))),
    "a day that never was": ("a.xlsx", lambda: book(HEAD, but(day="2017-02-30"))),
    "a formula never worked out": ("a.xlsx", lambda: book(HEAD, FIRST, then=put("D2", "=1+1"))),
    "a formula with its value": (
        "a.xlsx",
        lambda: patched(
            book(HEAD, FIRST, then=put("D2", "=1+1")), SHEET, ("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
        ),
    ),
    "a formula that failed": (
        "a.xlsx",
        lambda: patched(
            book(HEAD, FIRST, then=put("D2", "=1/0")),
            SHEET,
            ('<c r="D2"><f>1/0</f><v></v>', '<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v>'),
        ),
    ),
    "N/A pasted as text": ("a.xlsx", lambda: book(HEAD, but(remark="#N/A"))),
    "a link as formula": (
        "a.xlsx",
        lambda: patched(
            book(HEAD, FIRST, then=put("B2", '=HYPERLINK("x","示例一所")')),
            SHEET,
            ('<c r="B2">', '<c r="B2" t="str">'),
            ("<v></v>", "<v>示例一所</v>"),
        ),
    ),
    "a formula as text": ("a.csv", lambda: text(HEAD, but(remark="=1+1"))),
    "two heads alike": ("a.xlsx", lambda: book([*HEAD[:8], "名称"], but(remark="另一个"))),
    "a key twice": ("a.xlsx", lambda: book(HEAD, FIRST, but(SECOND, code="007"))),
    "a blank key": ("a.xlsx", lambda: book(HEAD, but(code=None))),
    "columns that nobody asked for": ("a.xlsx", lambda: book([*HEAD, "传真"], [*FIRST, "0"])),
    "cells beside the table": ("a.xlsx", lambda: book(HEAD, [*FIRST, None, "见附件"])),
    "a column too few": ("a.xlsx", lambda: book(HEAD[:1] + HEAD[2:], FIRST[:1] + FIRST[2:])),
    "columns in another order": ("a.xlsx", lambda: book(HEAD[::-1], FIRST[::-1])),
    "heads in English": (
        "a.xlsx",
        lambda: book(["code", "title", "kind", "amount", "rate", "day", "uscc", "count", "remark"], FIRST),
    ),
    "leading zeros lost": ("a.xlsx", lambda: book(HEAD, but(code=7.0))),
    "a long code as a number": ("a.xlsx", lambda: book(HEAD, but(code=4.40300123456789e17))),
    "a long code in scientific notation": ("a.xlsx", lambda: book(HEAD, but(uscc="4.403E+17"))),
    "figures full-width": ("a.xlsx", lambda: book(HEAD, but(amount="１．５", count="３"))),
    "one cell in another unit": ("a.xlsx", lambda: book(HEAD, FIRST, but(SECOND, amount="0.5亿元"))),
    "yuan among tens of thousands": ("a.xlsx", lambda: book(HEAD, FIRST, but(SECOND, amount="￥15000"))),
    "a unit of something else": ("a.xlsx", lambda: book(HEAD, but(amount="15吨"))),
    "a percentage as text": ("a.xlsx", lambda: book(HEAD, but(rate="50%"))),
    "a percentage by format": ("a.xlsx", lambda: book(HEAD, FIRST, then=formatted("E2", 0.5, "0.0%"))),
    "a percentage where none belongs": ("a.xlsx", lambda: book(HEAD, FIRST, then=formatted("H2", 0.5, "0%"))),
    "negative in brackets": ("a.xlsx", lambda: book(HEAD, but(amount="(3.5)"))),
    "thousands parted": ("a.xlsx", lambda: book(HEAD, but(amount="1,234.50"))),
    "a comma for a point": ("a.xlsx", lambda: book(HEAD, but(amount="12,34"))),
    "a float's tail": (
        "a.xlsx",
        lambda: patched(book(HEAD, but(amount=0.3)), SHEET, ("<v>0.3</v>", "<v>0.30000000000000004</v>")),
    ),
    "a half of a thing": ("a.xlsx", lambda: book(HEAD, but(count=2.5))),
    "words for nothing": ("a.xlsx", lambda: book(HEAD, but(amount="—", rate="暂无"))),
    "true as a figure": ("a.xlsx", lambda: book(HEAD, but(count=True))),
    "a person's number in the remarks": ("a.xlsx", lambda: book(HEAD, but(remark="张某11010519491231002X"))),
    "a code with a wrong digit": ("a.xlsx", lambda: book(HEAD, but(uscc=WRONG_CODE))),
    "a code in small letters, parted": (
        "a.xlsx",
        lambda: book(HEAD, but(uscc=f"{CODE[:9].lower()} {CODE[9:].lower()}")),
    ),
    "a word not of the list": ("a.xlsx", lambda: book(HEAD, but(kind="甲类"))),
    "signs that nobody sees": ("a.xlsx", lambda: book(HEAD, but(title="示例\u200b一\u202e所\u00a0"))),
    "lines in a cell": ("a.xlsx", lambda: book(HEAD, but(title="示例\n一所", remark="一\r\n二"))),
    "lines in heads": ("a.xlsx", lambda: book(["编\n号", "名　称", *HEAD[2:]], FIRST)),
    "comments": ("a.xlsx", lambda: book(HEAD, FIRST, then=commented)),
    "a second table below": (
        "a.xlsx",
        lambda: book(HEAD, FIRST, [], ["联系人", "电话"], ["李四", "82000000"]),
    ),
    "notes and a signature below": (
        "a.xlsx",
        lambda: book(
            HEAD, FIRST, ["注：本表为示例"], [None] * 7 + ["市示例局"], [None] * 7 + ["2017年6月30日"]
        ),
    ),
    "columns numbered": ("a.xlsx", lambda: book(HEAD, ["甲", "乙", *map(str, range(1, 8))], FIRST)),
    "heads again after a page": ("a.xlsx", lambda: book(HEAD, FIRST, HEAD, SECOND)),
    "only heads": ("a.xlsx", lambda: book(HEAD)),
    "only figures": ("a.xlsx", lambda: book([1, 2, 3], [4, 5, 6])),
    "an empty workbook": ("a.xlsx", lambda: book()),
    "a hundred thousand blank rows": ("a.xlsx", lambda: book(HEAD, FIRST, then=put("A100000", " "))),
    "a cell at the end of the sheet": ("a.xlsx", lambda: book(HEAD, FIRST, then=put("XFD1048576", "x"))),
    "a bomb": ("a.xlsx", bomb),
    "with a password": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)),
    "cut off": ("a.xlsx", lambda: book(HEAD, FIRST)[:-200]),
    "an old file by a new name": ("a.xlsx", lambda: xls(HEAD, FIRST)),
    "a web page by the name of a workbook": (
        "a.xls",
        lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    ),
    "a csv by the name of a workbook": ("a.xlsx", lambda: text(HEAD, FIRST)),
    "a workbook by the name of a csv": ("a.csv", lambda: book(HEAD, FIRST)),
    "a PDF": ("a.pdf", lambda: b"%PDF-1.7"),
    "an old workbook": ("a.xls", lambda: xls(HEAD, FIRST, SECOND)),
    "an old workbook with a percentage by format": (
        "a.xls",
        lambda: old_book(HEAD, FIRST, then=lambda sheet: sheet.write(1, 4, 0.5, PER_CENT)),
    ),
    "an old workbook with a fraction and a day": (
        "a.xls",
        lambda: old_book(HEAD, but(rate=0.5, day=dt.date(2017, 6, 19))),
    ),
    "an old workbook with an error": (
        "a.xls",
        lambda: old_book(HEAD, FIRST, then=lambda sheet: sheet.row(1).set_cell_error(3, "#DIV/0!")),
    ),
    "an old workbook with hidden rows and columns": (
        "a.xls",
        lambda: old_book(HEAD, FIRST, SECOND, then=hide_old),
    ),
    "an old workbook whose sheet is hidden": (
        "a.xls",
        lambda: old_book(HEAD, FIRST, then=hide_old_sheet),
    ),
    "a workbook whose only table is hidden": ("a.xlsx", lambda: book(HEAD, FIRST, then=hide_sheet)),
    "OpenDocument with hidden rows and columns": (
        "a.ods",
        lambda: ods(
            '<table:table-column table:number-columns-repeated="7"/>'
            '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>',
            ods_row(*HEAD),
            ods_row(*FIRST).replace("<table:table-row", '<table:table-row table:visibility="filter"'),
        ),
    ),
    "OpenDocument with an error": ("a.ods", lambda: ods(ods_row(*HEAD), ods_row(*but(amount="#DIV/0!")))),
    "an old workbook with a fraction for a percentage": ("a.xls", lambda: xls(HEAD, but(rate=0.5))),
    "OpenDocument": ("a.ods", lambda: ods(ods_row(*HEAD), ods_row(*FIRST))),
    "OpenDocument with a percentage": (
        "a.ods",
        lambda: ods(
            ods_row(*HEAD),
            ods_row(*FIRST[:4], more='<table:table-cell office:value-type="percentage" office:value="0.5"/>'),
        ),
    ),
    "OpenDocument with a row a hundred thousand times": (
        "a.ods",
        lambda: ods(ods_row(*HEAD), ods_row(*FIRST), ods_row("", times=100_000)),
    ),
}
TEXTS: dict[str, Sin] = {
    "GBK": ("a.csv", lambda: text(HEAD, FIRST, encoding="gbk")),
    "GB 18030 beyond GBK": ("a.csv", lambda: text(HEAD, but(title="示例㐀所𠀀"), encoding="gb18030")),
    "Big5": ("a.csv", lambda: text(["編號", "名稱"], ["007", "範例壹所"], encoding="big5")),
    "a mark before UTF-8": ("a.csv", lambda: text(HEAD, FIRST, encoding="utf-8-sig")),
    "UTF-16": ("a.csv", lambda: text(HEAD, FIRST, mark="\t", encoding="utf-16")),
    "two encodings in one file": (
        "a.csv",
        lambda: text(HEAD, FIRST) + text(but(SECOND, title="示例乙所"), encoding="gbk"),
    ),
    "zero bytes": ("a.csv", lambda: text(HEAD, FIRST).replace(b"007", b"0\x007")),
    "quotes that are no pair": ("a.csv", lambda: text(HEAD, but(title='"示例'))),
    "semicolons": ("a.csv", lambda: text(HEAD, FIRST, mark=";")),
    "tabs in a csv": ("a.csv", lambda: text(HEAD, FIRST, mark="\t")),
    "line ends of old Macs": ("a.csv", lambda: text(HEAD, FIRST, SECOND, end="\r")),
    "blank lines between": ("a.csv", lambda: text(HEAD, [], FIRST, [], SECOND)),
    "a row too short": ("a.csv", lambda: text(HEAD, FIRST[:3])),
    "a row too long": ("a.csv", lambda: text(HEAD, [*FIRST, "多", "余"])),
    "control characters": ("a.csv", lambda: text(HEAD, but(title="示\x07例"))),
    "scientific notation for a figure": ("a.csv", lambda: text(HEAD, but(amount="1.2E+05"))),
    "empty": ("a.csv", lambda: b""),
    "only blank lines": ("a.csv", lambda: b"\r\n\r\n"),
    "only a mark": ("a.csv", lambda: b"\xef\xbb\xbf"),
    "twenty thousand columns": ("a.csv", wide),
    "a cell of a hundred thousand signs": ("a.csv", lambda: text(HEAD, but(remark="长" * 100_000))),
    "noise": ("a.csv", lambda: bytes(range(256)) * 8),
}
RECORDS: dict[str, Sin] = {
    "JSON nested without end": ("a.json", lambda: b"[" * 100_000 + b"]" * 100_000),
    "JSON in a cell": ("a.json", lambda: records(FIRST, 备注={"a": [1]})),
    "JSON of objects unlike each other": (
        "a.json",
        lambda: json.dumps([{"编号": "1", "名称": "甲"}, {"名称": "乙", "编号": "2", "备注": "x"}]).encode(),
    ),
    "JSON with NaN and Infinity": ("a.json", lambda: records(but(amount=float("nan"), count=float("inf")))),
    "JSON with a giant integer": ("a.json", lambda: records(but(count=10**30))),
    "JSON with an integer of ten thousand digits": (
        "a.json",
        lambda: b'[{"\xe7\xbc\x96\xe5\x8f\xb7": ' + b"1" * 10_000 + b"}]",
    ),
    "JSON with half a character": ("a.json", lambda: b'[{"code": "1", "title": "\\ud800"}]'),
    "JSON with one name twice": ("a.json", lambda: b'[{"code": "1", "title": "a", "title": "b"}]'),
    "JSON that is one figure": ("a.json", lambda: b"42"),
    "JSON cut off": ("a.json", lambda: records(FIRST)[:-3]),
}
SINS = {**WORKBOOKS, **TEXTS, **RECORDS}
