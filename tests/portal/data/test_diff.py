"""What changed between two versions."""

import csv
import io
import json

from bs4 import BeautifulSoup
from django.test import Client

from tests.portal.data.conftest import WATER, page
from yangguang.registers.models import Register


def test_changed_cells_show_both_values(water: Register, client: Client) -> None:
    found = page(client, f"{WATER}diff/2..3")
    assert [one.text for one in found.select(".counts b")] == ["0", "0", "2"]
    changed = found.select("tr.changed")
    assert [
        (cell.select("del")[0].text, cell.select("ins")[0].text) for cell in found.select("td:has(del)")
    ] == [
        ("Ⅱ类", "Ⅲ类"),
        ("98", "98.25"),
    ]
    assert len(changed) == 2


def test_added_and_gone_rows(water: Register, client: Client) -> None:
    assert [one.text for one in page(client, f"{WATER}diff/1..2").select(".counts b")] == ["2", "0", "0"]
    assert [one.text for one in page(client, f"{WATER}diff/2..1").select(".counts b")] == ["0", "2", "0"]
    only = page(client, f"{WATER}diff/1..2?kind=gone")
    assert "没有这一类变化" in only.text
    assert only.select("meta[name=robots]")


def test_the_same_as_files(water: Register, client: Client) -> None:
    told = json.loads(client.get(f"{WATER}diff/2..3.json").getvalue())
    assert told["counts"] == {"added": 0, "gone": 0, "changed": 2}
    assert told["changes"][1] == {
        "change": "changed",
        "key": ["2017-08", "甲水库"],
        "cells": [{"column": "rate", "before": 98.0, "after": 98.25}],
    }
    lines = list(csv.reader(io.StringIO(client.get(f"{WATER}diff/2..3.csv").getvalue().decode())))
    assert lines[0] == ["change", "month", "source", "column", "before", "after"]
    assert lines[2] == ["changed", "2017-08", "甲水库", "rate", "98.0", "98.25"]


def test_the_feed_names_each_row(water: Register, client: Client) -> None:
    feed = BeautifulSoup(client.get(f"{WATER}diff/2..3.atom").content, "xml")
    assert [entry.title.text for entry in feed.select("entry")] == [
        "改动：2017-08、乙水库",
        "改动：2017-08、甲水库",
    ]
    assert "达标率：98.0 → 98.25" in feed.select("entry summary")[1].text


def test_versions_that_cannot_be_compared(water: Register, client: Client) -> None:
    assert client.get(f"{WATER}diff/2..2").status_code == 404
    assert client.get(f"{WATER}diff/1..9").status_code == 404
    assert client.get(f"{WATER}diff/1..2?kind=other").status_code == 400
    assert client.get(f"{WATER}diff/1..2?page=-1").status_code == 400
