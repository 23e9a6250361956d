"""`yangguang documents import` survives being killed: what it acknowledged is there, and it goes on."""

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

ROWS = 3000
BEGIN = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0, skip_checks=True)
from yangguang.directory.models import Unit
Unit.objects.create(slug="caizhengwei", name="市财政委")
"""
WHOLE = """
import django; django.setup()
from yangguang.journal import queries
problem = queries.problem()
assert problem is None, problem
"""


def environment(var: Path) -> dict[str, str]:
    own = {
        "YANGGUANG_VAR": str(var),
        "YANGGUANG_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "tests.cli.unmigrated",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YANGGUANG_")}
    return {**kept, **own}


def command(table: Path, report: Path) -> list[str]:
    return [
        sys.executable,
        "-m",
        "yangguang.cli.main",
        "documents",
        "import",
        str(table),
        "--report",
        str(report),
    ]


def lines(report: Path) -> list[dict[str, str]]:
    with report.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts(var: Path) -> dict[str, int]:
    tables = ("publishing_document", "publishing_edition", "publishing_imported", "journal_line")
    with sqlite3.connect(var / "yangguang.sqlite3") as database:
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608


def test_a_killed_import_has_lost_nothing_and_goes_on(tmp_path: Path) -> None:
    var, table, report = tmp_path / "var", tmp_path / "旧站.csv", tmp_path / "报告.csv"
    var.mkdir()
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["编号", "标题", "单位", "正文"])
        writer.writerows([f"a{n}", f"第{n}件", "市财政委", f"第{n}件的正文。"] for n in range(ROWS))
    subprocess.run([sys.executable, "-c", BEGIN], env=environment(var), check=True)
    with subprocess.Popen(command(table, report), env=environment(var)) as running:
        while running.poll() is None and (not report.exists() or report.stat().st_size < 20_000):
            time.sleep(0.005)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    after_kill = counts(var)
    acknowledged = [line for line in report.read_text("utf-8-sig").split("\n")[1:] if line.count(",") == 4]
    assert 0 < after_kill["publishing_document"] < ROWS
    assert len(set(after_kill.values())) == 1
    assert len(acknowledged) <= after_kill["publishing_document"]
    subprocess.run(command(table, report), env=environment(var), check=True)
    assert set(counts(var).values()) == {ROWS}
    results = [line["结果"] for line in lines(report)]
    assert results.count("以前已导入") == after_kill["publishing_document"]
    assert results.count("已导入") == ROWS - after_kill["publishing_document"]
    subprocess.run([sys.executable, "-c", WHOLE], env=environment(var), check=True)
