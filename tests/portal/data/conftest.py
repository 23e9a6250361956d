"""Three small registers with real tables, made through the product's own verbs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import at, make_unit
from yangguang.journal.models import Line
from yangguang.registers.actions import registers, staging, versions
from yangguang.registers.models import Register, Version

ACME, OTHER = "91440300MA5EXAMP01", "91440300MA5EXAMP02"
WATER = "/data/water-sources/"


def field(name: str, title: str, type: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "title": title, "type": type, **more}


def descriptor(name: str, title: str, fields: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "description": f"{title}，供测试。",
        "unit": "市人居环境委",
        "cadence": "monthly",
        "topic": "城乡建设、环境保护",
        **more,
        "schema": {"fields": list(fields), "primaryKey": [fields[0]["name"]], **more.get("schema", {})},
    }


WATER_SOURCES = descriptor(
    "water-sources",
    "水源水质",
    [
        field("month", "月份", "yearmonth"),
        field("source", "水源名称"),
        field("grade", "水质类别", constraints={"enum": ["Ⅰ类", "Ⅱ类", "Ⅲ类"]}),
        field("rate", "达标率", "number", unit="%", constraints={"minimum": 0}, description="达标的比例"),
        field("phone", "联系电话", reporting=True),
    ],
    kind="series",
    publication="{period}水源水质监测信息",
    keywords=["水质"],
    intake="period",
    period="month",
    measure={"field": "source", "count": 3, "unit": "座"},
    chart={
        "mark": "line",
        "x": "month",
        "y": "rate",
        "series": "source",
        "aggregate": "mean",
        "title": "达标率",
    },
    schema={"primaryKey": ["month", "source"]},
)
PENALTIES = descriptor(
    "penalties",
    "行政处罚",
    [
        field("case_no", "文号"),
        field("party", "当事人"),
        field("uscc", "统一社会信用代码", check="uscc"),
        field("decided_on", "决定日期", "date"),
        field("fine", "罚款", "number", unit="万元"),
    ],
    kind="cases",
    intake="upsert",
    cadence="timely",
)
LICENSING = descriptor(
    "licensing",
    "许可办理进度",
    [
        field("receipt_no", "受理编号"),
        field("applicant", "申请人"),
        field("uscc", "统一社会信用代码", check="uscc"),
        field("accepted_on", "受理日期", "date"),
        field("examined_on", "审查日期", "date"),
        field("examination", "审查意见"),
        field("decided_on", "审批日期", "date"),
        field("decision", "审批结果"),
        field("promised_on", "承诺办结日期", "date"),
    ],
    kind="cases",
    intake="upsert",
    cadence="timely",
)


def publish(
    register: Register, rows: Sequence[Sequence[Any]], on: str, period: str = "", **more: Any
) -> Version:
    """The next version, online on that day, or with the journal's last line where that is later."""
    staged = staging.stage(register, rows, period=period)
    last = Line.objects.order_by("seq").last()
    now = max(at(on), last.at) if last else at(on)
    return versions.publish(by=None, now=now, register=register, staged=staged, period=period, **more)


def july() -> list[list[Any]]:
    return [
        ["2017-07", "甲水库", "Ⅱ类", 99.5, "0755-1"],
        ["2017-07", "乙水库", "Ⅲ类", 97.0, "0755-2"],
        ["2017-07", "<丙>水库", "Ⅱ类", None, "0755-3"],
    ]


@pytest.fixture
def water(db: None) -> Register:
    """Two months: all three sources in July, two in August; then August put right."""
    make_unit("市人居环境委", "renju")
    made = registers.establish(by=None, now=at("2017-07-01"), descriptor=WATER_SOURCES, is_sample=True)
    publish(made, july(), "2017-08-10", "2017-07")
    august = [["2017-08", "甲水库", "Ⅱ类", 98.0, ""], ["2017-08", "乙水库", "Ⅱ类", 96.0, ""]]
    publish(made, august, "2017-09-08", "2017-08")
    august[0][3], august[1][2] = 98.25, "Ⅲ类"
    publish(made, august, "2017-09-20", "2017-08", note="更正达标率")
    return made


@pytest.fixture
def penalties(db: None) -> Register:
    make_unit("市人居环境委", "renju")
    made = registers.establish(by=None, now=at("2017-07-01"), descriptor=PENALTIES)
    day = dt.date(2017, 9, 1)
    rows = [
        ["罚字1号", "示例甲公司", ACME, day, 2.5],
        ["罚字2号", "示例甲公司", ACME, day + dt.timedelta(9), 10],
        ["罚字3号", "示例乙公司", OTHER, day, 1],
    ]
    publish(made, rows, "2017-10-01")
    return made


@pytest.fixture
def licensing(db: None) -> Register:
    make_unit("市人居环境委", "renju")
    made = registers.establish(by=None, now=at("2017-07-01"), descriptor=LICENSING)
    day = dt.date(2017, 10, 9)
    rows = [
        ["SL-1", "示例甲公司", ACME, day, day + dt.timedelta(3), "通过", day + dt.timedelta(8), "准予", None],
        ["SL-2", "示例乙公司", OTHER, day, None, None, None, None, dt.date(2017, 11, 20)],
    ]
    publish(made, rows, "2017-11-01")
    return made


def page(client: Client, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[-2000:]
    return BeautifulSoup(response.content.decode(), "html.parser")
