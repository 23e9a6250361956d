"""A register of made-up waters: every type of column, gaps, words that look like formulas."""

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import at, make_unit
from yangguang.registers.actions import registers, versions
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Register

WATERS: dict[str, Any] = {
    "name": "waters",
    "title": "示例水体",
    "description": "测试用的水体，均为示例。",
    "kind": "list",
    "unit": "市水务局",
    "cadence": "yearly",
    "source": "测试用",
    "schema": {
        "fields": [
            {"name": "code", "title": "编号", "type": "string", "constraints": {"required": True}},
            {"name": "name", "title": "名称", "type": "string"},
            {
                "name": "area",
                "title": "区",
                "type": "string",
                "constraints": {"enum": ["罗湖", "宝安", "盐田"]},
            },
            {"name": "count", "title": "数量", "type": "integer"},
            {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
            {"name": "open", "title": "开放", "type": "boolean"},
            {"name": "day", "title": "日期", "type": "date"},
            {"name": "note", "title": "经办人", "type": "string", "reporting": True},
        ],
        "primaryKey": ["code"],
    },
}
AREAS = ("罗湖", "宝安", "盐田", None)


def drawn(number: int) -> tuple[Any, ...]:
    """Row number 1, 2, …: its values follow from the number alone."""
    return (
        f"W{number:03d}",
        "=1+1" if number == 1 else f"{'Big' if number % 3 else 'big'} 水库{number % 7}",
        AREAS[number % 4],
        None if number % 5 == 0 else number % 11 - 3,
        None if number % 6 == 0 else Decimal(number * 7 % 13) / 4,
        None if number % 9 == 0 else number % 2 == 0,
        None if number % 8 == 0 else dt.date(2017, 1 + number % 12, 1 + number % 28),
        "内部",
    )


ROWS = [drawn(number) for number in range(1, 61)]


def publish(register: Register, rows: list[tuple[Any, ...]], on: str) -> None:
    versions.publish(by=None, now=at(on), register=register, staged=stage(register, rows))


@pytest.fixture
def waters(db: None) -> Register:
    """Two versions: ten rows in August, sixty in September; and a table without a key."""
    make_unit("市水务局", slug="shuiwu")
    register = registers.establish(by=None, now=at("2017-07-01"), descriptor=copy.deepcopy(WATERS))
    publish(register, ROWS[:10], "2017-08-05")
    publish(register, ROWS, "2017-09-05")
    keyless = {**copy.deepcopy(WATERS), "name": "keyless"}
    del keyless["schema"]["primaryKey"]
    publish(registers.establish(by=None, now=at("2017-07-01"), descriptor=keyless), ROWS[:3], "2017-09-06")
    return register
