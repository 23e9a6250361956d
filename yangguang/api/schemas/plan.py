"""The plan with its areas, tasks and obligations."""

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.shared import Page, Paged, Parameters, UnitRef, Word


class WhichPlan(Parameters):
    plan: Word | None = Field(
        None, description="方案的网址名；不写为最新的方案", examples=["shenzhen-2017"], max_length=60
    )
    version: int | None = Field(None, ge=1, le=9999, description="版次；不写为最新一版", examples=[1])


class ObligationFilters(WhichPlan, Paged):
    unit: Word | None = Field(
        None, description="责任单位：网址名、名称或别名", examples=["市财政委"], max_length=80
    )
    area: int | None = Field(None, ge=1, le=9999, description="领域序号", examples=[2])


class ObligationOut(Schema):
    code: str = Field(description="公开事项编号", examples=["2.2a"])
    position: int = Field(description="顺序，从 1 起", examples=[5])
    task: str = Field(description="所属任务编号", examples=["2.2"])
    area: int | None = Field(description="所属领域序号；表外事项为 null", examples=[2])
    title: str = Field(description="公开事项", examples=["全市一般公共预算收支情况"])
    phrase: str = Field(description="方案原文中的话", examples=["按月公开财政收支情况"])
    units: list[str] = Field(description="责任单位，可为集合（各区、各部门）", examples=[["市财政委"]])
    form: str = Field(description="形式", examples=["series"])
    cadence: str = Field(description="频次", examples=["monthly"])
    channels: list[str] = Field(description="渠道", examples=[["政府网站"]])
    rule: dict[str, Any] = Field(description="判定规则：期限和匹配词，判定只用它和公开日志")
    note: str = Field(description="说明")
    url: str = Field(description="门户页面", examples=["/obligations/shenzhen-2017-2.2a/"])


class ObligationPage(Page):
    plan: str = Field(examples=["shenzhen-2017"])
    version: int = Field(examples=[1])
    items: list[ObligationOut]


class TaskOut(Schema):
    id: str = Field(description="编号；表外事项为 0.n", examples=["2.7"])
    number: str | None = Field(description="原文序号", examples=["7"])
    text: str = Field(description="具体要求，照原文")
    leads: list[str] = Field(description="牵头落实单位（规范名）", examples=[["市财政委"]])
    leads_printed: str = Field(description="原文中的单位", examples=["市财政委"])
    lead_inherited: bool = Field(description="单位沿用上一行")
    cadence: str = Field(description="频次", examples=["monthly"])
    cadences: list[dict[str, Any]] = Field(description="原文中的频次")
    channels: list[str] = Field(description="渠道")
    form: str = Field(description="形式", examples=["series"])
    measures: list[dict[str, Any]] = Field(description="量化要求")
    source: dict[str, Any] = Field(description="在原文中的位置")
    obligations: list[ObligationOut]
    url: str = Field(description="门户页面", examples=["/plan/2.7/"])


class AreaOut(Schema):
    number: int = Field(examples=[2])
    name: str = Field(examples=["推进财政信息公开"])
    tasks: list[TaskOut]


class VersionOut(Schema):
    number: int = Field(description="版次", examples=[1])
    adopted_on: dt.date = Field(description="通过日期")
    journal_seq: int = Field(description="通过这一版的日志行", examples=[1])
    note: str = Field(description="修订说明")


class MemberOut(Schema):
    group: str = Field(examples=["各区"])
    member: str = Field(examples=["福田区政府"])
    since: dt.date | None = None
    until: dt.date | None = None


class SuccessionOut(Schema):
    predecessor: str = Field(examples=["市人居环境委"])
    successor: str = Field(examples=["市生态环境局"])
    on: dt.date
    source: str = Field(description="依据")
    verified: bool = Field(description="是否已核实")


class NamedUnit(UnitRef):
    kind: str = Field(description="类别：department、district、vertical、group", examples=["department"])
    aliases: list[str] = Field(description="别名")


class RegisterOut(Schema):
    """The units of the whole register, so that the plan's file alone is enough to recompute verdicts."""

    units: list[NamedUnit]
    members: list[MemberOut]
    successions: list[SuccessionOut]


class PlanOut(Schema):
    slug: str = Field(examples=["shenzhen-2017"])
    title: str
    number: str = Field(description="文号", examples=["深府办函〔2017〕123号"])
    issuer: str
    issued_on: dt.date = Field(description="印发日期", examples=["2017-06-19"])
    year: int = Field(description="年度", examples=[2017])
    version: VersionOut
    versions: list[VersionOut] = Field(description="全部版次")
    source_name: str = Field(description="原文文件名")
    source_sha256: str = Field(description="原文的 SHA-256")
    notices: list[dict[str, Any]] = Field(description="识读说明：读入时作了哪些认定")
    defaults: dict[str, Any] = Field(description="方案没有写明时采用的默认期限")
    areas: list[AreaOut]
    outside_table: list[TaskOut] = Field(description="表外事项")
    directory: RegisterOut = Field(alias="register", description="单位、集合成员和机构改革，重算判定时要用")
