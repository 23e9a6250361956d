"""Which lines a rule recognises."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.matching import (
    Occasion,
    Publication,
    Wanted,
    Withdrawn,
    WordIndex,
    fold,
    from_body,
    matches,
    says,
)

BODY = {
    "act": "publish",
    "at": "2017-09-15T10:00:00+08:00",
    "by": "示例",
    "covers": "2017-08",
    "document": "caizhengwei-2017-00001",
    "edition": 1,
    "form": "series",
    "keywords": ["财政", "示例"],
    "made_on": None,
    "seq": 7,
    "title": "2017年8月全市一般公共预算收支情况",
    "unit": "市财政委",
}


def publication(title: str = "", keywords: tuple[str, ...] = (), form: str = "document") -> Publication:
    day = dt.date(2017, 9, 15)
    return Publication(7, day, "市财政委", "d", 1, title, keywords, form, "", None)


@pytest.mark.parametrize(
    ("words", "forms", "title", "keywords", "form", "expected"),
    [
        ([["预算", "收支"]], [], "8月预算收支情况", (), "series", True),
        ([["预算", "收支"]], [], "8月预算情况", (), "series", False),
        ([["预算", "收支"]], [], "8月预算情况", ("收支",), "series", True),
        ([["预算"], ["决算"]], [], "部门决算", (), "document", True),
        ([["预算"]], ["series"], "预算", (), "document", False),
        ([["预算"]], ["series", "document"], "预算", (), "document", True),
        ([["PPP"]], [], "推介ｐｐｐ项目", (), "project", True),
        ([["预算收支"]], [], "预算", ("收支",), "series", False),
        ([["预算", "收支"]], [], "预", ("算收支",), "series", False),
        ([], [], "任何标题", (), "document", False),
        ([[]], [], "任何标题", (), "document", False),
        ([["", "预算"]], [], "预算", (), "document", True),
    ],
)
def test_all_words_of_one_alternative_stand_in_title_or_keywords(
    words: list[list[str]],
    forms: list[str],
    title: str,
    keywords: tuple[str, ...],
    form: str,
    expected: bool,
) -> None:
    wanted = Wanted(tuple(map(tuple, words)), frozenset(forms))
    assert matches(wanted, publication(title, keywords, form)) is expected


# Few characters, so that words do occur in texts.
TEXT = st.text("甲乙丙a1", max_size=6)
RULES = st.lists(st.lists(st.lists(TEXT, max_size=3), max_size=3), max_size=6)


@given(RULES, TEXT)
def test_the_index_finds_what_each_rule_would_say(rules: list[list[list[str]]], text: str) -> None:
    wanted = [Wanted(tuple(map(tuple, words)), frozenset()) for words in rules]
    folded = fold(text)
    expected = {position for position, rule in enumerate(wanted) if says(rule, folded)}
    assert WordIndex(wanted).find(folded) == expected


def test_a_line_is_read_into_its_facts() -> None:
    fact = from_body(BODY)
    assert isinstance(fact, Publication)
    assert (fact.seq, fact.on, fact.unit, fact.covers) == (7, dt.date(2017, 9, 15), "市财政委", "2017-08")
    assert fact.text == "2017年8月全市一般公共预算收支情况\n财政\n示例"


def test_the_day_is_the_day_in_shanghai_whatever_the_offset() -> None:
    fact = from_body({**BODY, "at": "2017-09-14T16:30:00+00:00"})
    assert fact is not None
    assert fact.on == dt.date(2017, 9, 15)


def test_occasions_and_withdrawals_are_read_and_other_acts_left_out() -> None:
    occasion = from_body({**BODY, "act": "occasion", "happened_on": "2017-08-01"})
    assert isinstance(occasion, Occasion)
    assert occasion.happened_on == dt.date(2017, 8, 1)
    withdrawn = from_body({**BODY, "act": "withdraw"})
    assert withdrawn == Withdrawn(7, dt.date(2017, 9, 15), "caizhengwei-2017-00001")
    assert from_body({"act": "adopt", "at": "2017-06-19T09:00:00+08:00", "seq": 1}) is None


def test_a_version_of_a_register_is_a_publication_of_its_own() -> None:
    body = {
        "act": "version",
        "at": "2017-09-15T10:00:00+08:00",
        "counted": {"field": "source", "count": 10, "wanted": 11, "unit": "座"},
        "covers": "2017-08",
        "form": "series",
        "keywords": [],
        "made_on": None,
        "register": "water-sources",
        "seq": 9,
        "title": "2017年8月集中式生活饮用水水源水质监测信息",
        "unit": "市人居环境委",
        "version": 3,
    }
    fact = from_body(body)
    assert isinstance(fact, Publication)
    assert (fact.document, fact.edition, fact.covers) == ("data/water-sources/v/3", 1, "2017-08")
    assert fact.counted == "10/11"
