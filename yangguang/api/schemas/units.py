"""Units and their scores."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.plan import MemberOut, NamedUnit, SuccessionOut
from yangguang.api.schemas.shared import Day, Page, Paged, Parameters


class AsOf(Parameters):
    on: Day | None = Field(None, description="截至哪一天；不写为今天", examples=["2017-11-30"])


class AsOfPaged(AsOf, Paged):
    pass


class ScoreOut(Schema):
    on_time: int = Field(description="按时", examples=[31])
    late: int = Field(description="迟", examples=[2])
    partial: int = Field(description="不全", examples=[1])
    missing: int = Field(description="未公开", examples=[4])
    not_yet: int = Field(description="未到期", examples=[6])
    provisional: int = Field(description="暂定", examples=[0])
    unjudged: int = Field(description="不评", examples=[3])
    internal: int = Field(description="内部工作，不计分", examples=[1])
    points: float | None = Field(
        description="得分 0–100：100 ×（按时 + 迟和不全的一半）÷（按时 + 迟 + 不全 + 未公开）；没有可评的为 null",
        examples=[86.5],
    )


class UnitOut(NamedUnit):
    score: ScoreOut
    url: str = Field(description="门户页面", examples=["/units/caizhengwei/"])


class UnitPage(Page):
    as_of: dt.date = Field(examples=["2017-11-30"])
    items: list[UnitOut]


class MonthScore(Schema):
    month: str = Field(description="期限所在的月", examples=["2017-09"])
    score: ScoreOut


class UnitDetail(UnitOut):
    as_of: dt.date = Field(examples=["2017-11-30"])
    months: list[MonthScore] = Field(description="逐月")
    members: list[MemberOut] = Field(description="集合的成员")
    successions: list[SuccessionOut] = Field(description="机构改革（前身和后继）")
