"""A small adopted plan with some publications, and a way to ask the interface."""

import copy
import datetime as dt
import json
from decimal import Decimal
from typing import Any, Protocol

import pytest
from django.test import Client

from tests import factories
from tests.factories import at
from tests.registers.conftest import WATER
from yangguang.publishing.models import Document
from yangguang.registers.actions import registers, versions
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Register

TODAY = dt.date(2017, 11, 30)


class Ask(Protocol):
    def __call__(self, address: str, status: int = 200, **query: Any) -> Any: ...


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    """GET an address below /api/v1/ and return the decoded answer."""

    def get(address: str, status: int = 200, **query: Any) -> Any:
        response = client.get(f"/api/v1/{address}", query)
        assert response.status_code == status, response.content.decode()
        assert response.headers["Content-Type"].startswith("application/json")
        return json.loads(response.content)

    return get


@pytest.fixture
def town(db: None) -> dict[str, Document]:
    """On time for August, late for September, withdrawn for July, revised once; one occasion."""
    factories.make_plan()
    july = factories.publish("2017年7月全市一般公共预算收支情况", on="2017-08-10")
    august = factories.publish("2017年8月全市一般公共预算收支情况", on="2017-09-15")
    factories.revise(august, on="2017-09-20")
    factories.record_occasion("出台降费政策", on="2017-10-10", happened_on="2017-10-09")
    factories.publish("2017年第三季度统计数据", on="2017-10-20", unit="市统计局", covers="2017Q3")
    factories.publish("2017年9月全市一般公共预算收支情况", on="2017-11-06", covers="2017-09")
    factories.withdraw(july, on="2017-11-10")
    return {"july": july, "august": august}


@pytest.fixture
def waters(town: dict[str, Document]) -> Register:
    """A dataset of three waters by month, in two versions."""
    factories.make_unit("市人居环境委", slug="huanjing")
    register = registers.establish(by=None, now=at("2017-11-12"), descriptor=copy.deepcopy(WATER))
    for month, day in (("2017-09", "2017-11-13"), ("2017-10", "2017-11-14")):
        rows = [(month, f"水库{number}", "Ⅱ类", Decimal(90 + number)) for number in range(1, 4)]
        staged = stage(register, rows, period=month)
        versions.publish(by=None, now=at(day), register=register, staged=staged, period=month)
    return register
