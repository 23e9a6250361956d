"""The real plan, 深府办函〔2017〕123号: its known figures, and every text as printed."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.plan.readers.drawing import FORMATS, Document, Drawn, outlined, to_bytes
from yangguang.plan.readers import read_bytes, read_file
from yangguang.rules.plan_table import PlanReading

PLAN = Path(__file__).parents[3] / "plans" / "shenzhen-2017" / "plan.txt"
DIGITS = "一二三四五六七八九十"


@pytest.fixture(scope="module")
def reading() -> PlanReading:
    return read_file(PLAN)


def test_the_head_is_the_printed_one(reading: PlanReading) -> None:
    assert reading.title == "深圳市贯彻落实国务院和省政府2017年政务公开工作要点分工方案"
    assert reading.number == "深府办函〔2017〕123号"
    assert reading.issuer == "深圳市人民政府办公厅"
    assert reading.issued_on == date(2017, 6, 19)


def test_it_has_22_areas_101_tasks_and_109_pairs_of_unit_and_task(reading: PlanReading) -> None:
    assert [area.number for area in reading.areas] == list(range(1, 23))
    assert len(reading.tasks) == 101
    assert sum(len(task.leads) for task in reading.tasks) == 109
    assert len({lead for task in reading.tasks for lead in task.leads} - {"各区", "各部门"}) == 25


def test_every_task_is_a_line_of_the_source_and_no_numbered_line_is_missing(reading: PlanReading) -> None:
    """The oracle is the file itself: the lines of the table's middle column, cut by hand-made rules."""
    lines = PLAN.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip() == "牵头落实单位") + 1
    printed = [
        line.strip() for line in lines[start:] if line.startswith("\t") and line.rstrip().endswith("。")
    ]
    printed += [
        line.strip() for line in lines[start:] if line.startswith("\t") and re.match(r"\t\d+[.．]", line)
    ]
    wanted = Counter(list(dict.fromkeys(re.sub(r"^\d+[.．]", "", line) for line in printed)))
    found = Counter(task.text for task in reading.tasks)
    print("only in the source:", *(wanted - found), sep="\n  ")
    print("only in the reading:", *(found - wanted), sep="\n  ")
    assert found == wanted


def test_each_task_points_to_its_line(reading: PlanReading) -> None:
    lines = PLAN.read_text(encoding="utf-8").splitlines()
    for task in reading.tasks:
        assert task.source.line is not None
        assert lines[task.source.line - 1].strip().endswith(task.text)


@pytest.mark.parametrize(
    ("code", "leads", "inherited"),
    [
        ("2.5", ("市财政委",), True),
        ("2.10", ("市地税局",), True),
        ("3.1", ("市发展改革委",), False),
        ("4.1", ("市发展改革委", "市财政委"), False),
        ("4.2", ("市发展改革委", "市财政委"), True),
        ("5.5", ("市市场和质量监管委",), False),
        ("5.8", ("各区", "各部门"), False),
        ("11.1", ("市统计局", "市经贸信息委"), False),
        ("11.6", ("市市场和质量监管委",), True),
        ("12.2", ("市经贸信息委",), True),
        ("16.1", ("市发展改革委",), False),
        ("19.3", ("罗湖区政府",), False),
    ],
)
def test_the_traps_of_the_unit_column(
    reading: PlanReading, code: str, leads: tuple[str, ...], inherited: bool
) -> None:
    task = next(task for task in reading.tasks if task.id == code)
    assert (task.leads, task.lead_inherited) == (leads, inherited)


def test_tasks_without_a_printed_number_get_running_ids(reading: PlanReading) -> None:
    unnumbered = [task.id for task in reading.tasks if task.number is None]
    assert unnumbered == ["3.1", "4.1", "4.2"]


def test_the_covering_notice_holds_two_duties(reading: PlanReading) -> None:
    districts, office = reading.outside_table
    assert (districts.leads, districts.source.line) == (("各区",), 13)
    assert districts.text.endswith("15个工作日内,在本区政府网站公开。")
    assert office.leads == ("市政府办公厅",)
    assert "第三方评估" in office.text


def test_what_was_assumed_is_listed_with_its_line(reading: PlanReading) -> None:
    listed = {(notice.kind, notice.source.line) for notice in reading.notices if notice.kind != "inherited"}
    assert listed == {
        ("self", 51),
        ("repeated", 74),
        ("alias", 91),
        ("repeated", 130),
        ("alias", 227),
        ("empty_row", 254),
        ("alias", 331),
    }
    inherited = [notice for notice in reading.notices if notice.kind == "inherited"]
    assert len(inherited) == sum(task.lead_inherited for task in reading.tasks)


def _redrawn(reading: PlanReading) -> dict[str, Document]:
    """The same plan as a table with merged cells, as one with blank cells, and as running text."""
    merged, blank = [("工作任务", "具体要求", "牵头落实单位")], [("工作任务", "具体要求", "牵头落实单位")]
    text: list[str] = [reading.title]
    for area in reading.areas:
        text.append(f"{_han(area.number)}、{area.name}")
        for place, task in enumerate(area.tasks):
            numbered = f"{task.number}.{task.text}" if task.number else task.text
            name = "" if place else f"{_han(area.number)}、{area.name}"
            again = task.lead_inherited and place > 0
            merged.append((name or "^", numbered, "^" if again else task.leads_printed))
            blank.append((name, numbered, "" if again else task.leads_printed))
            text.append(f"{numbered}（{task.leads_printed}负责）")
    return {
        "merged": [reading.title, Drawn(tuple(merged))],
        "blank": [reading.title, Drawn(tuple(blank))],
        "prose": [*text],
    }


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens - 1] + "十"
    return head + (DIGITS[ones - 1] if ones else "")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("shape", ["merged", "blank", "prose"])
def test_the_real_plan_in_another_format_reads_the_same(
    reading: PlanReading, shape: str, ending: str
) -> None:
    """In PDF the table runs over eight pages."""
    again = read_bytes(to_bytes(_redrawn(reading)[shape], ending), f"样例.{ending}")
    assert outlined(again).replace(" ↑", "") == outlined(reading).replace(" ↑", "")
    assert again.unplaced == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_other_encodings_and_line_ends_read_the_same(reading: PlanReading, encoding: str) -> None:
    text = PLAN.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert outlined(read_bytes(text.encode(encoding), "plan.txt")) == outlined(reading)


def test_an_editor_that_strips_line_ends_loses_no_unit(reading: PlanReading) -> None:
    stripped = "\n".join(line.rstrip() for line in PLAN.read_text(encoding="utf-8").splitlines())
    assert outlined(read_bytes(stripped.encode(), "plan.txt")) == outlined(reading)
