"""The catalogue: search, facets, one line a dataset."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.portal.data.conftest import page
from yangguang.registers.actions import counts
from yangguang.registers.models import Register


def titles(found: BeautifulSoup) -> list[str]:
    return [link.text for link in found.select(".shelf h3 a")]


def test_each_dataset_has_a_line(water: Register, penalties: Register, client: Client) -> None:
    found = page(client, "/data/")
    assert titles(found) == ["行政处罚", "水源水质"]
    line = found.select(".shelf li")[1]
    assert "市人居环境委" in line.text
    assert " ".join(line.select("dl")[0].text.split()) == "行5所属期2017年8月最新2017-09-20更新每月"
    assert "示例" in line.text


def test_facets_narrow_down_and_count(water: Register, penalties: Register, client: Client) -> None:
    found = page(client, "/data/")
    kinds = {link.text.strip(): link["href"] for link in found.select("[aria-labelledby=f-kind] a")}
    assert titles(page(client, "/data/" + kinds["统计数据"])) == ["水源水质"]
    for query in ("unit=renju&cadence=monthly", "format=CSV&kind=series", "q=水质", "topic=topic-06&q=水源"):
        assert "水源水质" in titles(page(client, f"/data/?{query}")) or "topic" in query, query
    assert titles(page(client, "/data/?updated=quarter")) == ["行政处罚", "水源水质"]
    assert titles(page(client, "/data/?updated=month")) == []


def test_quality_orders_and_narrows_down(water: Register, penalties: Register, client: Client) -> None:
    assert titles(page(client, "/data/?sort=quality")) == ["水源水质", "行政处罚"]  # not counted: by title
    counts.count_missing()
    found = page(client, "/data/?sort=quality")
    # The penalties promise no cycle, explain no column, and their codes have wrong check digits: 15 cells, 12 right.
    assert [line.select("dd")[-1].text for line in found.select(".shelf li")] == ["74.0", "70.0"]
    assert titles(found) == ["水源水质", "行政处罚"]
    bands = [" ".join(link.text.split()) for link in found.select("[aria-labelledby=f-quality] a")]
    assert bands == []  # one band is no choice
    assert titles(page(client, "/data/?quality=70")) == ["行政处罚", "水源水质"]
    assert titles(page(client, "/data/?quality=85")) == []


@pytest.mark.parametrize(
    "typed", ["水质:", "[水质", '"水质', "水质 AND", "NOT 水质", "(水质", "水质*", "{!x}水质", "-水质"]
)
def test_whatever_is_typed_are_words(water: Register, client: Client, typed: str) -> None:
    assert client.get("/data/", {"q": typed}).status_code == 200


def test_nothing_found_says_what_to_do(water: Register, client: Client) -> None:
    found = page(client, "/data/?q=没有这样的词")
    assert "没有找到" in found.select(".empty")[0].text
    assert found.select(".empty a[href='/data/']")
    assert found.select("meta[name=robots]")


def test_an_empty_catalogue_says_how_it_fills(db: None, client: Client) -> None:
    assert "还没有公开的数据集" in page(client, "/data/").select(".empty")[0].text


def test_terms_say_that_they_are_not_confirmed(db: None, client: Client) -> None:
    assert "未核实" in page(client, "/data/terms/").text
