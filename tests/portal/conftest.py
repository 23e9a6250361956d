"""A small city: one plan, three units, and every state of a duty on 30 November 2017."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories import make_obligation, make_plan, make_task, make_unit, publish, revise, withdraw
from yangguang.plan.draft import DraftArea
from yangguang.plan.models import PlanVersion
from yangguang.publishing.models import Document

BUDGET = "/obligations/example-2017-1.1/"
FIGURES = "/obligations/example-2017-1.2/"
FEES = "/obligations/example-2017-2.1/"
PRICES = "/obligations/example-2017-2.3/"
DISTRICTS = "/obligations/example-2017-2.4/"


@dataclass(frozen=True)
class City:
    """What stands in it."""

    version: PlanVersion
    july: Document
    august: Document
    prices: Document


def areas() -> tuple[DraftArea, ...]:
    first = (
        make_task("1.1", "按月公开全市一般公共预算收支情况，主动解释说明。", "市财政委", cadence="monthly"),
        make_task("1.2", "按季度公开统计数据。", "市统计局", cadence="quarterly", form="series"),
    )
    second = (
        make_task("2.1", "及时公开降费政策文件。", "市财政委", cadence="timely"),
        make_task("2.2", "建立政务公开工作机制。", "市统计局", form="internal"),
        make_task("2.3", "每日公开<价格> & 数据。", "市统计局", cadence="daily", form="series"),
        make_task("2.4", "各区公开具体措施。", "各区", cadence="by_deadline"),
    )
    return DraftArea(1, "加强预期引导", first), DraftArea(2, "推进政策公开", second)


BY_AUGUST = {"due": {"day": "2017-08-11"}, "reason": "方案写明：2017年8月11日前。"}


def obligations() -> tuple[object, ...]:
    return (
        make_obligation(
            "1.1",
            "预算收支情况",
            cadence="monthly",
            form="series",
            words=[["一般公共预算", "收支"]],
            phrase="按月公开全市一般公共预算收支情况",
        ),
        make_obligation("1.2", "季度统计数据", cadence="quarterly", form="series", words=[["统计数据"]]),
        make_obligation("2.1", "降费政策文件", cadence="timely", form="document", words=[["降费"]]),
        make_obligation("2.2", "公开工作机制", cadence="none", form="internal", words=[]),
        make_obligation("2.3", "每日<价格>", cadence="daily", form="series", words=[["价格"]]),
        make_obligation(
            "2.4", "具体措施", cadence="by_deadline", form="document", words=[["措施"]], rule=BY_AUGUST
        ),
    )


@pytest.fixture
def city(db: None) -> City:
    districts = [
        make_unit(name, slug, kind="district") for name, slug in (("福田区", "futian"), ("罗湖区", "luohu"))
    ]
    make_unit("各区", "gequ", members=districts)
    version = make_plan(areas=areas(), obligations=obligations())
    july = publish("2017年7月全市一般公共预算收支情况", on="2017-08-10", covers="2017-07")
    publish("福田区措施", on="2017-08-15", unit="福田区", form="document")
    prices = publish("2017年9月1日价格", on="2017-09-04", unit="市统计局", covers="2017-09-01")
    august = publish("2017年8月全市一般公共预算收支情况", on="2017-10-16", covers="2017-08")
    revise(july, on="2017-10-20", note="更正合计数", body="更正后的正文。\n\n指标\t数值\n收入\t10")
    publish("降费政策文件", on="2017-11-02", form="document", made_on=None)
    withdraw(prices, on="2017-11-10", reason="数字有误，核实后另发")
    return City(version, july, august, prices)


@pytest.fixture
def see(client: Client) -> Callable[..., Tag]:
    """Open a page and give its parsed tree; the page must answer 200."""

    def open_page(address: str, status: int = 200, **headers: str) -> Tag:
        response = client.get(address, headers=headers)
        assert response.status_code == status, (address, response.status_code)
        return BeautifulSoup(response.content.decode(), "html.parser")

    return open_page


def words_of(element: Tag) -> str:
    """The text of an element, spaces folded."""
    return " ".join(element.get_text().split())
