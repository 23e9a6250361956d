from collections.abc import Callable

import pytest
from django.test import Client

from tests.portal.conftest import City, words_of


def test_the_month_is_that_of_the_day_unless_another_is_picked(city: City, see: Callable) -> None:
    assert words_of(see("/due/").select("h1")[0]) == "2017年11月到期"
    assert words_of(see("/due/?month=2018-01").select("h1")[0]) == "2018年1月到期"


def test_duties_stand_under_their_due_day(city: City, see: Callable) -> None:
    days = see("/due/?month=2017-10").select(".agenda > li")
    by_day = {li.select("time")[0].get("datetime"): words_of(li) for li in days}
    assert "预算收支情况" in by_day["2017-10-31"]
    assert "季度统计数据" in by_day["2017-10-31"]


def test_daily_duties_are_summed_up_and_do_not_fill_the_days(city: City, see: Callable) -> None:
    page = see("/due/?month=2017-10")
    assert "每日<价格>" in words_of(page.select("#due section")[0])
    assert all("价格" not in words_of(li) for li in page.select(".agenda > li"))


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("month=2017-10&unit=caizhengwei", "预算收支情况", "季度统计数据"),
        ("month=2017-09&state=late", "预算收支情况", "季度统计数据"),
    ],
)
def test_filters_by_unit_and_state(city: City, see: Callable, query: str, seen: str, unseen: str) -> None:
    agenda = words_of(see(f"/due/?{query}").select(".agenda")[0])
    assert seen in agenda
    assert unseen not in agenda


def test_an_empty_month_says_what_to_do(city: City, see: Callable) -> None:
    assert "请换一个月份" in words_of(see("/due/?month=2016-01"))


def test_the_feed_of_the_chosen_unit_is_offered(city: City, see: Callable) -> None:
    link = see("/due/?unit=caizhengwei").select("a.address")[0]
    assert link.get("href") == "/due.ics?unit=caizhengwei"


def test_htmx_gets_the_month_alone(city: City, client: Client) -> None:
    response = client.get("/due/?month=2017-10", headers={"HX-Request": "true"})
    assert response.content.strip().startswith(b'<div id="due">')


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/due/?month=2017-13", 400, "请按 YYYY-MM 写"),
        ("/due/?unit=nobody", 404, "请在单位列表里找"),
        ("/due.ics?unit=nobody", 404, "请在单位列表里找"),
    ],
)
def test_bad_wishes_get_a_sentence(city: City, see: Callable, address: str, status: int, told: str) -> None:
    assert told in words_of(see(address, status))
