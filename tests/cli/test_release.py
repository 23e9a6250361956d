"""`yangguang release`: a plan from a file, all of it or nothing, and how far it is."""

import json
from pathlib import Path

import pytest

from tests.factories import make_unit
from yangguang.cli.main import main
from yangguang.registers.models import Batch, Planned

Capture = pytest.CaptureFixture[str]
pytestmark = pytest.mark.django_db
HEAD = "批次,期限,单位,名称,网址名\n"


@pytest.fixture(autouse=True)
def units(db: None) -> None:
    make_unit("市水务局", "shuiwuju")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_sheet_is_taken_whole_and_shown_by_batch(tmp_path: Path, capsys: Capture, encoding: str) -> None:
    file = tmp_path / "plan.csv"
    lines = "第一批,2017-09-30,市水务局,水库水位,water-levels\n\n第一批,2017-10-15,市水务局,雨量,\n"
    file.write_bytes((HEAD + lines).encode(encoding))
    assert main(["release", "plan", str(file)]) == 0
    assert "已列入 2 项" in capsys.readouterr().out
    assert Batch.objects.get().due_on.isoformat() == "2017-09-30"
    assert [(one.title, one.slug, one.due_on.isoformat()) for one in Planned.objects.order_by("pk")] == [
        ("水库水位", "water-levels", "2017-09-30"),
        ("雨量", "", "2017-10-15"),
    ]
    assert main(["release", "show"]) == 0
    assert capsys.readouterr().out.split()[6:12] == ["第一批", "2017-09-30", "2", "0", "2", "0"]


def test_json_is_taken_too(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    one = {"batch": "第一批", "due_on": "2018-01-31", "unit": "市水务局", "title": "雨量"}
    file.write_text(json.dumps([one]), encoding="utf-8")
    assert main(["release", "plan", str(file)]) == 0
    assert Planned.objects.get().title == "雨量"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("第一批,2017-09-30,市水务局,雨量,\n第一批,2017-09-30,不存在的局,甲,\n", "第 3 行：单位名录里没有"),
        ("第一批,2017-09-30,市水务局,雨量,\n第一批,2017-09-30,市水务局,雨量,\n", "第 3 行：第一批里已经有"),
        ("第一批,九月底,市水务局,雨量,\n", "第 2 行：期限“九月底”认不出来"),
        ("第一批,2017-09-30,市水务局,,\n", "名称必填"),
        ("", "没有一项"),
    ],
)
def test_one_wrong_line_and_nothing_is_planned(
    tmp_path: Path, capsys: Capture, lines: str, told: str
) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(HEAD + lines, encoding="utf-8")
    assert main(["release", "plan", str(file)]) == 2
    assert told in capsys.readouterr().err
    assert not Planned.objects.exists()
    assert not Batch.objects.exists()


def test_a_file_that_is_no_plan_is_told(tmp_path: Path, capsys: Capture) -> None:
    for name, content, told in (
        ("a.csv", "名称\n雨量\n", "缺少列 批次、期限、单位"),
        ("b.json", "{}", "应是一个列表"),
        ("c.json", "[", "不是正确的 JSON"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert main(["release", "plan", str(tmp_path / name)]) == 2
        assert told in capsys.readouterr().err
    assert main(["release", "plan", str(tmp_path / "gone.csv")]) == 2
