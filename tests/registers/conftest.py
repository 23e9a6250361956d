"""A small register and a table of it, for tests."""

import copy
from typing import Any

import pytest

from tests.factories import at, make_unit
from yangguang.registers.actions import registers
from yangguang.registers.actions.versions import Staged
from yangguang.registers.models import Register

WATER: dict[str, Any] = {
    "name": "water-sources",
    "title": "集中式生活饮用水水源水质监测信息",
    "description": "每月每座水源的水质类别和达标情况。",
    "kind": "series",
    "unit": "市人居环境委",
    "obligations": ["13.2a"],
    "publication": "{period}集中式生活饮用水水源水质监测信息",
    "cadence": "monthly",
    "keywords": ["水质"],
    "intake": "period",
    "period": "month",
    "measure": {"field": "source", "count": 3, "unit": "座"},
    "source": "测试用",
    "schema": {
        "fields": [
            {"name": "month", "title": "月份", "type": "yearmonth", "constraints": {"required": True}},
            {"name": "source", "title": "水源名称", "type": "string", "constraints": {"required": True}},
            {
                "name": "grade",
                "title": "水质类别",
                "type": "string",
                "constraints": {"enum": ["Ⅰ类", "Ⅱ类", "Ⅲ类"]},
            },
            {"name": "rate", "title": "达标率", "type": "number", "unit": "%"},
        ],
        "primaryKey": ["month", "source"],
    },
}


@pytest.fixture
def water_json() -> dict[str, Any]:
    return copy.deepcopy(WATER)


@pytest.fixture
def water(db: None, water_json: dict[str, Any]) -> Register:
    make_unit("市人居环境委")
    return registers.establish(by=None, now=at("2017-07-01"), descriptor=water_json)


def staged(number: int, **values: Any) -> Staged:
    """A table as the engine would hand it over; its bytes do not matter to the records."""
    return Staged(**{"sha256": f"{number:064x}", "rows": 3, "size": 1000, "based_on": number - 1, **values})
