from collections.abc import Callable

from django.test import Client

from tests.portal.conftest import City, words_of


def test_hits_stand_in_groups_with_the_words_marked(city: City, see: Callable) -> None:
    page = see("/search/?q=预算")
    names = [words_of(h) for h in page.select(".hits h2")]
    assert any(name.startswith("公开事项") for name in names)
    assert any(name.startswith("文件") for name in names)
    assert {mark.text for mark in page.select(".hits mark")} == {"预算"}


def test_what_was_typed_stays_in_the_field_as_text(city: City, see: Callable) -> None:
    page = see('/search/?q="><script>x</script>')
    assert page.select("#q")[0].get("value") == '"><script>x</script>'
    assert "没有找到" in words_of(page)


def test_an_empty_search_says_how_to_search(city: City, see: Callable) -> None:
    assert "请输入一个或几个词" in words_of(see("/search/"))


def test_facets_narrow_by_links_and_are_taken_back(city: City, see: Callable) -> None:
    page = see("/search/?q=示例&sort=date")
    chosen = next(link for link in page.select(".facets a") if words_of(link) == "市财政委")
    narrowed = see(f"/search/{chosen['href']}")
    assert {words_of(hit).split(" · ")[0] for hit in narrowed.select("#g-document ~ ul .aside")} == {
        "市财政委"
    }
    back = narrowed.select_one(".facets a[aria-current]")
    assert back is not None
    assert "unit=" not in back["href"]
    assert "sort=date" in back["href"]


def test_a_mistyped_word_links_to_what_was_meant(city: City, see: Callable) -> None:
    link = see("/search/?q=公共玉算").select_one(".meant a")
    assert link is not None
    assert words_of(link) == "公共预算"
    assert see(f"/search/{link['href']}").select(".hits")


def test_without_a_hit_because_of_filters_the_way_out_is_to_drop_them(city: City, see: Callable) -> None:
    page = see("/search/?q=预算&year=1999")
    assert page.select_one(".empty a")["href"] == "?q=%E9%A2%84%E7%AE%97"


def test_nonsense_in_the_address_is_no_error(city: City, see: Callable) -> None:
    for address in (
        "page=-1",
        "page=x",
        "page=٣",
        "page=9999",
        "unit=nobody",
        "sort=?",
        f"topic={'长' * 500}",
    ):
        see(f"/search/?q=预算&{address}")


def test_machines_get_the_same_hits_as_json(city: City, client: Client) -> None:
    response = client.get("/search.json?q=公共预算&form=series")
    assert response["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    assert told["documents"]["total"] == len(told["documents"]["hits"]) == 2
    first = told["documents"]["hits"][0]
    assert first["url"].startswith("http://testserver/documents/caizhengwei-2017-")
    assert set(first) == {"title", "url", "unit", "day", "number", "status", "excerpt"}
    assert told["filters"] == {"form": "series"}
    assert {one["value"] for one in told["facets"]["form"]} == {"series"}
    assert client.get("/search.json?on=never").status_code == 400


def test_a_withdrawn_document_is_not_found_by_any_word_of_it(city: City, see: Callable) -> None:
    page = see("/search/?q=2017年9月1日价格")
    assert not page.select("#g-document")
