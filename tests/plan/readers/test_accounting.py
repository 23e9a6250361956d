"""Nothing of a source is lost, and nothing is placed twice."""

from collections import Counter
from pathlib import Path

import pytest

from tests.plan.readers.drawing import Document, Drawn, to_bytes
from tests.plan.readers.proses import PROSES
from tests.plan.readers.tables import TABLES
from yangguang.plan.readers import read_bytes, read_file

ROLES = {"header", "area", "task", "unit", "note", "unplaced"}
ALL = {**TABLES, **PROSES}


def _printed(document: Document) -> Counter[str]:
    lines: list[str] = []
    for block in document:
        if isinstance(block, Drawn):
            lines += [line for *_, text in block.cells() for line in text.split("\n")]
        else:
            lines.append(block)
    return Counter(line.strip() for line in lines if line.strip())


@pytest.mark.parametrize("ending", ["txt", "docx", "xlsx", "html"])
@pytest.mark.parametrize("name", ALL)
def test_every_line_of_a_drawn_plan_ends_in_exactly_one_role(name: str, ending: str) -> None:
    document = ALL[name][0]
    reading = read_bytes(to_bytes(document, ending), f"样例.{ending}")
    assert Counter(line.text.strip() for line in reading.placed) == _printed(document)
    assert {line.role for line in reading.placed} <= ROLES


@pytest.mark.parametrize("name", ALL)
def test_every_sign_of_a_pdf_ends_in_one_role(name: str) -> None:
    """The page wraps lines, so signs are counted."""
    document = ALL[name][0]
    reading = read_bytes(to_bytes(document, "pdf"), "样例.pdf")
    found = Counter(sign for line in reading.placed for sign in line.text if not sign.isspace())
    wanted: Counter[str] = Counter()
    for line, times in _printed(document).items():
        for sign in line.replace(" ", ""):
            wanted[sign] += times
    assert found == wanted


def test_every_line_of_the_real_plan_is_placed_once() -> None:
    plan = Path(__file__).parents[3] / "plans" / "shenzhen-2017" / "plan.txt"
    reading = read_file(plan)
    lines = plan.read_text(encoding="utf-8").splitlines()
    wanted = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    assert [(line.place.line, line.text.strip()) for line in reading.placed] == wanted
    assert Counter(line.role for line in reading.placed) == {
        "header": 14,
        "area": 24,
        "task": 102,
        "unit": 53,
        "note": 3,
    }


def test_a_stray_cell_beside_no_task_is_reported_as_unplaced() -> None:
    rows = (
        "任务\t责任单位\n公开预算。\t市财政局\n\t\n市财政局网站：www.example.invalid/abc\t市财政局\n".encode()
    )
    reading = read_bytes(rows, "样例.txt")
    assert len(reading.placed) == 6
