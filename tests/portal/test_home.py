import datetime as dt
from collections.abc import Callable

import pytest

from tests.portal.conftest import City, words_of
from yangguang.ledger import queries as ledger


def test_the_months_figures_are_those_of_the_ledger(city: City, see: Callable) -> None:
    page = see("/?on=2017-08-31")
    last = dt.date(2017, 8, 31)
    month = ledger.due_between(first=dt.date(2017, 8, 1), last=last, as_of=last)
    score = ledger.score(month)
    shown = [int(b.text) for b in page.select(".tallies b")]
    assert shown[:4] == [score.on_time, score.late, score.missing, score.not_yet]
    assert int(page.select(".figures .number")[0].text) == len(month)
    assert (score.on_time, score.late) == (1, 1)
    assert score.missing > 20


def test_search_comes_before_everything_else_in_the_content(city: City, see: Callable) -> None:
    first = see("/").select("main input, main a, main button")[0]
    assert first.get("type") == "search"


def test_what_is_missing_stands_with_its_unit_and_its_due_day(city: City, see: Callable) -> None:
    page = see("/")
    gap = next(li for li in page.select("li.standing") if "具体措施" in li.get_text())
    assert "未公开" in words_of(gap)
    assert "罗湖区" in words_of(gap)


def test_every_area_has_a_card_with_a_bar_and_its_counts_in_words(city: City, see: Callable) -> None:
    cards = see("/").select(".areas li")
    assert [words_of(card.select(".title")[0]) for card in cards] == ["加强预期引导", "推进政策公开"]
    assert all(card.select("svg.bar") for card in cards)
    assert all("按时" in words_of(card) for card in cards)


@pytest.mark.django_db
def test_without_a_plan_the_page_says_what_to_do(see: Callable) -> None:
    assert "政府办公厅在工作台上传并通过一份方案" in words_of(see("/"))
