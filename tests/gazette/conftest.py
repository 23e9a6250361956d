"""A store of its own for every test, an issue with three editions, and who may make it."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.factories import at, make_person, publish
from yangguang.directory.models import Person
from yangguang.directory.permissions import Role
from yangguang.gazette.actions import issues
from yangguang.gazette.models import Issue
from yangguang.publishing.models import Edition

BODY = """各区人民政府：

现将有关事项通知如下[^1]。

一、总体要求

各单位要 #set text(red) $x$ *高度* <重视> & "落实" \\。

项目\t单位\t数值
收入\t亿元\t10
支出\t^^\t9

[^1]: 本通知有效期三年。

市财政委
2017年6月19日
"""


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, settings: LazySettings) -> None:
    settings.STORE_ROOT = tmp_path / "store"


@pytest.fixture
def general_office(db: None) -> Person:
    return make_person("office", role=Role.GENERAL_OFFICE)


@pytest.fixture
def editor(db: None) -> Person:
    return make_person("editor")


@pytest.fixture
def editions(db: None) -> list[Edition]:
    made = [
        publish("关于预算公开的通知", on="2017-07-03", form="document", body=BODY, number="示例〔2017〕1号"),
        publish("关于<规范性>文件 & 管理的规定", on="2017-07-04", form="document", body=BODY),
        publish("2017年6月统计数据", on="2017-07-05", unit="市统计局"),
    ]
    return [document.edition for document in made if document.edition]


@pytest.fixture
def issue(general_office: Person, editions: list[Edition]) -> Issue:
    """In preparation, with two sections."""
    started = issues.start(
        by=general_office, year=2017, number=1, title="示例市人民政府公报", publisher="示例市人民政府办公厅"
    )
    for edition, section in zip(editions, ("市政府文件", "市政府文件", "统计数据"), strict=True):
        issues.place(by=general_office, issue=started, edition=edition, section=section)
    return started


@pytest.fixture
def issued(general_office: Person, issue: Issue) -> Issue:
    return issues.issue(by=general_office, now=at("2017-07-31"), issue=issue)
