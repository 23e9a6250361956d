"""Every page carries the tags of its kind, and the items that a footer must tell."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories import publish
from tests.portal.conftest import City
from tests.portal.test_every_page import walk
from tests.sites.conftest import Sites, stand

__all__ = ["stand"]

SITE = ["SiteName", "SiteDomain", "SiteIDCode"]
COLUMN = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
EVERY = [*SITE, *COLUMN, "Keywords", "Description", "Url"]
ARTICLE = ["ArticleTitle", "PubDate", "ContentSource", "Author", "Image"]


def tags(page: Tag) -> dict[str, str]:
    found = [(tag["name"], tag["content"]) for tag in page.select("meta[name]")]
    names = [name.lower() for name, _ in found]
    assert len(names) == len(set(names)), names
    return dict(found)


def test_every_page_has_the_tags_of_its_kind(city: City, stand: Sites, client: Client) -> None:
    kinds = set()
    for address, page in walk(client):
        found = tags(page)
        assert not [name for name in EVERY if name not in found], address
        assert [name for name in EVERY if not found[name] and name != "SiteIDCode"] == [], address
        is_article = re.match(r"/documents/[^/?]+/", address) is not None
        kinds.add((found["ColumnName"], is_article))
        for name in ARTICLE:
            assert bool(found.get(name)) == is_article, (address, name)
        if is_article:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", found["PubDate"]), address
        assert found["Url"].startswith("http://127.0.0.1:8000/"), address
        assert page.select("link[rel=alternate][type='application/atom+xml']"), address
        footer = page.select_one("footer").get_text()
        for told in (
            "我为政府网站找错",
            "主办单位",
            "网站标识码",
            "ICP 备案",
            "公安备案",
            "联系方式",
            "党政机关标识",
        ):
            assert told in footer, (address, told)
    assert {
        ("首页", False),
        ("文件", True),
        ("分工方案", False),
        ("工作动态", False),
        ("订阅", False),
    } <= kinds


@pytest.mark.django_db
def test_an_articles_tags_tell_its_facts(client: Client) -> None:
    document = publish(
        "关于<降费>的通知", on="2017-09-15 08:05", keywords=["降费"], issuers=["市财政委", "市发展改革委"]
    )
    found = tags(BeautifulSoup(client.get(document.get_absolute_url()).content.decode(), "html.parser"))
    assert found["ArticleTitle"] == "关于<降费>的通知"
    assert found["PubDate"] == "2017-09-15 08:05"
    assert found["ContentSource"] == "市财政委、市发展改革委"
    assert found["Author"] == "市财政委"
    assert found["Keywords"] == "降费"
    assert found["Url"].endswith(document.get_absolute_url())


def test_a_units_site_speaks_for_itself(stand: Sites, client: Client) -> None:
    page = BeautifulSoup(client.get("/sites/czw/columns/budgets/").content.decode(), "html.parser")
    found = tags(page)
    assert (found["SiteName"], found["SiteIDCode"]) == ("示例市财政委", "4403000001")
    assert (found["ColumnName"], found["ColumnType"]) == ("预算公开", "数据发布")
    assert found["ColumnDescription"] == "预算公开的内容。"
    assert page.select("link[href='/feeds/columns/czw/budgets.atom']")
