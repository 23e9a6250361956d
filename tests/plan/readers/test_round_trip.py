"""Any plan, drawn in any format, reads back as what was drawn."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plan.readers.drawing import FORMATS, Document, Drawn, to_bytes
from yangguang.plan.readers import read_bytes
from yangguang.rules.plan_table import PlanReading

UNITS = [
    "市财政局",
    "市教育局",
    "市统计局",
    "市市场和质量监管委",
    "市政府办公室",
    "东湖区政府",
    "各区",
    "各部门",
]
VERBS = ["按月公开", "及时公布", "定期发布", "在政府网站公开", "每季度公示"]
THINGS = ["财政收支", "招生政策", "水质监测", "项目进展", "抽检结果", "价格目录", "救助对象", "审计结论"]
AREAS = ["财政领域公开", "教育领域公开", "环境保护公开", "政策解读回应", "平台建设管理"]
HAN = "一二三四五"
TITLE = "样例市2018年政务公开工作分工方案（样例）"

Plan = list[tuple[str, list[tuple[str, list[str]]]]]

tasks = st.tuples(
    st.builds(
        lambda verb, things: f"{verb}{'、'.join(things)}情况。",
        st.sampled_from(VERBS),
        st.permutations(THINGS).map(lambda t: t[:3]),
    ),
    st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True),
)
plans: st.SearchStrategy[Plan] = st.permutations(AREAS).flatmap(
    lambda names: st.lists(st.lists(tasks, min_size=1, max_size=4), min_size=2, max_size=4).map(
        lambda areas: list(zip(names, areas, strict=False))
    )
)
columns = st.permutations(["工作任务", "具体要求", "牵头单位", "完成时限", "备注"])


def as_table(plan: Plan, order: list[str]) -> Document:
    rows = [tuple(order)]
    for number, (name, items) in enumerate(plan):
        for place, (text, units) in enumerate(items):
            cells = {
                "工作任务": "^" if place else f"{HAN[number]}、{name}",
                "具体要求": f"{place + 1}.{text}",
                "牵头单位": "、".join(units),
                "完成时限": "12月底前",
                "备注": "",
            }
            rows.append(tuple(cells[column] for column in order))
    return [TITLE, Drawn(tuple(rows))]


def as_prose(plan: Plan) -> Document:
    lines: list[str | Drawn] = [TITLE]
    for number, (name, items) in enumerate(plan):
        lines.append(f"{HAN[number]}、{name}")
        lines += [
            f"{place + 1}.{text}（{'、'.join(units)}负责）" for place, (text, units) in enumerate(items)
        ]
    return lines


def read_back(reading: PlanReading) -> Plan:
    return [(area.name, [(task.text, list(task.leads)) for task in area.tasks]) for area in reading.areas]


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans, order=columns)
def test_a_table_reads_back(ending: str, plan: Plan, order: list[str]) -> None:
    reading = read_bytes(to_bytes(as_table(plan, order), ending), f"样例.{ending}")
    assert read_back(reading) == plan
    assert reading.title == TITLE
    assert reading.unplaced == ()


@pytest.mark.parametrize("ending", FORMATS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans)
def test_running_text_reads_back(ending: str, plan: Plan) -> None:
    reading = read_bytes(to_bytes(as_prose(plan), ending), f"样例.{ending}")
    assert read_back(reading) == plan
    assert reading.title == TITLE
    assert reading.unplaced == ()
