"""Anybody gets our verdicts from the two public files, without our database."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tests.api.conftest import Ask
from yangguang.cli.main import main

FIELDS = ("unit", "period", "due_on", "state", "days_late", "provisional", "met_on", "met_by", "reason")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("day", ["2017-06-19", "2017-09-15", "2017-11-09", "2017-11-30", "2018-01-31"])
def test_the_public_recomputes_every_verdict_that_we_publish(
    client: Client, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    plan, journal = tmp_path / "plan.json", tmp_path / "journal.jsonl"
    plan.write_bytes(client.get("/api/v1/plan").content)
    journal.write_bytes(client.get("/api/v1/journal.jsonl").getvalue())
    arguments = [
        "ledger",
        "recompute",
        "--plan",
        str(plan),
        "--journal",
        str(journal),
        "--as-of",
        day,
        "--json",
    ]
    assert main(arguments) == 0
    own = [[row["code"], *(row[field] for field in FIELDS)] for row in json.loads(capsys.readouterr().out)]
    published = [
        [row["obligation"], *(row[field] for field in FIELDS)]
        for row in ask("verdicts", on=day, limit=1000)["items"]
    ]
    assert own == published
    assert len(own) > 5
