"""The head of a document is proposed from its first lines and its signature."""

import datetime as dt

import pytest

from yangguang.rules.official_text.head import read_head

BODY = "各区人民政府：\n\n现印发给你们。\n\n示例市人民政府办公厅\n\n2017年6月19日"


def test_letterhead_number_and_a_title_over_two_lines_leave_the_body() -> None:
    head = read_head(
        f"示例市人民政府办公厅文件\n\n000001\n\n示府办〔2017〕3号\n\n关于印发《示例》的\n\n通知\n\n{BODY}"
    )
    assert (head.title, head.number) == ("关于印发《示例》的通知", "示府办〔2017〕3号")
    assert (head.issuers, head.made_on) == (("示例市人民政府办公厅",), dt.date(2017, 6, 19))
    assert (head.body, head.dropped) == (BODY, ("000001",))


@pytest.mark.parametrize(
    "top",
    [
        "关于示例的通知\n\n示府〔2017〕3号",
        "示府〔2017〕3号\n\n关于示例的通知",
        "关于示例的通知示府〔2017〕3号",
    ],
)
def test_the_number_stands_over_or_under_or_behind_the_title(top: str) -> None:
    head = read_head(f"{top}\n\n{BODY}")
    assert (head.title, head.number, head.body) == ("关于示例的通知", "示府〔2017〕3号", BODY)


def test_two_organs_side_by_side_are_two_issuers() -> None:
    assert read_head("关于示例的通知\n\n正文。\n\n市财政委　　市统计局\n\n2017年6月19日").issuers == (
        "市财政委",
        "市统计局",
    )


def test_a_text_without_a_head_is_all_body() -> None:
    assert read_head("第一句话。\n\n第二句话。").body == "第一句话。\n\n第二句话。"


def test_a_person_who_signs_is_no_issuer() -> None:
    head = read_head("关于示例的决定\n\n正文。\n\n市长　某某某\n\n二〇一七年六月十九日")
    assert (head.issuers, head.made_on) == ((), dt.date(2017, 6, 19))
