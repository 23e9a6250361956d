"""What a calendar refuses, and how a later notice overrules an earlier one."""

from datetime import date

import pytest

from yangguang.rules.workdays import Calendar, CalendarYear, Festival, Notice, NoticeProblem


def notice(*festivals: Festival) -> Notice:
    return Notice("通知", "", False, festivals)


def year(number: int, *notices: Notice) -> CalendarYear:
    return CalendarYear(number, notices)


FRIDAY, SATURDAY, SUNDAY = date(2018, 6, 15), date(2018, 6, 16), date(2018, 6, 17)


def test_a_later_notice_overrules_an_earlier_one_day_by_day() -> None:
    first = notice(Festival("端午节", FRIDAY, FRIDAY, (SATURDAY, SUNDAY)))
    later = notice(Festival("纪念日", SATURDAY, SATURDAY, (FRIDAY,)))
    calendar = Calendar((year(2018, first, later),))
    assert [calendar.is_workday(day) for day in (FRIDAY, SATURDAY, SUNDAY)] == [True, False, True]
    assert calendar.describe(SATURDAY).why == "纪念日"


REFUSED = {
    "day outside the year": (
        Festival("元旦", date(2018, 12, 31), date(2019, 1, 1)),
        "2019-01-01 不在 2018 年",
    ),
    "ends before it begins": (Festival("端午节", SUNDAY, SATURDAY), "早于起日"),
    "only one end": (Festival("端午节", SATURDAY), "起止两日"),
    "worked and off": (Festival("端午节", FRIDAY, SATURDAY, (SATURDAY,)), "两次写到 2018-06-16"),
    "make-up day on a working day": (Festival("端午节", worked=(FRIDAY,)), "本来就是工作日"),
}


@pytest.mark.parametrize(("festival", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_a_notice_that_cannot_be_true_is_refused(festival: Festival, says: str) -> None:
    with pytest.raises(NoticeProblem, match=says):
        Calendar((year(2018, notice(festival)),))


@pytest.mark.parametrize(
    ("numbers", "says"),
    [([], "一年的放假通知都没有"), ([2017, 2019], "缺 2018 年"), ([2018, 2017], "缺 2019 年或顺序有误")],
)
def test_the_years_must_follow_each_other(numbers: list[int], says: str) -> None:
    with pytest.raises(NoticeProblem, match=says):
        Calendar(tuple(year(number) for number in numbers))
