"""Documents as the public reads them: their editions."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from yangguang.api.schemas.shared import Page, UnitRef, Word
from yangguang.api.schemas.units import AsOfPaged


class DocumentFilters(AsOfPaged):
    unit: Word | None = Field(
        None, description="发布单位：网址名、名称或别名", examples=["市财政委"], max_length=80
    )
    q: Word | None = Field(
        None,
        description="要找的词，同 /search/ 页：标题、文号、主题词、正文等处都找",
        examples=["预算"],
        max_length=200,
    )


class EditionOut(Schema):
    number: int = Field(description="版次", examples=[1])
    title: str
    document_number: str = Field(description="文号")
    form: str = Field(description="形式", examples=["series"])
    keywords: list[str] = Field(description="主题词")
    covers: str = Field(description="所属期", examples=["2017-08"])
    made_on: dt.date | None = Field(description="成文日期")
    online_at: dt.datetime = Field(description="上网时间")
    note: str = Field(description="修改说明")
    sha256: str = Field(description="正文的 SHA-256")
    journal_seq: int = Field(description="日志行", examples=[12])


class DocumentOut(EditionOut):
    index_no: str = Field(description="索引号", examples=["caizhengwei-2017-00012"])
    unit: UnitRef
    withdrawn_on: dt.date | None = Field(description="撤回日期；没有撤回为 null")
    withdrawn_reason: str = Field(description="撤回理由")
    sample: bool = Field(description="是否示例数据")
    url: str = Field(description="门户页面", examples=["/documents/caizhengwei-2017-00012/"])


class DocumentPage(Page):
    as_of: dt.date = Field(examples=["2017-11-30"])
    items: list[DocumentOut]


class DocumentDetail(DocumentOut):
    as_of: dt.date = Field(examples=["2017-11-30"])
    body: str = Field(description="正文")
    editions: list[EditionOut] = Field(description="截至那天的全部版次")
