"""The plan and its obligations over the interface."""

import pytest

from tests.api.conftest import Ask

pytestmark = pytest.mark.usefixtures("town")


def test_the_plan_has_its_areas_tasks_and_obligations_in_the_order_of_the_print(ask: Ask) -> None:
    plan = ask("plan")
    assert (plan["number"], plan["issued_on"], plan["year"]) == ("示例函〔2017〕1号", "2017-06-19", 2017)
    assert [area["name"] for area in plan["areas"]] == ["加强预期引导", "推进政策公开"]
    assert [task["id"] for area in plan["areas"] for task in area["tasks"]] == ["1.1", "1.2", "2.1", "2.2"]
    first = plan["areas"][0]["tasks"][0]
    assert first["leads"] == ["市财政委"]
    assert first["obligations"][0]["rule"]["words"] == [["一般公共预算", "收支"]]


def test_the_plan_carries_the_units_that_its_verdicts_need(ask: Ask) -> None:
    directory = ask("plan")["register"]
    assert {unit["name"] for unit in directory["units"]} == {"市财政委", "市统计局"}
    assert (directory["members"], directory["successions"]) == ([], [])


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({}, ["1.1", "1.2", "2.1", "2.2"]),
        ({"unit": "市财政委"}, ["1.1", "2.1"]),
        ({"unit": "caizhengwei"}, ["1.1", "2.1"]),
        ({"area": "1"}, ["1.1", "1.2"]),
        ({"area": "1", "unit": "市统计局"}, ["1.2"]),
        ({"limit": "1", "offset": "2"}, ["2.1"]),
        ({"plan": "example-2017", "version": "1"}, ["1.1", "1.2", "2.1", "2.2"]),
    ],
)
def test_obligations_can_be_filtered(ask: Ask, query: dict[str, str], codes: list[str]) -> None:
    assert [one["code"] for one in ask("obligations", **query)["items"]] == codes


def test_one_obligation_says_what_it_is_judged_by(ask: Ask) -> None:
    duty = ask("obligations/1.1")
    assert (duty["task"], duty["area"], duty["cadence"]) == ("1.1", 1, "monthly")
    assert duty["url"] == "/obligations/example-2017-1.1/"
