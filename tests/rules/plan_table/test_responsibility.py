"""Who leads and who helps, in the words that plans use."""

import pytest

from yangguang.rules.plan_table.responsibility import is_unit_group, read_answerable, states_first_leads

SAID = """
市财政局牵头,市教育局、市民政局按职责分工负责 = 市财政局 + 市教育局 市民政局
牵头单位:市财政局;配合单位:市教育局 = 市财政局 + 市教育局
市财政局(牵头)、市教育局 = 市财政局 + 市教育局
市财政局会同市教育局负责 = 市财政局 + 市教育局
市财政局、市教育局按职责分工负责 = 市财政局 市教育局 +
市财政局,市教育局负责 = 市财政局 市教育局 +
市财政局牵头负责、市教育局配合 = 市财政局 + 市教育局
市财政局负责牵头,市教育局配合 = 市财政局 + 市教育局
市财政局、市教育局负责,列第一位者为牵头单位,下同 = 市财政局 + 市教育局
责任单位:市财政局,各区政府 = 市财政局 各区政府 +
市发展改革委、市财政局分别牵头负责 = 市发展改革委 市财政局 +
市财政局牵头,各县(市、区)人民政府配合 = 市财政局 + 各县(市、区)人民政府
各区、各部门按职责分工负责 = 各区 各部门 +
由市财政局负责 = 市财政局 +
"""


def _rows() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    rows = []
    for line in SAID.strip().splitlines():
        printed, _, answer = line.partition(" = ")
        leads, _, others = answer.partition("+")
        rows.append((printed, tuple(leads.split()), tuple(others.split())))
    return rows


@pytest.mark.parametrize(("printed", "leads", "others"), _rows())
def test_the_words_tell_who_leads(printed: str, leads: tuple[str, ...], others: tuple[str, ...]) -> None:
    answerable = read_answerable(printed)
    assert (answerable.leads, answerable.others) == (leads, others)
    assert is_unit_group(printed)


def test_with_the_rule_stated_elsewhere_only_the_first_leads() -> None:
    assert read_answerable("市财政局、市教育局负责", first_leads=True).leads == ("市财政局",)
    assert read_answerable("市教育局负责,市财政局牵头", first_leads=True).leads == ("市财政局",)


def test_a_term_among_the_units_is_no_unit() -> None:
    answerable = read_answerable("各区政府、市政府各部门,2020年底前完成")
    assert answerable.leads == ("各区政府", "市政府各部门")
    assert answerable.when == "2020年底前完成"


@pytest.mark.parametrize(
    "rule",
    [
        "各任务责任单位中列第一位者为牵头单位",
        "责任单位中,排在首位的为牵头单位",
        "列第一位的单位为牵头单位。",
        "(排第一位的为牵头单位,下同)",
    ],
)
def test_the_rule_is_known_in_its_usual_wordings(rule: str) -> None:
    assert states_first_leads(rule)


@pytest.mark.parametrize("aside", ["一般程序", "试行", "以下简称《办法》", "含网上申请", "0.5", "系数0.7"])
def test_other_brackets_are_no_unit_groups(aside: str) -> None:
    assert not is_unit_group(aside)
