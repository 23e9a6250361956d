"""Which characters are the same, and where words stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.search.folding import excerpt, fold, found_in, mark, pattern, words_of

SAME = [
    # typed          in the text
    ("2017", "２０１７年"),
    ("２０１７", "2017年"),
    ("ｇｄｐ", "GDP增长"),
    ("深府办函[2017]123号", "深府办函〔２０１７〕123号"),
    ("(2017)", "【2017】"),
    ("100%", "达标率１００％"),
    ("a_b", "用于Ａ＿Ｂ项目"),
    ("É", "café"),
    ("信息：", "公开信息:"),
]
DIFFERENT = [
    ("100%", "100分"),
    ("a_b", "aXb"),
    ("2017", "2071"),
    (".", "。"),
    ("财政委", "财委政"),
]


@pytest.mark.parametrize(("typed", "text"), SAME)
def test_characters_that_are_written_differently_are_the_same(typed: str, text: str) -> None:
    assert found_in(text, [typed])
    assert re.search(pattern(typed), text)


@pytest.mark.parametrize(("typed", "text"), DIFFERENT)
def test_no_character_of_a_word_is_a_wildcard(typed: str, text: str) -> None:
    assert not found_in(text, [typed])
    assert not re.search(pattern(typed), text)


@given(st.text(), st.text(min_size=1, max_size=3))
def test_the_pattern_and_the_folded_text_find_the_same(text: str, word: str) -> None:
    assert bool(re.search(pattern(word), text)) == (fold(word) in fold(text))


@given(st.text())
def test_folding_keeps_every_place_and_folds_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(
    st.text(alphabet="政务公开ab A", max_size=60),
    st.lists(st.text("政务公ab", min_size=1, max_size=3), max_size=3),
)
def test_marking_loses_nothing_and_marks_every_word(text: str, words: list[str]) -> None:
    segments = mark(text, words)
    assert "".join(segment.text for segment in segments) == text
    unmarked = [segment.text for segment in segments if not segment.marked]
    assert not any(fold(word) in fold(piece) for word in words for piece in unmarked)


@given(st.text("政务公开信息", max_size=400), st.integers(0, 400), st.integers(1, 150))
def test_an_excerpt_shows_the_word_wherever_it_stands(text: str, start: int, length: int) -> None:
    word = text[start : start + length]
    if not word:
        return
    shown = excerpt(text, [word])
    assert word in "".join(segment.text for segment in shown if segment.marked)


def test_an_excerpt_is_short_and_says_where_it_was_cut() -> None:
    shown = excerpt("前" * 300 + "三公经费" + "后" * 300, ["三公"])
    assert [segment.text for segment in shown if segment.marked] == ["三公"]
    assert (shown[0].text, shown[-1].text) == ("…", "…")
    assert sum(len(segment.text) for segment in shown) < 130


def test_words_are_split_at_every_kind_of_space_and_kept_once() -> None:
    assert words_of(" 财政　预算\t财政\x00 ") == ("财政", "预算")
