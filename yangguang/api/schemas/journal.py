"""The public journal and the working-day calendar."""

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.shared import Parameters
from yangguang.journal.models import Line


class After(Parameters):
    after: int = Field(0, ge=0, le=10**15, description="从第几行之后开始", examples=[0])


class JournalFilters(After):
    limit: int = Field(100, ge=1, le=1000, description="一页最多多少行", examples=[100])
    act: str | None = Field(
        None,
        description="行为：" + "、".join(f"{act.value} {act.label}" for act in Line.Act),
        examples=["publish"],
        pattern=f"^({'|'.join(Line.Act.values)})$",
    )


class LineOut(Schema):
    seq: int = Field(description="行号，从 1 起", examples=[12])
    act: str = Field(description="行为", examples=["publish"])
    body: str = Field(description="内容的规范文本（RFC 8785），哈希按它的字节计算")
    facts: dict[str, Any] = Field(description="同一内容，已解析")
    previous: str = Field(description="前一行的哈希")
    digest: str = Field(description="SHA-256（前一行的哈希 + 换行 + 内容）")


class JournalPage(Schema):
    size: int = Field(description="日志共有多少行", examples=[820])
    head: str = Field(description="最后一行的哈希")
    next: str | None = Field(description="下一页的地址；没有更多为 null")
    items: list[LineOut]


class CalendarFilters(Parameters):
    year: int | None = Field(None, ge=2000, le=2100, description="年份；不写为全部", examples=[2017])


class NoticeOut(Schema):
    title: str
    number: str = Field(description="文号；不知道的为空")
    issued: dt.date | None = Field(description="印发日期")
    verified: bool = Field(description="是否已核实")


class YearOut(Schema):
    year: int = Field(examples=[2017])
    notices: list[NoticeOut]
    workdays: int = Field(description="全年工作日数", examples=[249])
    days_off: list[dt.date] = Field(description="放假日，含当中的周末")
    worked: list[dt.date] = Field(description="调休上班的周末")


class CalendarOut(Schema):
    years: list[YearOut]
