"""A number that opens a task is told from digits that belong to its text."""

import pytest

from yangguang.rules.plan_table.numerals import leading_numeral


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("5.12320卫生热线按月公布", 5, "12320卫生热线按月公布"),
        ("5.12345热线办理情况", 5, "12345热线办理情况"),
        ("4.5G基站建设规划", 4, "5G基站建设规划"),
        ("2.1.5G基站建设规划", 1, "5G基站建设规划"),
        ("3.2017年底前公开", 3, "2017年底前公开"),
        ("1.2公开预算", 2, "公开预算"),
    ],
)
def test_digits_of_the_text_stay_with_the_text(text: str, value: int, rest: str) -> None:
    numeral = leading_numeral(text)
    assert numeral is not None
    assert (numeral.value, text[numeral.length :]) == (value, rest)


@pytest.mark.parametrize("text", ["5G基站建设规划", "12320卫生热线", "1.2345亿元资金", "2017年底前"])
def test_digits_alone_are_no_number(text: str) -> None:
    assert leading_numeral(text) is None
