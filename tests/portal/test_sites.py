"""Sites and columns as visitors meet them."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from django.test import Client

from tests.factories import publish, revise, withdraw
from tests.portal.conftest import words_of
from tests.sites.conftest import Sites, make_column, make_site, stand
from yangguang.sites.models import OldAddress

__all__ = ["stand"]

See = Callable[..., Tag]


def titles(page: Tag) -> list[str]:
    return [link.get_text() for link in page.select("main .publications a.title")]


def test_an_item_published_once_appears_wherever_a_rule_takes_it(stand: Sites, see: See) -> None:
    document = publish("2017年8月预算收支", on="2017-09-15")
    publish("任免通知", on="2017-09-16", form="document")
    publish("福田区措施", on="2017-09-17", unit="福田区")
    assert titles(see("/sites/czw/columns/budgets/")) == ["2017年8月预算收支"]
    assert titles(see("/sites/czw/columns/news/")) == ["任免通知", "2017年8月预算收支"]
    assert len(titles(see("/sites/portal/columns/all/"))) == 3
    revise(document, on="2017-10-01")
    assert titles(see("/sites/czw/columns/budgets/")) == ["2017年8月预算收支"]
    withdraw(document, on="2017-10-02")
    assert titles(see("/sites/czw/columns/budgets/")) == []
    assert titles(see("/sites/czw/columns/budgets/?on=2017-09-20")) == ["2017年8月预算收支"]


def test_a_column_of_what_is_in_force_leaves_out_what_expired(stand: Sites, see: See) -> None:
    column = make_column(stand.finance, "valid", "现行有效", show="in_force")
    publish("有期限的办法", on="2017-08-01", expires_on="2017-10-31")
    publish("没有期限的办法", on="2017-08-02")
    assert titles(see("/sites/czw/columns/valid/")) == ["没有期限的办法"]
    assert len(titles(see("/sites/czw/columns/valid/?on=2017-10-31"))) == 2
    assert column.get_absolute_url() == "/sites/czw/columns/valid/"


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_by_keyset_show_every_item_once_there_and_back(stand: Sites, see: See, sort: str) -> None:
    make_column(stand.finance, "long", "长栏目", sort=sort)
    for number in range(45):
        publish(f"第{number}件", on=f"2017-08-{1 + number // 2:02}")
    there: list[list[str]] = []
    address = "/sites/czw/columns/long/"
    while address:
        page = see(address)
        there.append(titles(page))
        following = page.select_one("a[rel=next]")
        last, address = address, "/sites/czw/columns/long/" + following["href"] if following else ""
    assert [len(one) for one in there] == [20, 20, 5]
    everything = [title for one in there for title in one]
    wanted = [f"第{number}件" for number in range(45)]
    assert everything == (wanted if sort == "oldest" else wanted[::-1])
    back = see("/sites/czw/columns/long/" + see(last).select_one("a[rel=prev]")["href"])
    assert titles(back) == there[1]
    assert not see("/sites/czw/columns/long/").select("a[rel=prev]")


def test_on_its_own_host_a_site_is_itself_and_the_desk_is_not_there(stand: Sites, settings: object) -> None:
    settings.ALLOWED_HOSTS = [".example.gov.cn", "testserver"]  # type: ignore[attr-defined]
    make_site("own", "自有域名站", stand.district.unit, host="own.example.gov.cn", description="一句话")
    publish("福田区措施", on="2017-09-17", unit="福田区")
    client = Client(headers={"host": "own.example.gov.cn"})
    home = client.get("/").content.decode()
    assert "自有域名站" in home
    assert "政务公开，照方案办" not in home
    assert client.get("/office/").status_code == 404
    assert client.get("/api/v1/").status_code == 404
    assert "自有域名站" in client.get("/documents/").content.decode()
    assert "<loc>http://own.example.gov.cn/</loc>" in b"".join(client.get("/sitemap.xml")).decode()
    assert "Sitemap: http://own.example.gov.cn/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert Client(headers={"host": "evil.example.org"}).get("/").status_code == 400
    assert "自有域名站" not in Client().get("/").content.decode()


def test_the_columns_of_a_host_stand_at_its_root(stand: Sites, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["own.example.gov.cn"]  # type: ignore[attr-defined]
    site = make_site("own", "自有域名站", stand.district.unit, host="own.example.gov.cn")
    make_column(site, "news", "动态")
    client = Client(headers={"host": "own.example.gov.cn"})
    assert 'href="/columns/news/"' in client.get("/").content.decode()
    assert client.get("/columns/news/").status_code == 200


def test_colours_reach_the_page_as_a_style_sheet_alone(stand: Sites, client: Client) -> None:
    sheet = client.get("/sites/czw/style.css")
    assert sheet["Content-Type"].startswith("text/css")
    assert "--ink: #7a1f1f;" in sheet.content.decode()
    assert "/sites/czw/style.css" in client.get("/sites/czw/").content.decode()


def test_an_empty_column_says_what_to_do(stand: Sites, see: See) -> None:
    assert "还没有内容" in words_of(see("/sites/czw/columns/news/").select_one(".empty"))
    assert see("/sites/").select(".sites")


def test_what_does_not_exist_is_told_in_a_sentence(stand: Sites, see: See) -> None:
    assert "没有网址名为 nowhere 的网站" in words_of(see("/sites/nowhere/", 404))
    assert "没有这个栏目" in words_of(see("/sites/czw/columns/nowhere/", 404))
    assert "页码认不出来" in words_of(see("/sites/czw/columns/news/?after=x", 400))
    assert see("/sites/czw/columns/news/?after=999999")


def test_an_old_address_leads_to_the_new_one_for_good(stand: Sites, settings: object, client: Client) -> None:
    document = publish("旧文章", on="2017-09-15")
    target = document.get_absolute_url()
    settings.ALLOWED_HOSTS = ["old.example.gov.cn", "testserver"]  # type: ignore[attr-defined]
    site = make_site("own", "旧站", stand.district.unit, host="old.example.gov.cn")
    OldAddress.objects.create(site=site, path="/art/2016/1.html", target=target)
    OldAddress.objects.create(site=site, path="/show.asp?id=7", target=target)
    at_host = Client(headers={"host": "old.example.gov.cn"})
    for path in ("/art/2016/1.html", "/show.asp?id=7"):
        answer = at_host.get(path)
        assert (answer.status_code, answer["Location"]) == (301, target)
    assert at_host.get("/show.asp?id=8").status_code == 404
    assert client.get("/sites/own/art/2016/1.html")["Location"] == target
    assert client.get("/art/2016/1.html").status_code == 404
