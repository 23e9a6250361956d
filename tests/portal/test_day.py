from collections.abc import Callable

import pytest
from django.test import Client

from tests.portal.conftest import City, words_of


def test_the_demonstration_is_announced_with_its_day(city: City, see: Callable) -> None:
    bar = words_of(see("/").select(".daybar")[0])
    assert "演示数据" in bar
    assert "按 2017-11-30 计" in bar


def test_the_real_clock_has_no_such_announcement(city: City, see: Callable, settings: object) -> None:
    settings.DEMONSTRATION_DAY = None
    bar = words_of(see("/?on=2017-08-31").select(".daybar")[0])
    assert "演示" not in bar
    assert "您看的是 2017-08-31 的情况" in bar


def test_a_day_in_the_address_holds_for_the_pages_that_follow(city: City, see: Callable) -> None:
    assert "2017年8月应公开" in words_of(see("/?on=2017-08-31").select("h1")[0])
    assert words_of(see("/due/").select("h1")[0]) == "2017年8月到期"


def test_the_chosen_day_is_kept_and_today_forgets_it(city: City, client: Client, see: Callable) -> None:
    response = client.post("/day/", {"on": "2017-09-30", "next": "/due/?unit=futian"})
    assert (response.status_code, response["Location"]) == (302, "/due/?unit=futian")
    assert words_of(see("/due/").select("h1")[0]) == "2017年9月到期"
    client.post("/day/", {"on": "2017-11-30", "next": "/"})
    assert words_of(see("/due/").select("h1")[0]) == "2017年11月到期"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(city: City, client: Client, back: str) -> None:
    assert client.post("/day/", {"on": "2017-09-30", "next": back})["Location"] == "/"
    assert client.post("/language/", {"language": "en", "next": back})["Location"] == "/"


@pytest.mark.parametrize("written", ["yesterday", "2017-02-30", "1900-01-01", "2200-01-01"])
def test_what_is_no_day_gets_a_sentence(city: City, client: Client, see: Callable, written: str) -> None:
    told = words_of(see(f"/?on={written}", 400))
    assert "请按 YYYY-MM-DD 写" in told or "请换一天" in told
    assert client.post("/day/", {"on": written}).status_code == 400


def test_a_spoilt_cookie_means_today(city: City, client: Client, see: Callable) -> None:
    client.cookies["on"] = "nonsense"
    assert words_of(see("/due/").select("h1")[0]) == "2017年11月到期"


@pytest.mark.parametrize("day", ["2008-01-01", "2017-06-19", "2030-01-01", "2099-12-31"])
def test_every_page_answers_on_any_day(city: City, see: Callable, day: str) -> None:
    for address in ("/", "/plan/", "/plan/1.1/", "/units/", "/units/caizhengwei/", "/due/", "/documents/"):
        see(f"{address}?on={day}")


def test_pages_differ_by_cookie_and_say_so_to_caches(city: City, client: Client) -> None:
    assert "Cookie" in client.get("/")["Vary"]


def test_looking_does_not_log_in_or_set_a_token(city: City, client: Client) -> None:
    assert not client.get("/").cookies
