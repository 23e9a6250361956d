"""The process may die at any moment: what was acknowledged stands, nothing is half public, the log holds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
KILLS = 40


@pytest.mark.django_db(transaction=True)
def test_forty_kills_lose_nothing(tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        # The tests' own empty tables, so that the other process need not make them anew.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "yangguang.sqlite3")])
    command = [sys.executable, "-m", "benchmarks.parts.killing", str(tmp_path), str(KILLS), "7"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert told["broken"] == []
    assert told["acknowledged"] >= KILLS // 2
