from collections.abc import Callable

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
