"""Anybody gets our verdicts from the two public files, without our database."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.api.conftest import Ask
from tests.factories import at
from yangguang.cli.main import main
from yangguang.directory import actions as directory
from yangguang.plan import actions as plans
from yangguang.plan import reviewed
from yangguang.sample import actions as sample

FIELDS = ("unit", "period", "due_on", "state", "days_late", "provisional", "met_on", "met_by", "reason")


@pytest.fixture
def real_year(db: None) -> None:
    """The real plan with its sample, up to the end of August."""
    folder = Path(settings.PLANS) / "shenzhen-2017"
    directory.load(units=folder / "units.toml")
    version = plans.adopt(by=None, now=at("2017-06-19 17:30"), draft=reviewed.open_folder(folder))
    sample.fill(version, first=dt.date(2017, 6, 20), last=dt.date(2017, 8, 31))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("day", ["2017-06-19", "2017-09-15", "2017-11-09", "2017-11-30", "2018-01-31"])
def test_the_public_recomputes_every_verdict_that_we_publish(
    client: Client, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    assert recomputed(client, tmp_path, capsys, day) == published(ask, day)


@pytest.mark.usefixtures("real_year")
def test_the_public_recomputes_the_real_plan(
    client: Client, ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = published(ask, "2017-08-31")
    assert recomputed(client, tmp_path, capsys, "2017-08-31") == ours
    assert {"on_time", "late", "missing", "not_yet"} <= {row[4] for row in ours}


def recomputed(
    client: Client, folder: Path, capsys: pytest.CaptureFixture[str], day: str
) -> list[list[object]]:
    """The verdicts from the two files that anybody can download."""
    plan, journal = folder / "plan.json", folder / "journal.jsonl"
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
    return [[row["code"], *(row[field] for field in FIELDS)] for row in json.loads(capsys.readouterr().out)]


def published(ask: Ask, day: str) -> list[list[object]]:
    """The verdicts that we publish."""
    rows = ask("verdicts", on=day, limit=1000)
    assert 5 < rows["total"] == len(rows["items"])
    return [[row["obligation"], *(row[field] for field in FIELDS)] for row in rows["items"]]
