"""The longer words of an index: learned from texts, and found wherever they stand."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import publish
from yangguang.search import actions, tokens, vocabulary
from yangguang.search.index import place
from yangguang.search.queries import search

AS_OF = dt.date(2017, 11, 30)
WORDS = st.text("政务公开信息a。", min_size=3, max_size=6)


def slow_found(words: set[str], text: str) -> list[str]:
    return sorted(word for word in words for at in range(len(text)) if text[at : at + len(word)] == word)


@given(st.sets(WORDS, max_size=8), st.text("政务公开信息a。\U00020b9f", max_size=60))
def test_every_place_of_every_word_is_found(words: set[str], text: str) -> None:
    assert sorted(vocabulary.finder(words)(text)) == slow_found(words, text)


def test_words_learned_from_texts_are_found_in_them_as_the_dictionary_finds_them() -> None:
    plan = Path(__file__).resolve().parents[2] / "plans" / "shenzhen-2017" / "plan.txt"
    text = tokens.joined(plan.read_text(encoding="utf-8").splitlines())
    found = vocabulary.finder(vocabulary.seen_in([text]))(text)
    assert len(found) > 300
    assert sorted(found) == sorted(tokens.longer(text))


def test_words_of_the_day_that_no_dictionary_has_are_learned_where_many_texts_hold_them() -> None:
    texts = [f"第{number}次会议部署放管服改革工作" for number in range(vocabulary.NEW_IN)]
    assert tokens.longer("放管服") == []
    assert "放管服" in vocabulary.seen_in(texts)
    assert "放管服" not in vocabulary.seen_in(texts[1:])


@pytest.mark.usefixtures("town")
def test_an_index_of_many_tells_its_words_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    queries = ("水源水质", "三公经费", "水库", "决算", "达标率")
    actions.rebuild()
    before = [search(query, as_of=AS_OF).documents for query in queries]
    assert place.reader().listed is None  # type: ignore[union-attr]
    monkeypatch.setattr(actions, "LEARNED_FROM", 2)
    actions.rebuild()
    assert place.reader().listed is not None  # type: ignore[union-attr]
    assert [search(query, as_of=AS_OF).documents for query in queries] == before


@pytest.mark.django_db
def test_a_word_of_the_day_is_found_in_what_is_published_after_it_was_learned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(vocabulary.NEW_IN):
        publish(f"第{number}次会议部署放管服改革工作", on="2017-09-01")
    monkeypatch.setattr(actions, "LEARNED_FROM", vocabulary.NEW_IN)
    actions.rebuild()
    assert place.reader().lists("放管服")  # type: ignore[union-attr]
    publish("放管服改革再出发", on="2017-09-02")
    actions.follow()
    assert search("放管服", as_of=AS_OF).documents.total == vocabulary.NEW_IN + 1
