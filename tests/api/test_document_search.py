"""`/api/v1/documents?q=` finds what the search page finds."""

import pytest
from django.test import Client

from tests.api.conftest import TODAY, Ask
from tests.factories import publish, withdraw
from yangguang.search import freshness
from yangguang.search.index import place

ASKED = ["预算", "公共预算 8月", "2017年", "收支情况", "火星", "yusuan", "ggys", "统计局 数据", "月"]


def searched(client: Client, query: str, **more: object) -> tuple[list[str], int]:
    answer = client.get("/search.json", {"q": query, "on": TODAY, **more}).json()["documents"]
    return [hit["url"].removeprefix("http://testserver") for hit in answer["hits"]], answer["total"]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("query", ASKED)
def test_the_same_documents_in_the_same_order_as_the_search_page(
    ask: Ask, client: Client, query: str
) -> None:
    given = ask("documents", on=TODAY, q=query)
    assert ([item["url"] for item in given["items"]], given["total"]) == searched(client, query)


@pytest.mark.usefixtures("town")
def test_a_unit_narrows_it_down_as_on_the_search_page(ask: Ask, client: Client) -> None:
    unit = ask("documents", on=TODAY, unit="市统计局")["items"][0]["unit"]["slug"]
    given = ask("documents", on=TODAY, q="2017", unit="市统计局")
    assert given["total"] == 1
    assert ([item["url"] for item in given["items"]], 1) == searched(client, "2017", unit=unit)


@pytest.mark.usefixtures("town")
def test_pages_follow_one_another_until_all_have_been_given(ask: Ask, client: Client) -> None:
    for day in range(10, 22):
        publish(f"第{day}号饮用水水质状况", on=f"2017-11-{day}")
    urls, following, pages = [], "documents?q=水质&limit=5&on=2017-11-30", 0
    while following:
        page = ask(following.removeprefix("/api/v1/"))
        urls += [item["url"] for item in page["items"]]
        following, pages = page["next"], pages + 1
    first, total = searched(client, "水质")
    second, _ = searched(client, "水质", page=2)
    assert (urls, len(urls), pages) == ([*first, *second], total, 3)
    assert ask("documents", on=TODAY, q="水质", offset=9_000_000)["items"] == []


@pytest.mark.usefixtures("town")
def test_what_was_published_is_found_and_what_was_withdrawn_is_not(ask: Ask) -> None:
    document = publish("防汛预案", on="2017-11-21")
    assert ask("documents", on=TODAY, q="防汛")["total"] == 1
    withdraw(document, on="2017-11-22")
    assert ask("documents", on=TODAY, q="防汛")["total"] == 0


@pytest.mark.usefixtures("town")
def test_without_an_index_it_says_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    place.discard()
    monkeypatch.setattr(freshness, "AT_ONCE", 0)
    problem = ask("documents", on=TODAY, q="预算", status=503)["error"]
    assert (problem["code"], problem["where"]) == ("search_not_ready", "q")
    assert ask("documents", on=TODAY)["total"] == 4
