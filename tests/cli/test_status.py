"""`yangguang status import`: a script can finish it, a person can read it."""

import json
from pathlib import Path

import pytest

from tests import factories
from yangguang.cli.main import main
from yangguang.publishing.models import Cleanup, StatusAct

LIST = "文件名称,文号,清理意见\n关于绿化的办法,深府〔2010〕1号,废止\n关于绿化工作的意见（试行）,,失效\n没有的文件,,废止\n"


@pytest.fixture
def listed(db: None, tmp_path: Path) -> Path:
    factories.publish("关于绿化的办法", on="2017-03-01", number="深府〔2010〕1号")
    factories.publish("关于绿化工作的意见", on="2017-03-01")
    path = tmp_path / "清单.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(path: Path, *more: str) -> int:
    given = ["--unit", "市财政委", "--title", "清理结果", "--decided-on", "2017-09-19", *more]
    return main(["status", "import", str(path), *given])


def test_nothing_is_marked_before_it_is_confirmed(listed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(listed) == 0
    told = capsys.readouterr().out
    assert ("确定 1" in told, "待确认 1" in told, "未找到 1" in told) == (True, True, True)
    assert "文号和标题都相同" in told
    assert not StatusAct.objects.exists()


def test_a_script_marks_what_is_exact_and_goes_on_where_it_stood(
    listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(listed) == 0
    capsys.readouterr()
    for marked in (1, 0):
        assert run(listed, "--confirm", "exact", "--json") == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["marked"], [row["state"] for row in told["rows"]]) == (
            marked,
            ["marked", "to_confirm", "unmatched"],
        )
    assert told["rows"][0]["journal_seq"] == StatusAct.objects.get().line_id
    assert Cleanup.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--unit", "不存在的局"), "单位名录里没有这个单位"),
        (("--notice", "x-2017-00001"), "本站没有发布过这个索引号的文件"),
        (("--decided-on", "2999-01-01"), "还没有到"),
        (("--decided-on", "昨天"), "--decided-on"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    listed: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], sentence: str
) -> None:
    assert run(listed, *more) == 2
    assert sentence in capsys.readouterr().err
    assert not Cleanup.objects.exists()


def test_a_file_that_is_not_there_is_named(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    factories.make_unit()
    assert run(Path("没有.csv")) == 2
    assert "没有.csv" in capsys.readouterr().err
