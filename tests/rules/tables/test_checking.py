"""A table drawn against its register: what is told, where, and with which remedy."""

import dataclasses

import pytest
from stdnum.cn import ric, uscc

from yangguang.rules.scan.checks import is_credit_code, is_id_number
from yangguang.rules.tables import checking
from yangguang.rules.tables.checking import Layout, Row, check_rows
from yangguang.rules.tables.constraints import credit_code_slip, id_number_slip
from yangguang.rules.tables.schema import Descriptor, Field, Intake, Measure, Type, read

# Made up for these tests: correct check characters, no real holder.
GOOD_CODE = "91440300MA5DAMP1E"
GOOD_CODE += uscc.calc_check_digit(GOOD_CODE)
ID_START = "44030019000101000"
ID_NUMBER = ID_START + ric.calc_check_digit(ID_START + "0")

REGISTER: Descriptor = read(
    {
        "name": "permits",
        "title": "许可",
        "kind": "cases",
        "schema": {
            "fields": [
                {"name": "no", "title": "文号", "type": "string"},
                {
                    "name": "holder",
                    "title": "名称",
                    "type": "string",
                    "constraints": {"required": True, "maxLength": 6},
                },
                {"name": "code", "title": "信用代码", "type": "string", "check": "uscc"},
                {
                    "name": "state",
                    "title": "状态",
                    "type": "string",
                    "constraints": {"enum": ["有效", "注销"]},
                },
                {
                    "name": "money",
                    "title": "金额",
                    "type": "number",
                    "unit": "万元",
                    "constraints": {"minimum": 0, "maximum": 100.5},
                },
                {"name": "day", "title": "日期", "type": "date", "constraints": {"minimum": "2017-01-01"}},
                {
                    "name": "seal",
                    "title": "印章号",
                    "type": "string",
                    "constraints": {"unique": True, "pattern": "S[0-9]+"},
                },
                {"name": "above", "title": "原文号", "type": "string"},
                {"name": "unit", "title": "单位", "type": "string"},
                {
                    "name": "person",
                    "title": "身份证号",
                    "type": "string",
                    "check": "id_number",
                    "reporting": True,
                },
            ],
            "primaryKey": ["no"],
            "foreignKeys": [
                {"fields": "above", "reference": {"resource": "", "fields": "no"}},
                {"fields": "unit", "reference": {"resource": "units", "fields": "name"}},
            ],
            "missingValues": ["", "-"],
        },
    }
)
GOOD = {"no": "一", "holder": "甲厂", "money": "3", "day": "2017-06-19", "state": "有效"}


def found(*rows: dict[str, object], **known: set[tuple[str, ...]]) -> list[tuple[int, str, str]]:
    report = check_rows(REGISTER, [Row(n, row) for n, row in enumerate(rows, 5)], known=known)
    return [(each.row, each.field, each.message) for each in report.problems]


# field | value | words of the message (= none)
CELLS = f"""
no     | 二                 | =
no     | -                  | 主键没有填写
holder |                    | 没有填写
holder | 某某有限责任公司   | 太长，至多 6 字，现有 8 字
code   | {GOOD_CODE}        | =
code   | {GOOD_CODE.lower()} | =
code   | {GOOD_CODE[:-1]}   | 应是 18 位，现有 17 位
code   | 9144030OMA5DAMP1E0 | 没有 I、O、S、V、Z
code   | {GOOD_CODE[:-2]}{GOOD_CODE[-1]}{GOOD_CODE[-2]} | 校验码不对
state  | 有效               | =
state  | 有 效              | 不在规定的值当中
money  | 100.5              | =
money  | 100.51             | 大于规定的最大值 100.5
money  | -1                 | 小于规定的最小值 0
money  | 多                 | 不是一个数
day    | 2017-01-01         | =
day    | 2016-12-31         | 小于规定的最小值 2017-01-01
seal   | S12                | =
seal   | S                  | 写法不合规定
above  | 九                 | 在本表里找不到
unit   | 无此局             | 在登记册 units里找不到
unit   | 市财政委           | =
person | {ID_NUMBER}        | =
person | 44030019000101     | 应是 18 位，现有 14 位
person | 4403001900010100A0 | 17 位数字
person | 440300190013010000 | 出生日期不存在
person | {ID_NUMBER[:-1]}{"1" if ID_NUMBER[-1] != "1" else "2"} | 校验码不对
holder | {ID_NUMBER[:6]}    | =
"""


@pytest.mark.parametrize("line", CELLS.strip().splitlines())
def test_each_demand_of_a_column_is_told_in_its_words(line: str) -> None:
    field, value, words = (part.strip() for part in line.split("|"))
    problems = found({**GOOD, field: value}, units={("市财政委",)})
    if words == "=":
        assert problems == []
    else:
        assert [(row, name) for row, name, _ in problems] == [(5, field)]
        assert words in problems[0][2]


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("有 效", "请改成其中之一：有效、注销（最接近的是“有效”）"),
        ("已注销", "请改成其中之一：有效、注销（最接近的是“注销”）"),
        ("冻结", "请改成其中之一：有效、注销"),
    ],
)
def test_the_allowed_word_that_is_most_alike_is_named(value: str, remedy: str) -> None:
    report = check_rows(REGISTER, [Row(5, {**GOOD, "state": value})])
    assert [each.remedy for each in report.problems] == [remedy]


BY_MONTH = dataclasses.replace(
    REGISTER,
    fields=(Field("month", "月份", Type.YEARMONTH), *REGISTER.fields),
    intake=Intake.PERIOD,
    period="month",
)
OUTSIDE = "不属于这次发布的所属期 2017-08"


@pytest.mark.parametrize(
    ("month", "period", "told"),
    [
        ("2017-08", "2017-08", []),
        ("2017年8月", "2017-08", []),
        ("2017-08", "2017Q3", []),
        ("2017-08", "", []),
        ("2017-07", "2017-08", [OUTSIDE]),
        ("2017-07", "", []),
        ("", "2017-08", [OUTSIDE]),
        ("七月", "2017-08", ["不是一个看得懂的月份"]),
    ],
)
def test_a_row_of_another_period_keeps_the_table_back(month: str, period: str, told: list[str]) -> None:
    report = check_rows(BY_MONTH, [Row(5, {**GOOD, "month": month})], period=period)
    assert [each.message for each in report.problems] == told


def test_only_a_register_kept_by_period_is_held_to_it() -> None:
    whole = dataclasses.replace(BY_MONTH, intake=Intake.REPLACE)
    assert check_rows(whole, [Row(5, {**GOOD, "month": "2017-07"})], period="2017-08").passed


def test_the_report_sets_what_the_file_names_beside_what_is_promised() -> None:
    measured = dataclasses.replace(BY_MONTH, measure=Measure("holder", 2, "家"))
    report = check_rows(measured, [Row(5, {**GOOD, "month": "2017-08"})], period="2017-08")
    assert report.passed
    assert [(each.period, each.count, each.is_whole) for each in report.counts] == [("2017-08", 1, False)]


def test_a_repeated_key_names_the_row_that_had_it_first() -> None:
    rows = [GOOD, {**GOOD, "no": "二", "seal": "S1"}, {**GOOD, "seal": "S1"}]
    assert found(*rows) == [
        (7, "no", "主键（文号）与第 5 行重复"),
        (7, "seal", "值（印章号）与第 6 行重复"),
    ]


def test_all_problems_are_told_at_once_with_sheet_row_column_value_and_remedy() -> None:
    layout = Layout("表一", {"holder": "B", "money": "E"}, {"money": "亿元"})
    report = check_rows(REGISTER, [Row(9, {**GOOD, "holder": "", "money": "多", "day": "昨天"})], layout)
    assert not report.passed
    assert report.problem_count == 3
    assert [each.words for each in report.problems] == [
        "工作表“表一”，第 9 行，B 列（名称）：没有填写。请填写“名称”",
        "工作表“表一”，第 9 行，E 列（金额）：“多”不是一个数。请只填数字；没有数据就留空，说明写到备注列",
        "工作表“表一”，第 9 行，日期 列：“昨天”不是一个看得懂的日期。请写成 2017-06-19 或者 2017年6月19日，年份四位，年月日齐全",
    ]


def test_changes_are_listed_and_keep_nothing_back() -> None:
    layout = Layout("表一", {"money": "E"}, {"money": "亿元"})
    report = check_rows(REGISTER, [Row(9, {**GOOD, "holder": " 甲厂", "money": "0.001"})], layout)
    assert report.passed
    assert [(each.row, each.column, each.change.before, each.change.after) for each in report.changes] == [
        (9, "名称", " 甲厂", "甲厂"),
        (9, "E", "0.001", "10"),
    ]
    assert report.change_count == 2


def test_blank_rows_are_no_rows() -> None:
    report = check_rows(REGISTER, [Row(5, GOOD), Row(6, {"no": "-", "holder": ""}), Row(7, {})])
    assert report.passed
    assert len(report.rows) == 1


def test_an_identity_number_in_a_column_that_declares_none_keeps_the_table_back() -> None:
    problems = found({**GOOD, "unit": f"联系人 {ID_NUMBER}"})
    assert [(row, name, message) for row, name, message in problems] == [
        (5, "unit", "公开的列里有公民身份号码")
    ]


def test_a_bank_card_keeps_the_table_back_and_a_mobile_number_asks_a_person() -> None:
    report = check_rows(REGISTER, [Row(5, {**GOOD, "unit": "6222021234567890128"})])
    assert [each.message for each in report.problems] == ["公开的列里有银行卡号"]
    assert "6222021234567890128" not in report.problems[0].words
    report = check_rows(REGISTER, [Row(5, {**GOOD, "unit": "13800138000"})])
    assert report.passed
    assert [each.message for each in report.warnings] == [
        "公开的列里有手机号码",
        "没有核对：登记册 units 还没有可以对照的版次",
    ]


def test_a_report_lists_so_many_and_counts_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_LISTED", 3)
    report = check_rows(REGISTER, [Row(n, {"no": str(n)}) for n in range(5, 15)])
    assert len(report.problems) == 3
    assert report.problem_count == 10


def test_our_words_about_codes_agree_with_the_library_and_the_scanner() -> None:
    assert is_credit_code(GOOD_CODE)
    assert uscc.is_valid(GOOD_CODE)
    assert credit_code_slip(GOOD_CODE) == ""
    assert is_id_number(ID_NUMBER)
    assert id_number_slip(ID_NUMBER) == ""
    for place in range(17):
        for sign in "0123456789":
            code = GOOD_CODE[:place] + sign + GOOD_CODE[place + 1 :]
            assert (credit_code_slip(code) == "") == (uscc.is_valid(code))
