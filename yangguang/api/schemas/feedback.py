"""What readers said about data, and how it was answered."""

import datetime as dt
from enum import StrEnum

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.shared import Page, Paged, UnitRef, Word
from yangguang.registers.queries.release import Progress


class FeedbackKind(StrEnum):
    REQUEST = "request"
    ERROR = "error"
    REUSE = "reuse"


class FeedbackOutcome(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"


class FeedbackState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"


class FeedbackFilters(Paged):
    kind: FeedbackKind | None = Field(
        None, description="类别：申请开放、报告差错、展示应用", examples=["error"]
    )
    unit: Word | None = Field(
        None, description="答复单位：网址名、名称或别名", examples=["市水务局"], max_length=80
    )
    dataset: Word | None = Field(
        None, description="关于哪个数据集：网址名", examples=["drinking-water-sources"], max_length=100
    )
    state: FeedbackState | None = Field(
        None, description="办到哪一步：等答复（含逾期）、等答复而且逾期、已答复", examples=["answered"]
    )


class PromiseOut(Schema):
    batch: str = Field(description="列入哪一批", examples=["2017年第三批"])
    due_on: dt.date = Field(description="最迟哪一天开放", examples=["2017-12-31"])
    progress: Progress | None = Field(description="兑现没有，由已公开的版次算出；已移出计划的为 null")
    days_overdue: int = Field(description="已超过期限多少天", examples=[0])
    dataset: str | None = Field(description="开放成了哪个数据集；还没有的为 null")
    url: str = Field(description="开放计划里的这一批", examples=["/data/plan/#batch-3"])


class FeedbackOut(Schema):
    number: int = Field(description="公开的编号", examples=[2])
    kind: FeedbackKind = Field(description="类别")
    unit: UnitRef | None = Field(description="答复单位；还没有转办的为 null")
    dataset: str | None = Field(description="关于哪个数据集", examples=["drinking-water-sources"])
    state: FeedbackState = Field(description="办到哪一步")
    filed_at: dt.datetime = Field(description="收到的时间")
    workdays: int = Field(description="收到时承诺的答复期限，工作日", examples=[15])
    due_on: dt.date = Field(description="最迟哪一天答复", examples=["2017-11-01"])
    provisional: bool = Field(description="期限是否暂定（所涉年份的放假通知未出）")
    workdays_late: int = Field(description="迟了几个工作日；等答复的算到今天", examples=[0])
    about: str | None = Field(description="要什么数据、应用叫什么、哪个数据集；答复以后才公开")
    summary: str | None = Field(description="单位写的问题摘要；原文从不公开")
    outcome: FeedbackOutcome | None = Field(description="结果")
    answer: str | None = Field(description="答复")
    answered_at: dt.datetime | None = Field(description="答复的时间")
    link: str | None = Field(description="展示的应用的网址")
    promise: PromiseOut | None = Field(description="同意开放的：列入开放计划的哪一批")
    journal: list[int] = Field(description="收到、答复各在日志第几行", examples=[[385, 486]])
    url: str | None = Field(description="门户页面；答复以后才有", examples=["/data/feedback/2/"])
    sample: bool = Field(description="是否示例")


class FeedbackPage(Page):
    items: list[FeedbackOut]


class KeptOut(Schema):
    unit: UnitRef | None = Field(description="答复单位；等政府办公厅转办的为 null")
    open: int = Field(description="等答复", examples=[1])
    overdue: int = Field(description="其中逾期", examples=[0])
    answered: int = Field(description="已答复", examples=[3])
    answered_late: int = Field(description="其中迟答", examples=[1])


class KeptPage(Page):
    items: list[KeptOut]
