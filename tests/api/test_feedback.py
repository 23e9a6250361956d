"""Readers' word below /api/v1/: clocks and answers for everybody, what a reader wrote for nobody."""

import json

import pytest

from tests.api.conftest import Ask
from tests.factories import at
from yangguang.registers.actions import feedback
from yangguang.registers.actions.feedback import Told
from yangguang.registers.models import Feedback, Register


@pytest.fixture
def waiting(promised: Feedback, waters: Register) -> Feedback:
    """An error in a row, overdue since 29 November; the reader left words, a row and an address."""
    told = Told(
        "error",
        "李四说错了",
        register=waters,
        version=1,
        row={"month": "2017-09", "source": "水库1"},
        email="li@example.org",
    )
    return feedback.file(now=at("2017-11-20"), told=told)


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, "waiting promised"),
        ({"kind": "request"}, "promised"),
        ({"state": "answered"}, "promised"),
        ({"state": "open"}, "waiting"),
        ({"state": "overdue"}, "waiting"),
        ({"dataset": "water-sources"}, "waiting"),
        ({"unit": "huanjing", "kind": "error"}, "waiting"),
        ({"unit": "caizhengwei"}, ""),
    ],
)
def test_pieces_are_narrowed_down(
    ask: Ask, waiting: Feedback, promised: Feedback, filters: dict[str, str], numbers: str
) -> None:
    known = {"waiting": waiting.pk, "promised": promised.pk}
    assert [one["number"] for one in ask("feedback", **filters)["items"]] == [
        known[name] for name in numbers.split()
    ]


def test_an_answer_tells_its_clock_and_what_was_promised(ask: Ask, promised: Feedback) -> None:
    told = ask(f"feedback/{promised.pk}")
    assert (told["about"], told["answer"], told["outcome"]) == ("公共充电桩", "年底开放", "accepted")
    assert (told["due_on"], told["workdays_late"]) == ("2017-12-07", 0)
    assert told["promise"] == {
        "batch": "第二批",
        "due_on": "2017-12-31",
        "progress": "to_come",
        "days_overdue": 0,
        "dataset": None,
        "url": f"/data/plan/#batch-{promised.planned.get().batch_id}",
    }
    assert told["journal"] == [promised.line_id, promised.answer_line_id]


def test_nothing_that_a_reader_wrote_leaves_before_its_answer_and_nothing_personal_ever(
    ask: Ask, waiting: Feedback, promised: Feedback
) -> None:
    told = ask(f"feedback/{waiting.pk}")
    assert (told["state"], told["workdays_late"], told["url"]) == ("overdue", 1, None)
    everything = json.dumps(ask("feedback"), ensure_ascii=False)
    for secret in ("张三", "李四", "水库1", "example.org", waiting.reference, promised.secret):
        assert secret not in everything


def test_each_unit_keeps_its_time_in_public(ask: Ask, waiting: Feedback) -> None:
    (row,) = ask("feedback/by-unit")["items"]
    assert row["unit"]["slug"] == "huanjing"
    assert [row[name] for name in ("open", "overdue", "answered", "answered_late")] == [1, 1, 1, 0]


@pytest.mark.parametrize("number", ["0", "999", "9" * 30])
def test_a_number_that_is_none_says_where_all_are(ask: Ask, waters: Register, number: str) -> None:
    assert "/api/v1/feedback" in ask(f"feedback/{number}", status=404)["error"]["message"]
    assert ask("feedback/first", status=422)["error"]["where"] == "number"
