"""Words for 微博 and 微信, within each one's limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.contrast import ratio
from yangguang.rules.post_text import Draft, for_wechat, for_weibo, problem, weibo_length

LINK = "https://www.example.gov.cn/documents/caizhengwei-2017-00001/"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("政务公开", 4),
        ("abcd", 2),
        ("abc", 2),
        ("政a", 2),
        (f"看 {LINK}", 12),
        ("ＡＢ", 2),
        ("，。", 2),
    ],
)
def test_weibo_counts_han_whole_and_latin_half(text: str, length: int) -> None:
    assert weibo_length(text) == length


@given(st.text(min_size=1, max_size=300).filter(str.strip), st.text(max_size=400))
def test_whatever_is_published_fits(title: str, summary: str) -> None:
    post = for_weibo(title=title, summary=summary, link=LINK, limit=140)
    assert weibo_length(post.text) <= 140
    assert post.text.endswith(LINK)
    article = for_wechat(title=title, summary=summary, title_limit=64, text_limit=120)
    assert (len(article.title) <= 64, len(article.text) <= 120) == (True, True)


def test_a_short_text_is_not_cut_and_a_long_one_says_so() -> None:
    assert for_weibo(title="题", summary="文", link=LINK, limit=140).text == f"【题】文 {LINK}"
    long = for_weibo(title="题", summary="文" * 200, link=LINK, limit=140).text
    assert weibo_length(long) == 140
    assert "文… https" in long


@pytest.mark.parametrize(
    ("channel", "draft", "told"),
    [
        ("weibo", Draft("", "字" * 140), ""),
        ("weibo", Draft("", "字" * 141), "共 141 字"),
        ("weibo", Draft("", " "), "文字是空的"),
        ("wechat", Draft("", "文"), "标题是空的"),
        ("wechat", Draft("题" * 65, "文"), "标题 65 字"),
        ("wechat", Draft("题", "文" * 121), "摘要 121 字"),
        ("wechat", Draft("题", "文"), ""),
    ],
)
def test_what_cannot_be_posted_is_told(channel: str, draft: Draft, told: str) -> None:
    assert problem(channel, draft, {"title": 64, "text": 140 if channel == "weibo" else 120}).startswith(told)
    assert bool(problem(channel, draft, {"title": 64, "text": 140 if channel == "weibo" else 120})) == bool(
        told
    )


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, wanted: float) -> None:
    assert ratio(one, other) == pytest.approx(wanted, abs=0.005)
    assert ratio(other, one) == ratio(one, other)
