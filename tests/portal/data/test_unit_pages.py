"""Unit pages and the first page list data beside documents, as of any day."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.factories import make_plan
from tests.portal.data.conftest import page
from yangguang.plan.models import PlanVersion
from yangguang.portal.presenters.data.quality import quality
from yangguang.registers.actions import counts
from yangguang.registers.models import Register


@pytest.fixture
def plan(db: None) -> PlanVersion:
    return make_plan()


def test_a_unit_shows_its_data_beside_its_documents_and_how_good_they_are(
    plan: PlanVersion, water: Register, client: Client
) -> None:
    address = "/units/renju/?on=2017-10-01"
    shown = page(client, address)
    assert "1 个数据集" in shown.get_text()
    assert "行还在清点" in shown.get_text()
    titles = [link["href"] for link in shown.select("#published ~ ul .title")]
    assert titles == ["/data/water-sources/v/3/"]
    counts.count_missing()
    points = re.search(r"数据质量 ([0-9.]+) 分", page(client, address).get_text(" ", strip=True))
    version = water.versions.get(number=3)
    alone = quality(version, list(water.versions.all()), dt.date(2017, 10, 1))
    assert points
    assert alone
    assert float(points[1]) == alone.score
    before = page(client, "/units/renju/?on=2017-08-10")
    assert before.select_one("#published ~ ul .title")["href"] == "/data/water-sources/v/1/"
    assert "/data/water-sources/v/3/" in str(page(client, "/?on=2017-10-01").select_one(".publications"))
