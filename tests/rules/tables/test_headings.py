"""Sheets as officials keep them: where the heading is, what the columns are called, what each row is."""

import pytest

from tests.rules.tables.drawn import sheet
from yangguang.rules.tables import suspects
from yangguang.rules.tables.headings import RowKind, asides, find_heading, heading_at, sort_rows

# name | drawing | names of the columns | one letter a row: t title, h heading, d data, s total, r repeated heading,
# n note, b blank, c numbering
SHEETS = {
    "plain": (
        """
序号 | 单位名称 | 金额
1 | 市财政委 | 3
2 | 市教育局 | 4
""",
        "序号 单位名称 金额",
        "hdd",
    ),
    "title, unit line, total": (
        """
2017年6月财政收入情况表 | ~ | ~
 | | 单位：万元
项目 | 本月 | 累计
税收收入 | 10 | 60
非税收入 | 2 | 9
合　计 | 12 | 69
""",
        "项目 本月 累计",
        "tthdds",
    ),
    "two levels, merged": (
        """
序号 | 单位 | 收入 | ~ | 支出 | ~
^ | ^ | 本月 | 累计 | 本月 | 累计
1 | 甲局 | 3 | 4 | 5 | 6
2 | 乙局 | 3 | 4 | 5 | 6
""",
        "序号 单位 收入/本月 收入/累计 支出/本月 支出/累计",
        "hhdd",
    ),
    "two levels, merged cells lost": (
        """
序号 | 单位 | 收入 | | 支出 |
 | | 本月 | 累计 | 本月 | 累计
1 | 甲局 | 3 | 4 | 5 | 6
""",
        "序号 单位 收入/本月 收入/累计 支出/本月 支出/累计",
        "hhd",
    ),
    "three levels": (
        """
单位 | 收入 | ~ | ~
^ | 税收 | ~ | 非税
^ | 本月 | 累计 | ^
甲局 | 3 | 4 | 5
""",
        "单位 收入/税收/本月 收入/税收/累计 收入/非税",
        "hhhd",
    ),
    "several notes above and below": (
        """
附件2 | ~ | ~
2017年第二季度抽检结果 | ~ | ~
填报单位：市市场和质量监管委 | ~ | 填报日期：2017年7月5日

样品名称 | 标称生产企业 | 结论
大米 | 甲厂 | 合格
面粉 | 乙厂 | 不合格

注：1. 不合格项目见附表。 | ~ | ~
2. 结论以检验报告为准。 | ~ | ~
制表人：某某 | | 审核人：某某
""",
        "样品名称 标称生产企业 结论",
        "tttbhddbndn",
    ),
    "heading repeated after a page break": (
        """
名称 | 数量 | 备注
甲 | 1 |
乙 | 2 |
名称 | 数量 | 备注
丙 | 3 |
续表 | |
名  称 | 数 量 | 备 注
丁 | 4 |
""",
        "名称 数量 备注",
        "hddrdnrd",
    ),
    "marks, breaks and spaces in names": (
        """
▲单　位\\n名称 | ★ 金额（万元） | 备 注
甲 | 1 |
""",
        "单位名称 金额（万元） 备注",
        "hd",
    ),
    "blank column and blank rows": (
        """
名称 | | 数量 | 单价
 | | |
甲 | | 1 | 3
 | | |
乙 | | 2 | 4
""",
        "名称  数量 单价",
        "hbdbd",
    ),
    "numbering of the columns": (
        """
项目 | 预算 | 执行 | 比例
甲 | 1 | 2 | 3=2/1
收入 | 100 | 50 | 50%
支出 | 100 | 40 | 40%
""",
        "项目 预算 执行 比例",
        "hcdd",
    ),
    "counting figures are data but right below the heading": (
        """
楼座 | 层数 | 户数
乙 | 8 | 16
A | 1 | 2
1 | 2 | 3
""",
        "楼座 层数 户数",
        "hddd",
    ),
    "a first row that the next one counts on from is data": (
        """
序号 | 层数 | 户数
1 | 2 | 3
2 | 8 | 16
""",
        "序号 层数 户数",
        "hdd",
    ),
    "numbering again below a repeated heading": (
        """
序号 | 项目 | 金额
1 | 2 | 3
1 | 甲 | 30
序号 | 项目 | 金额
1 | 2 | 3
2 | 乙 | 40
""",
        "序号 项目 金额",
        "hcdrcd",
    ),
    "a heading of two levels repeated after a page break": (
        """
序号 | 单位 | 收入 | ~
^ | ^ | 本月 | 累计
1 | 甲局 | 3 | 4
序号 | 单位 | 收入 | ~
^ | ^ | 本月 | 累计
2 | 乙局 | 3 | 4
""",
        "序号 单位 收入/本月 收入/累计",
        "hhdrrd",
    ),
    "body and day at the foot": (
        """
序号 | 项目 | 金额
1 | 甲 | 3
2 | 乙 |

 | | 市财政委
 | | 2017年7月5日
""",
        "序号 项目 金额",
        "hddbnn",
    ),
    "a day alone amid the rows is data": (
        """
序号 | 项目 | 日期
1 | 甲 | 2017年7月4日
 | | 2017年7月5日
2 | 乙 | 2017年7月6日
""",
        "序号 项目 日期",
        "hddd",
    ),
    "unit beside the title, a leading blank column, a total across": (
        """
 | 财政收支表 | ~ | 单位：亿元
 | 项目 | 金额 | 同比
 | ▲税收 | 3 | 4%
 | 合计 | ~ | 3
""",
        " 项目 金额 同比",
        "thds",
    ),
    "totals with marks and subtotals": (
        """
单位 | 项目 | 金额
甲局 | 一 | 1
甲局 | 二 | 2
小计 | | 3
▲ 总计 | | 3
合计（万元） | | 3
全市合计 | | 3
""",
        "单位 项目 金额",
        "hddssss",
    ),
    "text only": (
        """
行政权力事项目录 | ~ | ~
事项名称 | 类别 | 实施主体
排污许可 | 行政许可 | 市人居环境委
环境处罚 | 行政处罚 | 市人居环境委
""",
        "事项名称 类别 实施主体",
        "thdd",
    ),
    "a company called 合计 is data": (
        """
名称 | 法人 | 金额
深圳合计数据有限公司 | 甲 | 3
""",
        "名称 法人 金额",
        "hd",
    ),
    "years as names": (
        """
指标 | 2015年 | 2016年 | 2017年
户数 | 3 | 4 | 5
""",
        "指标 2015年 2016年 2017年",
        "hd",
    ),
}
LETTERS = {
    RowKind.DATA: "d",
    RowKind.TOTAL: "s",
    RowKind.HEADING: "r",
    RowKind.NOTE: "n",
    RowKind.BLANK: "b",
    RowKind.NUMBERING: "c",
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_read_as_a_person_reads_it(name: str) -> None:
    drawing, names, letters = SHEETS[name]
    drawn = sheet(drawing)
    grid = [[cell.replace("\\n", "\n") for cell in row] for row in drawn.grid]
    heading = find_heading(grid, merges=drawn.merges)
    assert heading is not None
    assert " ".join(heading.names) == names
    seen = ["b"] * heading.first_row
    for row in heading.title_rows:
        seen[row] = "t"
    seen += ["h"] * (heading.last_row - heading.first_row + 1)
    kinds = {number: kind for kind, rows in sort_rows(grid, heading).by_kind.items() for number in rows}
    seen += [LETTERS[kinds[number]] for number in range(heading.last_row + 1, len(grid))]
    assert "".join(seen) == letters
    # The quick look misses none of the rows that are no data.
    assert asides(grid, heading, suspects.rows(grid, heading)) == {
        number: kind for number, kind in kinds.items() if kind is not RowKind.DATA
    }


def test_the_unit_line_and_the_title_are_told() -> None:
    drawn = sheet(SHEETS["title, unit line, total"][0])
    heading = find_heading(drawn.grid, merges=drawn.merges)
    assert heading is not None
    assert heading.units == ("万元",)
    assert heading.title == "2017年6月财政收入情况表"
    rows = sort_rows(drawn.grid, heading)
    assert rows.data == (3, 4)
    assert rows.total_rows == (5,)


def test_names_known_to_the_register_win_over_all_else() -> None:
    grid = [["说明", "版本", "日期"], ["企业名称", "金额（万元）", "日期"], ["甲厂", "乙厂", "丙厂"]]
    assert (found := find_heading(grid)) is not None
    assert found.first_row == 0
    assert (found := find_heading(grid, known=["企业名称", "金额", "日期"])) is not None
    assert found.first_row == 1


def test_a_list_of_one_column_is_found_by_its_known_name() -> None:
    grid = [["企业名单"], ["企业名称"], ["甲厂"], ["乙厂"]]
    assert find_heading(grid) is None
    assert (found := find_heading(grid, known=["企业名称"])) is not None
    assert (found.first_row, found.names) == (1, ("企业名称",))
    assert sort_rows(grid, found).data == (2, 3)


def test_what_holds_no_heading_has_none() -> None:
    assert find_heading([]) is None
    assert find_heading([[], ["", None]]) is None
    assert find_heading([[1, 2, 3], [4, 5, 6]]) is None


def test_a_person_may_say_where_the_heading_is() -> None:
    grid = [["甲", "乙"], ["名称", "数量"], ["丙", "3"]]
    heading = heading_at(grid, 1, 1)
    assert heading.names == ("名称", "数量")
    assert heading.title_rows == (0,)


PRINTED_APART = [
    ["合　计", 1, 2, 3],
    [" 总 计：", 1, 2, 3],
    ["本级小计（万元）", 1, 2, 3],
    ["全 市", 1, 2, 3],
    ["▲单　位\u200b", "金额（ 万元 ）", "Ｎｏ．", "备注"],
    ["甲", "1", "2", "3"],
    ["（1）", "2", "3", "4"],
    ["", "\u3000", None, "  "],
    ["注：示例", None, "", ""],
    ["", "", "", "2017年6月30日"],
]


@pytest.mark.parametrize("row", PRINTED_APART)
def test_a_row_that_is_no_data_is_suspect_however_it_is_set(row: list[object]) -> None:
    data: list[list[object]] = [["甲局", 1, "x", "y"], ["乙局", 2, "x", "y"]]
    grid = [["单位", "金额(万元)", "no", "备注"], row, *data, row]
    heading = heading_at(grid, 0, 0)
    whole = asides(grid, heading, range(1, len(grid)))
    assert whole
    assert asides(grid, heading, suspects.rows(grid, heading)) == whole
    assert list(suspects.rows([grid[0], *data], heading)) == []
