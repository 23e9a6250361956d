"""The term that a document sets itself, read from its text."""

import datetime as dt

import pytest

from yangguang.rules import validity

MADE = dt.date(2017, 6, 19)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("本办法自2017年7月1日起施行，有效期5年。", "2017-07-01", "2022-06-30"),
        ("本通知自印发之日起施行，有效期三年。", "2017-06-19", "2020-06-18"),
        ("本规定自发布之日起施行，有效期为六个月。", "2017-06-19", "2017-12-18"),
        ("本细则自2017年8月1日起实施，试行期两年。", "2017-08-01", "2019-07-31"),
        ("本办法有效期至2020年12月31日。", None, "2020-12-31"),
        ("自2016年2月29日起施行，有效期一年。", "2016-02-29", "2017-02-27"),
        ("本办法自公布之日起30日后施行。", "2017-07-19", None),
        ("本办法自2017年7月1日起施行，执行期限自2017年7月1日至2019年6月30日。", "2017-07-01", "2019-06-30"),
        ("本办法自2017 年 7 月 1 日起施行，有效期十二个月。", "2017-07-01", "2018-06-30"),
        (
            "原办法自2010年1月1日起施行，有效期5年。现修订为：本办法自2017年7月1日起施行，有效期3年。",
            "2017-07-01",
            "2020-06-30",
        ),
    ],
)
def test_the_first_and_the_last_day_in_force_are_read(text: str, first: str | None, last: str | None) -> None:
    read = validity.read(text, {"made_on": MADE})
    told = tuple(day.isoformat() if day else None for day in (read.effective_on, read.expires_on))
    assert told == (first, last)
    assert all(phrase in text for phrase in read.phrases)


@pytest.mark.parametrize(
    "text",
    [
        "许可证有效期内可以多批使用。",
        "请于2017年12月31日前报送。",
        "身份证明应当在有效期内，复印三份。",
        "",
        "本办法有效期至2020年2月31日。",
    ],
)
def test_nothing_is_proposed_where_the_text_sets_no_term(text: str) -> None:
    assert not validity.read(text, {"made_on": MADE})


def test_a_term_without_a_known_first_day_has_no_last_day() -> None:
    assert validity.read("有效期三年。", {}).expires_on is None
