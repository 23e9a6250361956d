"""Which documents a line of a list means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.title_matching import ALIKE, Entry, TitleIndex, dice, number_key, pairs, title_key

SHELF = [
    Entry(1, "深圳市临时用地管理办法", "深府〔2006〕225号"),
    Entry(2, "关于加强餐饮服务监管的通知", "深府办〔2012〕12号"),
    Entry(3, "关于加强餐饮服务监管的补充通知", "深府办〔2013〕7号"),
    Entry(4, "关于表彰先进单位的通报", ""),
    Entry(5, "关于表彰先进单位的通报", ""),
    Entry(6, "关于印发绿化条例实施细则的通知", "深府办〔2012〕12号"),
]
INDEX = TitleIndex.of(SHELF)
titles = st.lists(st.text("甲乙丙丁", min_size=1, max_size=8), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("title", "number", "key", "exact"),
    [
        ("《深圳市临时用地管理办法》", "深府[2006]225 号", 1, True),
        ("深圳市临时用地管理办法", "", 1, True),
        ("关于加强餐饮服务监管的通知", "深府办（2012）第12号", 2, True),
        ("关于加强餐饮服务监管的通知", "深府办〔2012〕13号", 2, False),
        ("关于进一步加强餐饮服务监管的通知", "", 2, False),
        ("关于餐饮的旧文件", "深府办〔2013〕7号", 3, False),
        ("关于表彰先进单位的通报", "", 5, False),
    ],
)
def test_the_surest_document_comes_first_and_says_whether_it_is_exact(
    title: str, number: str, key: int, exact: bool
) -> None:
    first = INDEX.find(title, number)[0]
    assert (first.key, first.exact) == (key, exact), first
    assert first.why


def test_the_same_number_on_another_document_does_not_make_it_the_one() -> None:
    found = INDEX.find("关于加强餐饮服务监管的通知", "深府办〔2012〕12号")
    assert [(one.key, one.exact) for one in found[:2]] == [(2, True), (6, False)]


def test_what_resembles_nothing_finds_nothing() -> None:
    assert INDEX.find("完全没有听说过的文件", "穗府〔1999〕1号") == []


def test_brackets_width_and_spaces_make_no_difference() -> None:
    assert number_key("深府办［２０１７］ 12 号") == number_key("深府办〔2017〕12号")
    assert title_key("《关于“放管服”的意见》（试行）") == title_key("关于放管服的意见 (试行)")


@given(titles, st.text("甲乙丙丁", min_size=1, max_size=8))
def test_no_title_that_is_alike_enough_is_missed(shelf: list[str], wanted: str) -> None:
    index = TitleIndex.of(Entry(key, title) for key, title in enumerate(shelf))
    slowly = {
        key: share
        for key, title in enumerate(shelf)
        if (share := dice(pairs(title_key(title)), pairs(title_key(wanted)))) >= ALIKE
    }
    assert index._alike(wanted) == slowly
