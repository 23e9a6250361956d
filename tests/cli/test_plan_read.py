"""`yangguang plan read` as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from yangguang.cli.main import main

PLAN = Path(__file__).parents[2] / "plans" / "shenzhen-2017" / "plan.txt"
TASK = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "id",
        "number",
        "text",
        "leads",
        "leads_printed",
        "lead_inherited",
        "cadence",
        "cadences",
        "channels",
        "form",
        "measures",
        "source",
    ],
    "properties": {
        "id": {"type": "string", "pattern": r"^\d+\.\d+$"},
        "number": {"type": ["integer", "null"]},
        "text": {"type": "string", "minLength": 1},
        "leads": {"type": "array", "items": {"type": "string"}},
        "leads_printed": {"type": "string"},
        "lead_inherited": {"type": "boolean"},
        "cadence": {
            "enum": [
                "daily",
                "monthly",
                "quarterly",
                "half_yearly",
                "yearly",
                "by_deadline",
                "periodic",
                "timely",
                "when_due",
                "none",
            ]
        },
        "cadences": {"type": "array", "items": {"required": ["cadence", "phrase"]}},
        "channels": {"type": "array", "items": {"type": "string"}},
        "form": {
            "enum": [
                "document",
                "list",
                "series",
                "cases",
                "project",
                "dataset",
                "consultation",
                "meeting",
                "internal",
            ]
        },
        "measures": {"type": "array", "items": {"required": ["phrase", "value", "unit"]}},
        "source": {"type": "object", "anyOf": [{"required": ["line"]}, {"required": ["row"]}]},
    },
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title", "number", "issuer", "issued_on", "areas", "outside_table", "notices", "unplaced"],
    "properties": {
        "title": {"type": "string"},
        "number": {"type": ["string", "null"]},
        "issuer": {"type": ["string", "null"]},
        "issued_on": {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"},
        "areas": {
            "type": "array",
            "items": {
                "additionalProperties": False,
                "required": ["number", "name", "tasks"],
                "properties": {
                    "number": {"type": "integer"},
                    "name": {"type": "string"},
                    "tasks": {"type": "array", "items": TASK},
                },
            },
        },
        "outside_table": {"type": "array", "items": TASK},
        "notices": {"type": "array", "items": {"required": ["kind", "text", "source"]}},
        "unplaced": {"type": "array"},
    },
}


def test_the_json_keeps_its_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(PLAN), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, SCHEMA)
    ids = [task["id"] for area in data["areas"] for task in area["tasks"]]
    assert len(ids) == len(set(ids)) == 101
    assert data["outside_table"][0]["measures"][0]["phrase"].startswith("15个工作日")


def test_the_table_for_people_shows_every_task_and_what_was_assumed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["plan", "read", str(PLAN)]) == 0
    shown = capsys.readouterr().out
    assert "领域 22 个，任务 101 项，表外职责 2 项" in shown
    assert all(f"\n  {code} " in shown for code in ("1.1", "2.10", "22.2", "0.1"))
    assert "“市改革发展委”读作“市发展改革委”" in shown


def test_bad_input_is_one_sentence_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = tmp_path / "通知.txt"
    letter.write_text("各区人民政府：\n现将方案印发给你们，请认真贯彻执行。\n", encoding="utf-8")
    assert main(["plan", "read", str(letter)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert str(letter) in shown.err


def test_reading_a_plan_starts_no_framework() -> None:
    """The command must answer at once: no Django, and no library of a format that is not read."""
    code = (
        "import sys; from pathlib import Path; from yangguang.plan.readers import read_file;"
        f"read_file(Path({str(PLAN)!r}));"
        "print(*sorted({'django', 'docx', 'openpyxl', 'pdfplumber', 'lxml', 'opencc'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
