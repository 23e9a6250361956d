import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import at, make_draft, make_plan
from tests.portal.conftest import City, areas, words_of
from yangguang.plan.actions import adopt


def codes(page: object) -> list[str]:
    return [a.text for a in page.select("table.printed a.code")]


def test_the_table_holds_every_task_under_its_area_as_printed(city: City, see: Callable) -> None:
    page = see("/plan/")
    assert codes(page) == ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4"]
    areas = page.select("th[scope=rowgroup]")
    assert [(words_of(th), th.get("rowspan")) for th in areas] == [
        ("一、加强预期引导", "2"),
        ("二、推进政策公开", "4"),
    ]


def test_the_third_column_says_how_each_duty_stands(city: City, see: Callable) -> None:
    page = see("/plan/")
    live = {row.get("id"): words_of(row.select("td.live")[0]) for row in page.select("tr[id]")}
    assert "市财政委" in live["t1.1"]
    assert "未公开，已过 22 个工作日 2017年9月" in live["t1.1"]
    assert "下次 2017-11-30" in live["t1.1"]
    assert "内部工作" in live["t2.2"]
    assert "迟 1" in live["t2.4"]
    assert "未公开 1" in live["t2.4"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("unit=caizhengwei", ["1.1", "2.1"]),
        ("area=1", ["1.1", "1.2"]),
        ("cadence=daily", ["2.3"]),
        ("state=late", ["1.1", "2.4"]),
        ("state=internal", ["2.2"]),
        ("unit=luohu", ["2.4"]),
        ("unit=tongjiju&state=internal", ["2.2"]),
        ("area=1&state=internal", []),
        ("unit=nobody", []),
    ],
)
def test_filters_keep_the_rows_that_fit(city: City, see: Callable, query: str, expected: list[str]) -> None:
    page = see(f"/plan/?{query}")
    assert codes(page) == expected
    if not expected:
        assert "请放宽一个条件" in words_of(page)


def test_htmx_gets_the_table_alone(city: City, client: Client) -> None:
    response = client.get("/plan/?area=1", headers={"HX-Request": "true"})
    assert response.content.strip().startswith(b'<div id="table">')
    assert "HX-Request" in response["Vary"]


def test_a_task_shows_its_sentence_its_duties_and_its_neighbours(city: City, see: Callable) -> None:
    page = see("/plan/2.1/")
    assert words_of(page.select(".sentence")[0]) == "及时公开降费政策文件。"
    assert [a.text for a in page.select(".duties a.title")] == ["降费政策文件"]
    assert [a.get("href") for a in page.select(".beside a")] == ["/plan/1.2/", "/plan/2.2/"]


def test_an_unknown_task_says_where_to_look(city: City, see: Callable) -> None:
    assert "方案里没有编号为 9.9 的任务：请在分工方案里找。" in words_of(see("/plan/9.9/", 404))


def test_an_earlier_plan_keeps_its_pages_beside_the_newest(city: City, see: Callable) -> None:
    issued = {"issued_on": dt.date(2018, 3, 1), "year": 2018, "now": at("2018-03-01")}
    make_plan(slug="next-2018", title="示例市2018年分工方案", **issued)
    newest = see("/plan/?on=2018-03-02")
    assert words_of(newest.select("h1")[0]) == "示例市2018年分工方案"
    assert [a["href"] for a in newest.select("#others ~ ul a")] == ["/plan/?plan=example-2017"]
    earlier = see("/plan/?plan=example-2017")
    assert codes(earlier)[-1] == "2.4"
    assert earlier.select("a.code")[0]["href"] == "/plan/1.1/?plan=example-2017"
    assert "各区公开具体措施。" in words_of(see("/plan/2.4/?plan=example-2017"))
    see("/plan/2.4/", 404)


def test_an_amended_plan_keeps_its_old_version_on_a_page_of_its_own(city: City, see: Callable) -> None:
    draft = make_draft(obligations=make_draft().obligations[:2], note="删去两项", areas=areas())
    adopt(by=None, now=at("2017-11-30"), draft=draft)
    listed = see("/plan/").select("#versions + ul a")
    assert [a["href"] for a in listed] == [
        "/plan/versions/example-2017/2/",
        "/plan/versions/example-2017/1/",
    ]
    old = see("/plan/versions/example-2017/1/")
    assert "第 2 版代替" in words_of(old.select(".banner")[0])
    assert "季度统计数据" in words_of(old.select("#t1\\.2 td.live")[0])
    assert old.select(".banner a")[0]["href"] == "/plan/?plan=example-2017"
    assert not see("/plan/versions/example-2017/2/").select(".banner")


def test_a_version_that_never_was_is_said_to_be_missing(city: City, client: Client) -> None:
    answer = client.get("/plan/versions/example-2017/7/")
    assert answer.status_code == 404
    assert "没有第 7 版" in answer.content.decode()
