"""A small city with its pages baked, in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.bakery.city import Bakehouse
from tests.factories import make_plan, publish
from yangguang.bakery import actions


@pytest.fixture
def bakehouse(tmp_path: Path, settings: Settings, db: None) -> Iterator[Bakehouse]:
    settings.BAKED_ROOT = tmp_path / "baked"
    make_plan()
    publish(on="2017-09-15")
    publish("关于降费的通知", on="2017-10-09", form="document")
    publish("2017年三季度统计数据", on="2017-10-20", unit="市统计局")
    house = Bakehouse(tmp_path)
    house.follow()
    yield house
    actions._bakery.cache_clear()
