"""Wordings of who answers, and where areas begin, as plans of other cities print them."""

import pytest

from yangguang.plan.readers.open import read_bytes
from yangguang.rules.plan_table import PlanReading
from yangguang.rules.plan_table.responsibility import read_answerable

HEAD = "示例县2021年政务公开工作要点\n\n一、推进财政信息公开\n"


def read(text: str) -> PlanReading:
    return read_bytes((HEAD + text).encode(), "样例.txt")


@pytest.mark.parametrize(
    ("printed", "leads", "others"),
    [
        ("牵头单位为县财政局,配合单位为县教育局", ("县财政局",), ("县教育局",)),
        ("责任单位为县财政局", ("县财政局",), ()),
        ("县财政局牵头,县教育局配合;完成时限:6月底前", ("县财政局",), ("县教育局",)),
        ("责任单位:县司法局;完成时间:9月底前", ("县司法局",), ()),
        ("由县财政局、县水务局牵头负责", ("县财政局", "县水务局"), ()),
    ],
)
def test_who_leads_and_who_helps(printed: str, leads: tuple[str, ...], others: tuple[str, ...]) -> None:
    found = read_answerable(printed)
    assert (found.leads, found.others) == (leads, others)


@pytest.mark.parametrize(
    "text",
    [
        "（一）公开预算决算。由县财政局负责落实。\n（二）公开收费清单。由县财政局负责落实。",
        "（一）公开预算决算，由县财政局牵头负责。\n（二）公开收费清单，由县财政局负责。",
        "1.公开预算决算。\n【牵头单位】县财政局\n【完成时限】全年\n2.公开收费清单。\n【牵头单位】县财政局",
        "1.公开预算决算。（牵头单位为县财政局，配合单位为县教育局）\n2.公开收费清单。（责任单位为县财政局）",
    ],
)
def test_two_tasks_of_one_unit_however_it_is_said(text: str) -> None:
    reading = read(text)
    assert [area.name for area in reading.areas] == ["推进财政信息公开"]
    assert [task.text.rstrip("。，") for task in reading.tasks] == ["公开预算决算", "公开收费清单"]
    assert [task.leads for task in reading.tasks] == [("县财政局",)] * 2


def test_a_cell_that_lists_items_holds_tasks_of_the_area_beside_it() -> None:
    html = """<h1>示例区2020年政务公开责任分解表</h1><table>
    <tr><th>序号</th><th>重点工作</th><th>主要任务</th><th>责任单位</th></tr>
    <tr><td>1</td><td>推进财政信息公开</td><td>1.公开预算决算。<br>2.公开收费清单。</td><td>区财政局</td></tr>
    <tr><td>2</td><td>推进教育信息公开</td><td>1.公开招生政策。<br>2.公开学区划分。</td><td>区教育局</td></tr>
    </table>"""
    reading = read_bytes(html.encode(), "样例.html")
    assert [area.name for area in reading.areas] == ["推进财政信息公开", "推进教育信息公开"]
    assert [(task.id, task.text, task.leads) for task in reading.tasks] == [
        ("1.1", "公开预算决算。", ("区财政局",)),
        ("1.2", "公开收费清单。", ("区财政局",)),
        ("2.1", "公开招生政策。", ("区教育局",)),
        ("2.2", "公开学区划分。", ("区教育局",)),
    ]
