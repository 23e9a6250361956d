"""A corpus of nasty files, each named for its sin: what comes of it is told, and nothing is guessed in silence."""

import pytest

from tests.registers.dirty.making import DESCRIPTOR
from tests.registers.dirty.sins import SINS
from yangguang.registers import intake
from yangguang.registers.intake.checking import chosen
from yangguang.rules.tables.schema import read

REGISTER = read(DESCRIPTOR)


def outcome(data: bytes, name: str) -> str:
    """All that is told of a file, on one line."""
    try:
        sheets = intake.read(data, name)
        proposed = intake.propose(sheets, REGISTER)
    except intake.Unreadable as problem:
        return f"refused: {problem}"
    sheet = chosen(sheets, proposed.choices)
    checked = intake.check_sheet(sheet, REGISTER, proposed.choices)
    if checked.report.problem_count or checked.report.change_count or checked.report.warnings:
        fast = intake.check_sheet(sheet, REGISTER, proposed.choices, many=0)
        assert told_of(fast) == told_of(checked)
    return told_of(checked, proposed)


def told_of(checked: intake.Checked, proposed: intake.Proposed | None = None) -> str:
    lacking, columns = (proposed.lacking, proposed.columns) if proposed else ((), ())
    report = checked.report
    told = [f"{report.row_count} rows" if report.passed and not lacking else "held back"]
    if lacking:
        return "; ".join(told + [f"lacks {title}" for title in lacking])
    told += [f"asks {one.heading}" for one in columns if not one.sure]
    told += [f"unknown {one.heading}" for one in columns if one.heading and not one.field]
    told += [f"{one.column}{one.row} {one.value}: {one.message}" for one in report.problems]
    told += [f"{one.column}{one.row} {one.change.before!r} → {one.change.after!r}" for one in report.changes]
    told += [f"look {one.row}: {one.message}" for one in report.warnings]
    told += [f"left out {what} {rows}" for what, rows in checked.left_out.items()]
    return "; ".join(told)


# name | what comes of it: refused with a sentence that begins so, held back by problems, or taken (rows), with the
# changes, the rows and columns left out, and what a person is asked to look at
TABLE = r"""
title rows | 2 rows
merged title and a unit line | 1 rows; D4 '1.5' → '15000'
two levels of heads, merged | 1 rows
total and subtotal rows | 2 rows; left out 合计行 [3, 5]
marks before heads | 1 rows
a mark before a code | 1 rows
hidden rows and columns | 2 rows; look 3: 有 1 行在表格里是隐藏的（第 3 行），也会公开; look 0: 有 1 列在表格里是隐藏的，也会公开
a hidden sheet with the same heads | 1 rows
days as serial numbers | 1 rows; F2 '42905（日期序号）' → '2017-06-19'
days counted from 1904 | 1 rows; F2 '41443（日期序号）' → '2017-06-19'
a day that lost its format | held back; F2 42905.0: 日期列里是数值，看不出是哪一天
a time alone | held back; F2 12:00:00: 这一格不是单个的值
days written in three ways | 3 rows; F2 '2017年6月19日' → '2017-06-19'; F3 '二〇一七年六月十九日' → '2017-06-19'; F4 '20170619' → '2017-06-19'
a day that may be another | held back; F2 6/7/17: 不是一个看得懂的日期
a day that never was | held back; F2 2017-02-30: 不是一个看得懂的日期
a formula never worked out | held back; D2 公式: 公式没有算出的值
a formula with its value | 1 rows
a formula that failed | held back; D2 #DIV/0!: 是 Excel 的错误值 #DIV/0!
N/A pasted as text | held back; I2 #N/A: 是 Excel 的错误值 #N/A
a link as formula | 1 rows
a formula as text | 1 rows
two heads alike | held back; lacks 名称
a key twice | held back; A3 007: 主键（编号）与第 2 行重复
a blank key | held back; A2 : 没有填写
columns that nobody asked for | 1 rows; asks 传真; unknown 传真; left out 没有对应清单的列“传真” [1]
cells beside the table | 1 rows; asks ; asks ; left out 没有列名的格 [2]
a column too few | held back; lacks 名称
columns in another order | 1 rows
heads in English | 1 rows
leading zeros lost | held back; A2 7.0: 文字列里是数值，它原来怎样写已经不知道
a long code as a number | held back; A2 4.40300123456789e+17: 文字列里是数值，它原来怎样写已经不知道
a long code in scientific notation | held back; G2 4.403E+17: 统一社会信用代码应是 18 位，现有 9 位
figures full-width | 1 rows; D2 '１．５' → '1.5'; H2 '３' → '3'
one cell in another unit | 2 rows; D3 '0.5亿元' → '5000'
yuan among tens of thousands | held back; D3 ￥15000: 写了货币符号，而这一列的单位是万元，看不出是元还是万元
a unit of something else | held back; D2 15吨: 写的单位是“吨”，这一列的单位是“万元”，不能换算
a percentage as text | 1 rows; E2 '50%' → '50'
a percentage by format | 1 rows; E2 '0.5（显示为百分比）' → '50'
a percentage where none belongs | held back; H2 0.5（显示为百分比）: 写了计量单位“%”，而这一列没有计量单位
negative in brackets | held back; D2 (3.5): 不是一个数
thousands parted | 1 rows; D2 '1,234.50' → '1234.50'
a comma for a point | held back; D2 12,34: 不是一个数
a float's tail | 1 rows; D2 '0.30000000000000004' → '0.3'
a half of a thing | held back; H2 2.5: 应是整数
words for nothing | held back; E2 暂无: 不是一个数
true as a figure | held back; H2 True: 数值列里是日期或者逻辑值
a person's number in the remarks | held back; I2 110*************2X: 公开的列里有公民身份号码
a code with a wrong digit | held back; G2 91440300MA5EXAMPL0: 统一社会信用代码的校验码不对，多半抄错了一位
a code in small letters, parted | 1 rows; G2 '91440300m a5exampla' → '91440300MA5EXAMPLA'
a word not of the list | held back; C2 甲类: 不在规定的值当中
signs that nobody sees | 1 rows; B2 '示例\u200b一\u202e所\xa0' → '示例一所'
lines in a cell | 1 rows; I2 '一\r\n二' → '一\n二'
lines in heads | 1 rows
comments | 1 rows
a second table below | 3 rows; look 4: 空行以下可能是另一张表
notes and a signature below | 1 rows; left out 标题、单位或说明 [3, 5, 4]
columns numbered | 1 rows; left out 栏次 [2]
heads again after a page | 2 rows; left out 重复的表头 [3]
only heads | held back; 0 : 表头下面没有一行数据
only figures | refused: 没有找到表头
an empty workbook | refused: 文件里没有数据
a hundred thousand blank rows | 1 rows
a cell at the end of the sheet | refused: 工作表“台账”有 1048576 行、16384 列，绝大多数是空的
a bomb | refused: 解压后过大
with a password | refused: 文件已加密，或者是改了扩展名的旧格式
cut off | refused: 压缩结构已损坏
an old file by a new name | refused: 文件已加密，或者是改了扩展名的旧格式
a web page by the name of a workbook | refused: 工作簿读不出来
a csv by the name of a workbook | refused: 压缩结构已损坏
a workbook by the name of a csv | refused: 不是文本文件，或编码无法识别
a PDF | refused: 不接受 .pdf 文件
an old workbook | 2 rows
an old workbook with a percentage by format | 1 rows; E2 '0.5（显示为百分比）' → '50'
an old workbook with a fraction and a day | 1 rows; F2 '42905（日期序号）' → '2017-06-19'
an old workbook with an error | held back; D2 #DIV/0!: 是 Excel 的错误值 #DIV/0!
an old workbook with hidden rows and columns | 2 rows; look 3: 有 1 行在表格里是隐藏的（第 3 行），也会公开; look 0: 有 1 列在表格里是隐藏的，也会公开
an old workbook whose sheet is hidden | refused: 没有找到表头（工作表：“台账”隐藏，没有看、“说明”）
a workbook whose only table is hidden | refused: 没有找到表头（工作表：“台账”隐藏，没有看、“说明”）
OpenDocument with hidden rows and columns | 1 rows; look 2: 有 1 行在表格里是隐藏的（第 2 行），也会公开; look 0: 有 2 列在表格里是隐藏的，也会公开
OpenDocument with an error | held back; D2 #DIV/0!: 是 Excel 的错误值 #DIV/0!
an old workbook with a fraction for a percentage | held back; E2 0.5: 看不出是不是百分比格式：旧格式的文件里没有写
OpenDocument | 1 rows
OpenDocument with a percentage | 1 rows; E2 '0.5（显示为百分比）' → '50'
OpenDocument with a row a hundred thousand times | 1 rows
GBK | 1 rows
GB 18030 beyond GBK | 1 rows
Big5 | held back; lacks 编号; lacks 名称
a mark before UTF-8 | 1 rows
UTF-16 | 1 rows
two encodings in one file | refused: 不是文本文件，或编码无法识别
zero bytes | refused: 不是文本文件，或编码无法识别
quotes that are no pair | refused: 不是正确的 CSV
semicolons | 1 rows
tabs in a csv | 1 rows
line ends of old Macs | 2 rows
blank lines between | 2 rows
a row too short | 1 rows; look 2: 只有 3 格，比表头少 6 格
a row too long | 1 rows; asks ; asks ; left out 没有列名的格 [2]
control characters | 1 rows; B2 '示\x07例' → '示例'
scientific notation for a figure | held back; D2 1.2E+05: 数字后面有别的文字
empty | refused: 文件是空的
only blank lines | refused: 文件是空的
only a mark | refused: 文件里没有数据
twenty thousand columns | refused: 表头有 20009 列，超过 1000 列
a cell of a hundred thousand signs | 1 rows
noise | refused: 不是文本文件，或编码无法识别
JSON nested without end | refused: JSON 套得太深
JSON in a cell | held back; I2 {"a": [1]}: 这一格不是单个的值
JSON of objects unlike each other | 2 rows
JSON with NaN and Infinity | held back; D2 nan: 不是一个数; H2 inf: 不是一个数
JSON with a giant integer | held back; H2 1000000000000000000000000000000: 超过 18 位，不能作为整数
JSON with an integer of ten thousand digits | held back; lacks 名称
JSON with half a character | held back; B2 �: 含有不完整的字符
JSON with one name twice | refused: JSON 的同一个对象里“title”出现两次
JSON that is one figure | refused: JSON 应是对象的列表，例如 [{"列名": 值}]，或者 {"data": [...]}
JSON cut off | refused: 不是正确的 JSON
"""
OUTCOMES = dict(line.split(" | ", 1) for line in TABLE.strip().splitlines())


def test_there_are_enough_of_them_and_each_is_told() -> None:
    assert set(OUTCOMES) == set(SINS)
    assert len(SINS) >= 60


@pytest.mark.parametrize("sin", SINS)
def test_nothing_is_guessed_in_silence(sin: str) -> None:
    name, make = SINS[sin]
    found = outcome(make(), name)
    if found.startswith("refused"):
        assert found.startswith(OUTCOMES[sin])
    else:
        assert found == OUTCOMES[sin]


def test_a_hidden_sheet_that_somebody_chooses_is_told_at_every_size() -> None:
    sheets = intake.read(SINS["a workbook whose only table is hidden"][1](), "a.xlsx")
    choices = intake.propose(sheets, REGISTER, sheet="台账").choices
    for many in (0, 2_000):
        (told,) = intake.check_sheet(chosen(sheets, choices), REGISTER, choices, many=many).report.warnings
        assert "工作表“台账”在文件里是隐藏的，也会公开" in told.words
