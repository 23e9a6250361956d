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
from yangguang.registers.actions import feedback, registers, release, versions
from yangguang.registers.actions.feedback import Told
from yangguang.registers.actions.staging import stage
from yangguang.registers.models import Feedback, Register

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


@pytest.fixture
def promised(waters: Register) -> Feedback:
    """A wish for data that its unit agreed to: it stands in the second batch of the release plan."""
    batch = release.open_batch(by=None, now=at("2017-11-15"), title="第二批", due_on=dt.date(2017, 12, 31))
    told = Told("request", "张三要", title="公共充电桩", unit=waters.unit, email="reader@example.org")
    one = feedback.file(now=at("2017-11-16"), told=told)
    said = {"outcome": "accepted", "summary": "充电桩在哪里", "text": "年底开放"}
    return feedback.answer(by=None, now=at("2017-11-20"), feedback=one, batch=batch, **said)
