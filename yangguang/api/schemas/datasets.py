"""Datasets, their versions and their rows."""

import datetime as dt
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.shared import Day, Page, Paged, Parameters, UnitRef, Word
from yangguang.rules.tables.quality import Part
from yangguang.rules.tables.schema import Kind, Type

Filter = Annotated[Word, Field(max_length=500)]


class DatasetFilters(Paged):
    q: Word | None = Field(
        None,
        description="名称、说明、主题词或列名中的词，也可以写成 CKAN 的查询式",
        examples=["水质"],
        max_length=200,
    )
    unit: Word | None = Field(
        None, description="发布单位：网址名、名称或别名", examples=["市水务局"], max_length=80
    )
    topic: Word | None = Field(
        None, description="主题分类的名称", examples=["城乡建设、环境保护"], max_length=40
    )
    kind: Kind | None = Field(None, description="类型", examples=["series"])
    modified_since: Day | None = Field(None, description="只要这一天起有变动的", examples=["2017-11-01"])


class RowFilters(Parameters):
    filter: list[Filter] = Field(
        default_factory=list,
        description="条件，写作 列__比较=值，可以重复，须同时满足；比较与 Datasette 的相同"
        "（exact not gt gte lt lte contains startswith endswith in isnull …），不写比较是等于",
        examples=[["rate__gte=90"]],
        max_length=20,
    )
    search: Word | None = Field(
        None, description="行里的词，以空格隔开，须都出现", examples=["水库"], max_length=200
    )
    columns: Word | None = Field(
        None, description="只要哪些列，以逗号隔开；主键总在", examples=["month,source"], max_length=2000
    )
    sort: Word | None = Field(
        None,
        description="按哪一列排序，前面加 - 是从大到小；不写是原来的顺序",
        examples=["-month"],
        max_length=100,
    )
    limit: int = Field(100, ge=1, le=1000, description="一页最多多少行", examples=[100])
    after: Word | None = Field(
        None, description="上一页的 after；不写从第一行起", examples=["WyIxMDAiXQ"], max_length=4000
    )
    as_of: Word | None = Field(
        None, description="版次，或 YYYY-MM-DD 的日期；不写是最新一版", examples=["2017-11-30"], max_length=10
    )


class ShareOut(Schema):
    part: Part = Field(description="量的是什么：完整、合规、不重复、及时、有说明")
    met: int = Field(description="分子", examples=[33])
    of: int = Field(description="分母；为 0 是没有可量的", examples=[33])


class QualityOut(Schema):
    score: float | None = Field(description="各项占比的平均，0 到 100；没有可量的为 null", examples=[98.2])
    on: Day = Field(description="按哪一天算", examples=["2017-11-30"])
    through: Day = Field(description="数据到哪一天", examples=["2017-10-31"])
    next_due: Day | None = Field(description="下一期最迟哪一天；不承诺周期为 null", examples=["2017-12-31"])
    overdue: int = Field(description="已逾期的工作日数", examples=[0])
    shares: list[ShareOut] = Field(description="分数由哪几项占比构成")


class DatasetOut(Schema):
    slug: str = Field(description="网址名", examples=["drinking-water-sources"])
    id: str = Field(description="各接口通用的标识，永远不变")
    title: str = Field(description="名称")
    description: str = Field(description="说明")
    unit: UnitRef
    kind: Kind = Field(description="类型")
    topic: str = Field(description="主题分类")
    cadence: str = Field(description="更新周期", examples=["monthly"])
    keywords: list[str] = Field(description="主题词")
    obligations: list[str] = Field(description="履行的公开事项", examples=[["13.2a"]])
    version: int = Field(description="最新的版次", examples=[3])
    period: str = Field(description="最新一版的所属期", examples=["2017-08"])
    rows: int = Field(description="最新一版的行数")
    issued: dt.datetime = Field(description="首次上网时间")
    modified: dt.datetime = Field(description="最近一次变动的时间")
    sample: bool = Field(description="是否示例数据")
    quality: QualityOut | None = Field(description="数据质量，由各行数出来；还没有数为 null")
    url: str = Field(description="门户页面", examples=["/data/drinking-water-sources/"])


class DatasetPage(Page):
    items: list[DatasetOut]


class ColumnOut(Schema):
    name: str = Field(description="列名", examples=["source"])
    title: str = Field(description="中文列名", examples=["水源名称"])
    type: Type = Field(description="类型（Frictionless Table Schema）")
    description: str = Field(description="说明")
    unit: str = Field(description="计量单位", examples=["%"])
    required: bool = Field(description="是否必填")
    enum: list[str] = Field(description="只能是这些词；不限为空")


class FileOut(Schema):
    format: str = Field(examples=["csv"])
    media_type: str = Field(examples=["text/csv"])
    url: str = Field(description="下载地址，内容永远不变")
    size: int | None = Field(description="字节数；首次下载时生成，还没有生成为 null")
    sha256: str = Field(description="SHA-256；还没有生成为空")


class DatasetDetail(DatasetOut):
    primary_key: list[str] = Field(description="主键的列；没有主键为空")
    columns: list[ColumnOut] = Field(description="公开的列")
    files: list[FileOut] = Field(description="最新一版的文件")


class DatasetVersionOut(Schema):
    number: int = Field(description="版次", examples=[3])
    title: str
    period: str = Field(description="所属期", examples=["2017-08"])
    note: str = Field(description="更新说明")
    rows: int = Field(description="行数")
    online_at: dt.datetime = Field(description="上网时间")
    sha256: str = Field(description="公开日志记下的 Parquet 文件的 SHA-256")
    served_sha256: str = Field(description="现在提供的 Parquet 文件的 SHA-256；依法撤下过行时与上一项不同")
    journal_seq: int = Field(description="日志行", examples=[12])
    url: str = Field(description="门户页面", examples=["/data/drinking-water-sources/v/3/"])


class DatasetVersionPage(Page):
    items: list[DatasetVersionOut]


class RowPage(Schema):
    dataset: str = Field(examples=["drinking-water-sources"])
    version: int = Field(description="回答的是哪一版", examples=[3])
    total: int = Field(description="符合条件的总行数", examples=[1200])
    limit: int = Field(examples=[100])
    after: str | None = Field(description="下一页的标记；最后一页为 null")
    next: str | None = Field(description="下一页的地址；最后一页为 null")
    items: list[dict[str, Any]] = Field(description="行：列名和值")
