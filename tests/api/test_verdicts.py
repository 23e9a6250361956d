"""Periods and verdicts over the interface."""

from typing import Any

import pytest

from tests.api.conftest import TODAY, Ask

pytestmark = pytest.mark.usefixtures("town")


def states(answer: Any) -> dict[str, str]:
    return {f"{row['obligation']} {row['period']}": row["state"] for row in answer["items"]}


def test_a_verdict_tells_what_it_stands_on(ask: Ask) -> None:
    found = ask("verdicts", on="2017-11-30", obligation="1.1")
    assert found["as_of"] == "2017-11-30"
    assert states(found)["1.1 2017-08"] == "on_time"
    assert states(found)["1.1 2017-09"] == "late"
    assert states(found)["1.1 2017-07"] == "missing"
    late = next(row for row in found["items"] if row["period"] == "2017-09")
    assert (late["state_name"], late["met_on"]) == ("迟", "2017-11-06")
    assert late["days_late"] == 4
    assert ask("journal", after=late["met_by"] - 1, limit=1)["items"][0]["facts"]["covers"] == "2017-09"


def test_a_verdict_can_be_asked_for_any_day(ask: Ask) -> None:
    before = states(ask("verdicts", on="2017-11-09", obligation="1.1"))
    assert before["1.1 2017-07"] == "on_time"
    assert before["1.1 2017-10"] == "not_yet"


def test_filters_narrow_and_together_lose_nothing(ask: Ask) -> None:
    every = ask("verdicts", on=TODAY, limit=1000)
    by_state = [
        row
        for state in ("on_time", "late", "missing", "not_yet", "provisional", "unjudged", "internal")
        for row in ask("verdicts", on=TODAY, limit=1000, state=state)["items"]
    ]
    by_unit = [
        row
        for unit in ("市财政委", "市统计局")
        for row in ask("verdicts", on=TODAY, limit=1000, unit=unit)["items"]
    ]
    by_area = [row for area in (1, 2) for row in ask("verdicts", on=TODAY, limit=1000, area=area)["items"]]
    assert every["total"] == len(every["items"]) > 10
    for cut in (by_state, by_unit, by_area):
        assert sorted(map(str, cut)) == sorted(map(str, every["items"]))


def test_a_month_means_the_month_of_the_due_day(ask: Ask) -> None:
    found = ask("periods", on=TODAY, month="2017-10")
    assert found["items"]
    assert {row["due_on"][:7] for row in found["items"]} == {"2017-10"}


def test_pages_join_up(ask: Ask) -> None:
    every = ask("periods", on=TODAY, limit=1000)["items"]
    joined, page = [], ask("periods", on=TODAY, limit=3)
    joined += page["items"]
    while page["next"]:
        page = ask(page["next"].removeprefix("/api/v1/"))
        joined += page["items"]
    assert joined == every


def test_periods_and_verdicts_are_of_the_same_rows(ask: Ask) -> None:
    assert states(ask("periods", on=TODAY)) == states(ask("verdicts", on=TODAY))
