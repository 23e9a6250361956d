"""A small open-data city: three registers of two units, with versions."""

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import at, make_unit
from tests.registers.conftest import WATER
from yangguang.registers.actions import registers, versions
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Register

PENALTIES: dict[str, Any] = {
    "name": "penalties",
    "title": "行政处罚决定",
    "description": "一般程序行政处罚的决定书文号、当事人和内容。",
    "kind": "cases",
    "unit": "市市场和质量监管委",
    "publication": "行政处罚信息",
    "cadence": "timely",
    "topic": "市场监管、安全生产监管",
    "keywords": ["双公示"],
    "intake": "upsert",
    "source": "测试用",
    "schema": {
        "fields": [
            {"name": "number", "title": "决定书文号", "type": "string", "constraints": {"required": True}},
            {"name": "party", "title": "当事人", "type": "string"},
            {"name": "decided_on", "title": "决定日期", "type": "date"},
            {"name": "fine", "title": "罚款", "type": "number", "unit": "万元"},
            {"name": "officer", "title": "经办人", "type": "string", "reporting": True},
        ],
        "primaryKey": ["number"],
    },
}


def establish(descriptor: dict[str, Any], unit_slug: str) -> Register:
    make_unit(descriptor["unit"], slug=unit_slug)
    return registers.establish(by=None, now=at("2017-07-01"), descriptor=descriptor)


def publish(register: Register, rows: list[tuple[Any, ...]], on: str, period: str = "") -> None:
    staged = stage(register, rows, period=period)
    versions.publish(by=None, now=at(on), register=register, staged=staged, period=period)


def fill() -> None:
    water = establish(copy.deepcopy(WATER), "huanjing")
    for month in ("2017-07", "2017-08"):
        rows = [(month, f"水库{number}", "Ⅱ类", Decimal("99.5")) for number in range(1, 4)]
        publish(water, rows, f"2017-{int(month[-2:]) + 1:02d}-05", month)
    penalties = establish(copy.deepcopy(PENALTIES), "jianguan")
    rows = [
        (
            f"深市监罚〔2017〕{number}号",
            "=HYPERLINK(1)" if number == 1 else f"【示例】公司{number}",
            dt.date(2017, 8, number),
            Decimal(number) / 2 if number < 4 else None,
            "内部",
        )
        for number in range(1, 6)
    ]
    publish(penalties, rows, "2017-09-10")
    plain = {**copy.deepcopy(PENALTIES), "name": "permits", "title": "行政许可决定", "keywords": []}
    publish(registers.establish(by=None, now=at("2017-07-01"), descriptor=plain), rows[:1], "2017-09-11")


@pytest.fixture
def city(db: None) -> None:
    fill()
