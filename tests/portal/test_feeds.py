"""Atom feeds: read by feedparser, which we did not write."""

import datetime as dt

import feedparser
import pytest
from django.test import Client

from tests.factories import make_unit, publish, revise, withdraw
from tests.sites.conftest import Sites, stand

__all__ = ["stand"]

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, address: str) -> feedparser.FeedParserDict:
    response = client.get(address)
    assert response.status_code == 200, address
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert found.bozo == 0, (address, found.get("bozo_exception"))
    assert found.version == "atom10"
    assert found.feed.id.startswith("urn:uuid:")
    assert found.feed.title
    assert found.feed.updated
    assert [link for link in found.feed.links if link.rel == "self" and link.href.endswith(address)], address
    ids = [entry.id for entry in found.entries]
    assert len(ids) == len(set(ids))
    for entry in found.entries:
        assert entry.title
        assert entry.author
        assert entry.links[0].rel == "alternate"
        dt.datetime.fromisoformat(entry.updated)
    return found


def test_each_kind_of_feed_holds_its_own_and_is_valid(stand: Sites, client: Client) -> None:
    make_unit("市统计局", "tongjiju")
    publish(
        "2017年8月预算收支", on="2017-09-15", topic="财政、金融、审计", body="正文\x0c里有换页符\n\n& <b>"
    )
    publish("统计数据", on="2017-09-16", unit="市统计局")
    addresses = {
        "/feeds/all.atom": 2,
        "/feeds/units/caizhengwei.atom": 1,
        "/feeds/topics/%E8%B4%A2%E6%94%BF%E3%80%81%E9%87%91%E8%9E%8D%E3%80%81%E5%AE%A1%E8%AE%A1.atom": 1,
        "/feeds/columns/czw/budgets.atom": 1,
        "/feeds/columns/futian/nothing.atom": 404,
        "/feeds/topics/nothing.atom": 404,
        "/feeds/search.atom": 404,
    }
    for address, wanted in addresses.items():
        if wanted == 404:
            assert client.get(address).status_code == 404, address
        else:
            assert len(feed(client, address).entries) == wanted, address
    entry = feed(client, "/feeds/units/caizhengwei.atom").entries[0]
    assert entry.content[0].value == "正文里有换页符\n\n& <b>"
    assert entry.tags[0].term == "财政、金融、审计"


@pytest.mark.django_db
def test_an_empty_feed_is_a_valid_feed(client: Client) -> None:
    assert feed(client, "/feeds/all.atom").entries == []


@pytest.mark.django_db
def test_a_revision_is_the_same_entry_later_and_a_withdrawal_says_so(client: Client) -> None:
    document = publish("2017年8月预算收支", on="2017-09-15")
    other = publish("别的", on="2017-09-20")
    first = feed(client, "/feeds/all.atom").entries[1]
    revise(document, on="2017-10-01", note="更正合计")
    revised = feed(client, "/feeds/all.atom").entries[0]
    assert revised.id == first.id
    assert revised.updated > first.updated
    assert "更正合计" in revised.summary
    withdraw(document, on="2017-10-05", reason="数字有误")
    gone = feed(client, "/feeds/all.atom").entries[0]
    assert (gone.id, gone.title) == (first.id, "【已撤回】2017年8月预算收支")
    assert "数字有误" in gone.summary
    assert "content" not in gone
    assert gone.updated == "2017-10-05T10:00:00+08:00"
    assert other.title in {entry.title for entry in feed(client, "/feeds/all.atom").entries}


@pytest.mark.django_db
def test_who_has_the_bytes_gets_304_until_something_changes(client: Client) -> None:
    publish("一", on="2017-09-15")
    etag = client.get("/feeds/all.atom")["ETag"]
    again = client.get("/feeds/all.atom", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    publish("二", on="2017-09-16")
    assert client.get("/feeds/all.atom", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.django_db
def test_a_search_can_be_followed(client: Client) -> None:
    publish("降费政策文件", on="2017-09-15")
    publish("别的", on="2017-09-16")
    found = feed(client, "/feeds/search.atom?q=%E9%99%8D%E8%B4%B9")
    assert [entry.title for entry in found.entries] == ["降费政策文件"]


@pytest.mark.django_db
def test_the_queries_of_a_feed_do_not_grow(client: Client, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        withdraw(publish(f"第{number}件", on=f"2017-09-{number + 1:02}"), on=f"2017-09-{number + 1:02} 12:00")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/feeds/all.atom")
