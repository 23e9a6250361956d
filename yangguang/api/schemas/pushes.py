"""What a pushed table is answered with."""

import datetime as dt
from typing import Literal

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.shared import Day, ErrorDetail, Parameters, Word
from yangguang.registers.actions.wording import LONGEST


class PushParameters(Parameters):
    period: Word | None = Field(
        None,
        description="所属期；按期更新的清单必填，数据替换这一期的行",
        examples=["2017-08"],
        max_length=12,
    )
    made_on: Day | None = Field(None, description="数据形成的日期", examples=["2017-09-04"])
    note: Word | None = Field(
        None, description="更新说明，公开", examples=["补报8月数据"], max_length=LONGEST
    )
    reason: Word | None = Field(
        None,
        description="检查结果里要求核对的（warnings），在这里写明为什么可以公开",
        examples=["变更后的新决定"],
        max_length=LONGEST,
    )


class FindingOut(Schema):
    sheet: str = Field(description="工作表；csv 和 json 为空")
    row: int = Field(description="第几行，从 1 数起，表头也算；0 是整张表")
    column: str = Field(description="文件里的列，如 C")
    title: str = Field(description="清单的列的中文名")
    field: str = Field(description="清单的列名")
    value: str = Field(description="文件里的值")
    message: str = Field(description="哪里不对")
    remedy: str = Field(description="怎样改正")


class ChangeOut(Schema):
    sheet: str
    row: int
    column: str
    field: str
    kinds: list[str] = Field(description="改写的种类")
    words: str = Field(description="怎样改写")
    before: str
    after: str


class CountOut(Schema):
    period: str
    title: str = Field(description="数的是哪一列")
    count: int = Field(description="数据里有多少")
    wanted: int = Field(description="方案要求多少")
    unit: str
    whole: bool = Field(description="是否够数；不够将记为不全")


class ReportOut(Schema):
    passed: bool = Field(description="是否一处错误也没有")
    rows: int = Field(description="数据行数")
    problem_count: int = Field(description="错误总数；下面最多列一千处")
    change_count: int = Field(description="读入时改写的单元格总数；下面最多列一千处")
    problems: list[FindingOut] = Field(description="错误，一次全部列出")
    warnings: list[FindingOut] = Field(description="要人核对并写明理由的")
    changes: list[ChangeOut] = Field(description="空格、全角、日期写法、单位换算等改写")
    counts: list[CountOut] = Field(description="与方案要求的数量核对")


class PushOut(Schema):
    dataset: str = Field(description="清单的网址名", examples=["drinking-water-sources"])
    state: Literal["waiting", "published"] = Field(description="等候审核，或者已经上网")
    received_at: dt.datetime = Field(description="收到的时间")
    version: int | None = Field(description="已经上网的版次；等候审核时为 null")
    url: str | None = Field(description="这一版的门户页面；等候审核时为 null")
    report: ReportOut


class PushRefused(Schema):
    error: ErrorDetail
    report: ReportOut | None = Field(None, description="检查结果；没有查到那一步时没有")
