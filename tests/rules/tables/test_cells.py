"""Cells as officials write them: what is taken unchanged, what is changed and listed, what is refused."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from yangguang.rules.tables.cells import Cell, Doubtful, Percent, Problem, Serial, read_cell
from yangguang.rules.tables.schema import Check, Field, Type

FIELDS = {
    "text": Field("a", "甲"),
    "code": Field("a", "甲", pattern="[0-9A-Z（）]+"),
    "uscc": Field("a", "甲", check=Check.USCC),
    "id": Field("a", "甲", check=Check.ID_NUMBER),
    "int": Field("a", "甲", Type.INTEGER),
    "num": Field("a", "甲", Type.NUMBER),
    "万元": Field("a", "甲", Type.NUMBER, unit="万元"),
    "元": Field("a", "甲", Type.INTEGER, unit="元"),
    "%": Field("a", "甲", Type.NUMBER, unit="%"),
    "bool": Field("a", "甲", Type.BOOLEAN),
    "date": Field("a", "甲", Type.DATE),
    "time": Field("a", "甲", Type.DATETIME),
    "month": Field("a", "甲", Type.YEARMONTH),
    "year": Field("a", "甲", Type.YEAR),
}

# column | the cell, spaces as · | its canonical form | what was done (= nothing)
TAKEN = """
text  | 深圳市                | 深圳市             | =
text  | 007                   | 007                | =
text  | ·深圳市·              | 深圳市             | trim
text  | 　深圳市　            | 深圳市             | trim
text  | ２０１７年（一）      | ２０１７年（一）   | =
text  | 深·圳                 | 深·圳              | =
code  | ００７Ａ              | 007A               | width
code  | 粤（2017）            | 粤（2017）         | =
uscc  | 91440300mA5D00000x    | 91440300MA5D00000X | capitals
uscc  | 9144·0300·MA5D·0000·0X | 91440300MA5D00000X | spaces
uscc  | ９1440300MA5D00000X   | 91440300MA5D00000X | width
id    | 11010519491231002x    | 11010519491231002X | capitals
int   | 0                     | 0                  | =
int   | -12                   | -12                | =
int   | 999999999999999999    | 999999999999999999 | =
int   | 1,234,567             | 1234567            | thousands
int   | １，２３４            | 1234               | width thousands
int   | +7                    | 7                  | sign
int   | 007                   | 7                  | zeros
int   | 5.0                   | 5                  | zeros
int   | -0                    | 0                  | zeros
num   | 1.50                  | 1.50               | =
num   | 0.5                   | 0.5                | =
num   | -0.05                 | -0.05              | =
num   | 123456789012345       | 123456789012345    | =
num   | 1,234.5               | 1234.5             | thousands
num   | －3.5                 | -3.5               | width
万元  | 3.2亿元               | 32000              | unit
万元  | 3万元                 | 3                  | unit
万元  | 1,234元               | 0.1234             | thousands unit
元    | ￥1,200               | 1200               | thousands sign unit
元    | 3.2亿元               | 320000000          | unit
%     | 12.5%                 | 12.5               | unit
%     | 12.5％                | 12.5               | width unit
%     | 5‰                    | 0.5                | unit
bool  | true                  | true               | =
bool  | 是                    | true               | word
bool  | 否                    | false              | word
bool  | １                    | true               | word
date  | 2017-06-19            | 2017-06-19         | =
date  | 2016-02-29            | 2016-02-29         | =
date  | 2017年6月19日         | 2017-06-19         | date_form
date  | ２０１７年６月１９日  | 2017-06-19         | date_form
date  | 2017.6.19             | 2017-06-19         | date_form
date  | 2017/6/19             | 2017-06-19         | date_form
date  | 20170619              | 2017-06-19         | date_form
date  | 二〇一七年六月十九日  | 2017-06-19         | date_form
date  | 二○一七年十月三十一日 | 2017-10-31         | date_form
date  | 2017-06-19·00:00:00   | 2017-06-19         | date_form
time  | 2017-06-19T09:30:00   | 2017-06-19T09:30:00 | =
time  | 2017-06-19·9:30       | 2017-06-19T09:30:00 | date_form
time  | 2017年6月19日·9时30分 | 2017-06-19T09:30:00 | date_form
time  | 2017年6月19日9:30     | 2017-06-19T09:30:00 | date_form
time  | 2017-06-19T01:30:00Z  | 2017-06-19T09:30:00 | date_form
month | 2017-06               | 2017-06            | =
month | 2017年6月             | 2017-06            | date_form
month | 2017/6                | 2017-06            | date_form
month | 201706                | 2017-06            | date_form
month | 2017.10               | 2017-10            | date_form
year  | 2017                  | 2017               | =
year  | 2017年                | 2017               | date_form
year  | 2017年度              | 2017               | date_form
"""

# column | the cell | words of the message
REFUSED = """
int   | 5.5            | 应是整数
int   | 12,34          | 不是一个数
int   | 约300          | 不是一个数
int   | 3至5           | 别的文字
int   | 1E+05          | 别的文字
int   | 1234567890123456789 | 超过 18 位
num   | 1.2.3          | 不是一个数
num   | (12)           | 不是一个数
num   | .5             | 不是一个数
num   | 1234567890.123456 | 超过 15 位
num   | 3万元          | 没有计量单位
num   | ٣              | 不是一个数
万元  | 3平方米        | 不能换算
万元  | ￥3            | 看不出
num   | #DIV/0!        | Excel 的错误值
text  | #N/A           | Excel 的错误值
text  | #REF!          | Excel 的错误值
uscc  | ---            | 没有号码
bool  | 有             | 应是“是”或者“否”
date  | 2017-02-29     | 看得懂的日期
date  | 17.6.19        | 看得懂的日期
date  | 6/19/2017      | 看得懂的日期
date  | 2017年6月      | 看得懂的日期
date  | 2017-6.19      | 看得懂的日期
date  | 2017-06-19·09:30 | 看得懂的日期
date  | 42905          | 看得懂的日期
date  | 0017-06-19     | 看得懂的日期
date  | 二〇一七年十十月一日 | 看得懂的日期
time  | 2017-06-19     | 看得懂的时刻
time  | 2017-06-19·25:00 | 看得懂的时刻
month | 2017.1         | 看得懂的月份
month | 2017-13        | 看得懂的月份
month | 2017年         | 看得懂的月份
year  | 17             | 看得懂的年份
"""


def drawn(table: str) -> list[list[str]]:
    return [
        [part.strip(" ").replace("·", " ") for part in line.split("|")] for line in table.strip().splitlines()
    ]


@pytest.mark.parametrize(("column", "raw", "text", "done"), drawn(TAKEN))
def test_a_cell_is_taken_and_what_was_done_to_it_is_listed(
    column: str, raw: str, text: str, done: str
) -> None:
    cell = read_cell(raw, FIELDS[column])
    assert isinstance(cell, Cell)
    assert cell.text == text
    assert (" ".join(cell.change.kinds) if cell.change else "=") == done
    if cell.change:
        assert (cell.change.before, cell.change.after) == (raw, text)
        assert cell.change.words


@pytest.mark.parametrize(("column", "raw", "words"), drawn(REFUSED))
def test_a_cell_that_may_mean_two_things_is_refused_with_its_remedy(
    column: str, raw: str, words: str
) -> None:
    found = read_cell(raw, FIELDS[column])
    assert isinstance(found, Problem)
    assert words in found.message
    assert found.remedy.startswith(("请", "这样", "如果"))
    assert found.value == raw


WORKBOOK: list[tuple[str, Any, str, str]] = [
    ("text", 440300, "440300", "="),
    ("text", 2.5, "2.5", "="),
    ("text", None, "", "="),
    ("int", 5.0, "5", "="),
    ("int", 12, "12", "="),
    ("num", 0.1 + 0.2, "0.3", "precision"),
    ("num", 1 / 3, "0.333333333333333", "precision"),
    ("num", 1e-05, "0.00001", "="),
    ("num", 100000.0, "100000", "="),
    ("%", Percent(0.125), "12.5", "percent unit"),
    ("%", Percent(0.07), "7", "percent unit"),
    ("bool", True, "true", "="),
    ("bool", 1, "true", "word"),
    ("date", dt.date(2017, 6, 19), "2017-06-19", "="),
    ("date", dt.datetime(2017, 6, 19), "2017-06-19", "="),  # noqa: DTZ001 workbooks know no zone
    ("date", 20170619, "2017-06-19", "date_form"),
    ("date", Serial(42905), "2017-06-19", "date_form"),
    ("date", Serial(41443, base_1904=True), "2017-06-19", "date_form"),
    ("date", Serial(59), "1900-02-28", "date_form"),
    ("date", Serial(61), "1900-03-01", "date_form"),
    ("date", Serial(1), "1900-01-01", "date_form"),
    ("date", Serial(0, base_1904=True), "1904-01-01", "date_form"),
    ("time", Serial(42905.395833333336), "2017-06-19T09:30:00", "date_form"),
    ("month", Serial(42887), "2017-06", "date_form"),
    ("month", 201706, "2017-06", "date_form"),
    ("year", 2017, "2017", "="),
    ("year", 2017.0, "2017", "="),
]


@pytest.mark.parametrize(("column", "raw", "text", "done"), WORKBOOK)
def test_a_typed_cell_of_a_workbook_is_read_by_its_type(column: str, raw: Any, text: str, done: str) -> None:
    cell = read_cell(raw, FIELDS[column])
    assert isinstance(cell, Cell)
    assert cell.text == text
    assert (" ".join(cell.change.kinds) if cell.change else "=") == done


WORKBOOK_REFUSED: list[tuple[str, Any, str]] = [
    ("text", 1.0, "原来怎样写已经不知道"),
    ("text", 4.40300199001011e17, "原来怎样写已经不知道"),
    ("text", 440300199001011000, "超过 15 位"),
    ("text", True, "逻辑值"),
    ("text", dt.date(2017, 3, 1), "变成日期"),
    ("%", Doubtful(0.5), "百分比格式"),
    ("text", Serial(42795), "变成日期"),
    ("text", Percent(0.5), "百分比"),
    ("int", True, "逻辑值"),
    ("int", Serial(42795), "日期"),
    ("num", float("nan"), "不是一个数"),
    ("num", float("inf"), "不是一个数"),
    ("num", Percent(0.5), "没有计量单位"),
    ("date", 42905, "看不出是哪一天"),
    ("date", 42905.0, "看不出是哪一天"),
    ("date", Serial(60), "不能用"),
    ("date", Serial(0.5), "不能用"),
    ("date", Serial(-3), "不能用"),
    ("date", Serial(42905.5), "有时间"),
    ("time", dt.date(2017, 6, 19), "看得懂的时刻"),
    ("month", Serial(42905), "某一天"),
    ("month", 2017.1, "混在一起"),
    ("year", 2017.5, "看得懂的年份"),
    ("text", "\ud800", "不完整的字符"),
    ("text", ["甲"], "不是单个的值"),
    ("date", dt.time(9, 30), "不是单个的值"),
]


@pytest.mark.parametrize(("column", "raw", "words"), WORKBOOK_REFUSED, ids=str)
def test_a_typed_cell_that_lost_what_it_was_is_refused(column: str, raw: Any, words: str) -> None:
    found = read_cell(raw, FIELDS[column])
    assert isinstance(found, Problem)
    assert words in found.message


def test_words_for_nothing_are_no_value_and_only_trimming_is_listed() -> None:
    missing = ("", "-", "—", "无数据")
    for raw in ("", "-", "—", "无数据", None):
        assert read_cell(raw, FIELDS["num"], missing=missing) == Cell(None)
    cell = read_cell(" — ", FIELDS["num"], missing=missing)
    assert isinstance(cell, Cell)
    assert cell.value is None
    assert cell.change is not None
    assert cell.change.kinds == ("trim",)


def test_a_unit_stated_by_the_heading_converts_each_figure_exactly() -> None:
    cell = read_cell("1.23456789", FIELDS["万元"], unit="亿元")
    assert isinstance(cell, Cell)
    assert cell.value == Decimal("12345.6789")
    assert cell.change is not None
    assert cell.change.kinds == ("unit",)
    assert read_cell("1.5", FIELDS["万元"], unit="万元") == Cell(Decimal("1.5"))
    stated = read_cell("3亿元", FIELDS["万元"], unit="元")
    assert isinstance(stated, Cell)
    assert stated.value == 30000


def test_what_prints_nothing_is_taken_out_and_listed() -> None:
    cell = read_cell("\ufeff深圳\u200b市\r\n南山", FIELDS["text"])
    assert isinstance(cell, Cell)
    assert cell.value == "深圳市\n南山"
    assert cell.change is not None
    assert cell.change.kinds == ("unseen",)
