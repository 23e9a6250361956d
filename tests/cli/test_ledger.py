"""The command line's verdicts: for people, as JSON, and from the public files without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client

from tests.factories import make_plan, publish, record_occasion, revise, withdraw
from yangguang.cli.main import main
from yangguang.cli.table import table, width

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": [
            *("code", "title", "unit", "period", "due_on", "state"),
            *("days_late", "met_on", "met_by", "reason"),
        ],
        "properties": {
            "code": {"type": "string"},
            "title": {"type": "string"},
            "unit": {"type": "string"},
            "period": {"type": "string"},
            "due_on": {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "state": {
                "enum": ["on_time", "late", "missing", "not_yet", "provisional", "unjudged", "internal"]
            },
            "days_late": {"type": ["integer", "null"]},
            "met_on": {"type": ["string", "null"]},
            "met_by": {"type": ["integer", "null"]},
            "reason": {"type": "string", "minLength": 1},
        },
    },
}


@pytest.fixture
def year(db: None) -> None:
    """A plan and some months of it."""
    make_plan()
    publish(on="2017-07-15", covers="2017-06")
    document = publish(on="2017-09-05", covers="2017-07")
    revise(document, on="2017-09-06")
    gone = publish(on="2017-09-15", covers="2017-08")
    record_occasion("出台降费政策", on="2017-09-18", happened_on="2017-09-15")
    withdraw(gone, on="2017-10-10")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    told = capsys.readouterr()
    return status, told.out, told.err


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    status, out, _ = run(capsys, *arguments, "--json")
    assert status == 0
    found: list[dict[str, Any]] = json.loads(out)
    jsonschema.validate(found, SCHEMA)
    return found


@pytest.mark.usefixtures("year")
def test_the_table_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ledger", "show", "--as-of", "2017-11-30")
    assert status == 0
    heading, *lines = out.splitlines()
    assert heading.split() == ["编号", "公开事项", "单位", "期", "期限", "状态", "理由"]
    june = next(line for line in lines if "2017年6月" in line)
    assert "● 按时" in june
    assert "2017-07-31" in june
    assert any("◐ 迟 3 个工作日" in line for line in lines)
    assert any("○ 未公开" in line and "2017-10-10 撤回" in line for line in lines)
    # Columns line up on a terminal, where a Han character is two wide.
    place = width(heading.partition("状态")[0])
    assert width(june.partition("●")[0]) == place


@pytest.mark.usefixtures("year")
def test_json_has_one_object_a_period(capsys: pytest.CaptureFixture[str]) -> None:
    found = as_json(capsys, "ledger", "show", "--as-of", "2017-11-30", "--unit", "市财政委")
    assert {row["unit"] for row in found} == {"市财政委"}
    july = next(row for row in found if row["period"] == "2017-07")
    assert (july["state"], july["days_late"], july["met_on"], july["met_by"]) == ("late", 3, "2017-09-05", 3)


@pytest.mark.usefixtures("year")
def test_anybody_gets_the_same_verdicts_from_the_two_public_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan, journal = public_files(tmp_path)
    shown = as_json(capsys, "ledger", "show", "--as-of", "2017-11-30")
    command = [sys.executable, "-m", "yangguang.cli.main", "ledger", "recompute", "--json"]
    done = subprocess.run(
        [*command, "--plan", str(plan), "--journal", str(journal), "--as-of", "2017-11-30"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={
            name: value for name, value in os.environ.items() if not name.startswith(("YANGGUANG", "DJANGO"))
        },
    )
    assert done.stderr == ""
    assert sorted(json.loads(done.stdout), key=str) == sorted(shown, key=str)


def public_files(folder: Path) -> tuple[Path, Path]:
    """What a citizen downloads."""
    client = Client()
    plan, journal = folder / "plan.json", folder / "journal.jsonl"
    plan.write_bytes(client.get("/api/v1/plan").content)
    answer = client.get("/api/v1/journal.jsonl")
    journal.write_bytes(answer.getvalue())
    return plan, journal


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text.replace("2017-09-05", "2017-08-05"), "第 3 行的内容与它的哈希不符"),
        (lambda text: "\n".join(text.splitlines()[1:]), "第 1 行缺失"),
        (lambda text: text + "多余\n", "第 8 行 不是 JSON"),
        (lambda text: text + "{}\n", "第 8 行 缺少 seq"),
        (lambda text: text + "[]\n", "第 8 行 不是 JSON 对象"),
    ],
)
def test_a_damaged_journal_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, damage: Any, told: str
) -> None:
    plan, journal = public_files(tmp_path)
    journal.write_text(damage(journal.read_text(encoding="utf-8")), encoding="utf-8")
    status, out, err = run(
        capsys,
        *("ledger", "recompute", "--plan", str(plan)),
        *("--journal", str(journal), "--as-of", "2017-11-30"),
    )
    assert (status, out) == (2, "")
    assert told in err
    assert str(journal) in err


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("content", ["", "{}", "[]", '{"issued_on": "soon"}', "方案"])
def test_a_file_that_is_no_plan_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: str
) -> None:
    _, journal = public_files(tmp_path)
    plan = tmp_path / "other.json"
    plan.write_text(content, encoding="utf-8")
    status, _, err = run(
        capsys,
        *("ledger", "recompute", "--plan", str(plan)),
        *("--journal", str(journal), "--as-of", "2017-11-30"),
    )
    assert status == 2
    assert str(plan) in err
    assert "/api/v1/plan" in err
    assert len(err.splitlines()) == 1


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "--as-of", "2017-11-31"), "--as-of（2017-11-31）不是日期"),
        (("show", "--as-of", "20171130"), "不是日期"),
        (("show", "--as-of", "2017-11-30", "--unit", "市财政局"), "相近的有：市财政委"),
        (("show", "--as-of", "2017-11-30", "--unit", "zzz"), "请用方案中的单位名称"),
        (("show",), "--as-of"),
        (("recompute", "--plan", "none", "--journal", "none", "--as-of", "2017-11-30"), "none 打不开"),
        ((), "--help"),
    ],
)
def test_bad_input_is_one_sentence_and_status_two(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    status, out, err = run(capsys, "ledger", *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


@pytest.mark.django_db
def test_without_a_plan_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "ledger", "show", "--as-of", "2017-11-30")
    assert status == 2
    assert "还没有通过任何分工方案" in err


@pytest.mark.usefixtures("year")
def test_rebuild_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "ledger", "rebuild")
    assert status == 0
    assert "读日志 7 行" in out
    assert err == ""


@pytest.mark.usefixtures("year")
def test_the_journal_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "journal", "check")
    assert (status, out) == (0, "日志完整：共 7 行，哈希链逐行成立\n")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_line SET body = replace(body, '收支', '支出') WHERE seq = 2")
    status, out, err = run(capsys, "journal", "check")
    assert (status, out) == (2, "")
    assert "第 2 行" in err


def test_a_database_that_is_not_there_is_told_with_the_remedy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yangguang.cli.main", "ledger", "show", "--as-of", "2017-11-30"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "YANGGUANG_VAR": str(tmp_path / "empty"), "YANGGUANG_DATABASE": ""}
        | {"DJANGO_SETTINGS_MODULE": "yangguang.config.settings"},
    )
    assert done.returncode == 2
    assert "make run" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_wide_cells_line_up() -> None:
    assert table([("甲", "b"), ("aaa", "乙")], right={1}) == "甲    b\naaa  乙"
    assert width("é甲Ａ") == 5
