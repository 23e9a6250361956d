"""Periods and their verdicts."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.plan import WhichPlan
from yangguang.api.schemas.shared import Day, Page, Paged, Word
from yangguang.rules.verdict import State


class VerdictFilters(WhichPlan, Paged):
    on: Day | None = Field(None, description="截至哪一天的判定；不写为今天", examples=["2017-11-30"])
    unit: Word | None = Field(
        None, description="责任单位：网址名、名称或别名", examples=["市财政委"], max_length=80
    )
    obligation: Word | None = Field(None, description="公开事项编号", examples=["2.2a"], max_length=16)
    area: int | None = Field(None, ge=1, le=9999, description="领域序号", examples=[2])
    state: State | None = Field(None, description="判定", examples=["late"])
    month: str | None = Field(
        None, description="期限所在的月", examples=["2017-09"], pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$"
    )


class PeriodOut(Schema):
    obligation: str = Field(description="公开事项编号", examples=["2.2a"])
    unit: str = Field(description="责任单位", examples=["市财政委"])
    period: str = Field(
        description="期：2017-08、2017Q3、2017H1、2017、日期或“#日志行号”", examples=["2017-08"]
    )
    label: str = Field(description="期的中文名", examples=["2017年8月"])
    opens_on: dt.date = Field(description="期的第一天", examples=["2017-08-01"])
    ends_on: dt.date = Field(description="期的最后一天", examples=["2017-08-31"])
    due_on: dt.date | None = Field(description="期限；无期限为 null", examples=["2017-09-30"])
    provisional: bool = Field(description="期限是否暂定（所涉年份的放假通知未出）")
    state: State = Field(description="判定", examples=["on_time"])


class VerdictOut(Schema):
    obligation: str = Field(description="公开事项编号", examples=["2.2a"])
    title: str = Field(description="公开事项", examples=["全市一般公共预算收支情况"])
    unit: str = Field(description="责任单位", examples=["市财政委"])
    period: str = Field(description="期", examples=["2017-08"])
    due_on: dt.date | None = Field(description="期限", examples=["2017-09-30"])
    state: State = Field(description="判定", examples=["late"])
    state_name: str = Field(description="判定的中文", examples=["迟"])
    days_late: int | None = Field(description="迟了几个工作日（未公开的算到截至日）", examples=[3])
    provisional: bool = Field(description="期限是否暂定")
    met_on: dt.date | None = Field(description="哪天公开的", examples=["2017-10-12"])
    met_by: int | None = Field(description="凭哪一行日志", examples=[214])
    counted: str = Field(description="方案有数量要求的：已有／应有；没有核对数量的为空", examples=["10/11"])
    reason: str = Field(description="为什么这样判定")
    url: str = Field(description="公开事项的门户页面", examples=["/obligations/shenzhen-2017-2.2a/"])


class PeriodPage(Page):
    as_of: dt.date = Field(description="截至日", examples=["2017-11-30"])
    plan: str = Field(examples=["shenzhen-2017"])
    version: int = Field(examples=[1])
    items: list[PeriodOut]


class VerdictPage(Page):
    as_of: dt.date = Field(description="截至日", examples=["2017-11-30"])
    plan: str = Field(examples=["shenzhen-2017"])
    version: int = Field(examples=[1])
    items: list[VerdictOut]
