"""Units in headings, notes and cells, and the factor from one to another."""

from decimal import Decimal

import pytest

from yangguang.rules.tables import units

# written | wanted | factor (- none)
FACTORS = """
亿元       | 万元     | 10000
元         | 万元     | 0.0001
万元       | 万元     | 1
百万元     | 亿元     | 0.01
人民币元   | 元       | 1
千瓦时     | 度       | 1
万千瓦时   | 亿千瓦时 | 0.0001
公斤       | 克       | 1000
公里       | 米       | 1000
平方米     | ㎡       | 1
万人       | 人       | 10000
‰         | %        | 0.1
％         | %        | 1
万元       | 万美元   | -
元         | 吨       | -
平方米     | 米       | -
           | 元       | -
"""


@pytest.mark.parametrize("line", FACTORS.strip().splitlines())
def test_one_unit_leads_to_another_by_a_power_of_ten(line: str) -> None:
    written, wanted, expected = (part.strip() for part in line.split("|"))
    assert units.factor(written, wanted) == (None if expected == "-" else Decimal(expected))


# heading | unit it states | heading without it
HEADINGS = """
金额（亿元）       | 亿元   | 金额
金额(万元)         | 万元   | 金额
金额【元】         | 元     | 金额
面积/平方米        | 平方米 | 面积
占比（%）          | %      | 占比
投资额（单位：万元）| 万元  | 投资额
日期（2017年）     |        | 日期（2017年）
完成情况（本月）   |        | 完成情况（本月）
供水厂（座数）     |        | 供水厂（座数）
收入/本月          |        | 收入/本月
是/否              |        | 是/否
"""


@pytest.mark.parametrize("line", HEADINGS.strip().splitlines())
def test_a_heading_states_its_unit_in_brackets_or_behind_a_stroke(line: str) -> None:
    heading, unit, bare = (part.strip() for part in line.split("|"))
    assert units.of_heading(heading) == unit
    assert units.without_unit(heading) == bare


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("单位：万元", ("万元",)),
        ("计量单位: 亿元、%", ("亿元", "%")),
        ("（单位：万元）", ("万元",)),
        ("单位：万元  2017年6月", ("万元",)),
        ("填报单位：市财政委", ()),
        ("单位：市财政委", ()),
        ("2017年一般公共预算收入", ()),
    ],
)
def test_a_line_above_the_table_states_units_for_all_of_it(line: str, expected: tuple[str, ...]) -> None:
    assert units.of_note(line) == expected


def test_the_sheets_unit_goes_to_the_columns_that_measure_the_same_thing() -> None:
    assert units.for_field(("亿元", "%"), "万元") == "亿元"
    assert units.for_field(("亿元", "万元"), "万元") == ""
    assert units.for_field(("亿元",), "人") == ""
