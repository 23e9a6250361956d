"""Official text: what official documents print tells what stands where, and no sign is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.official_text import Kind, normalised, parse, plain, to_text

NOTICE = """各区人民政府（新区管委会），市政府直属各单位：

《示例方案》已经市人民政府同意，现印发给你们，请认真贯彻执行。

一、总体要求

（一）指导思想。坚持以公开为常态、不公开为例外[^1]。

（二）基本原则。

1.依法公开。

2.及时公开。

二、工作任务
（一）加强预期引导
按月公开下列情况：

指标\t2016年\t<<
^^\t上半年\t下半年
收入\t10\t12

![预算示意图](预算.png)

附件：1.任务分工表
　　　2.联系人名单

示例市财政委员会
示例市统计局
2017年6月19日

（此件公开发布）

附件1

任务分工表

第一章　总则

第一条　为了示例，制定本表。

[^1]: 示例脚注。
"""

SIGNS = st.text(alphabet="一二、（）12.#\t\n \u3000。：；附件第章条 年月日局公开^<[]!()-:\u2028\r\x00")


def kinds(text: str) -> list[str]:
    return [f"{block.kind}{block.level or ''}" for block in parse(text)]


def test_a_notice_is_read_as_it_is_printed() -> None:
    assert kinds(NOTICE) == [
        *("addressee", "paragraph", "heading1", "paragraph", "heading2", "paragraph", "paragraph"),
        *("heading1", "heading2", "paragraph", "table", "picture", "attachments", "signature", "note"),
        *("annex", "title", "heading1", "paragraph", "footnote"),
    ]


@given(st.one_of(st.text(), SIGNS))
def test_no_sign_is_lost_whatever_the_text(text: str) -> None:
    assert to_text(parse(text)) == normalised(text)
    assert normalised(normalised(text)) == normalised(text)


@given(SIGNS)
def test_reading_what_was_written_gives_the_same_blocks(text: str) -> None:
    assert parse(to_text(parse(text))) == parse(text)


@given(SIGNS)
def test_every_visible_sign_is_shown_but_for_the_marks(text: str) -> None:
    marks = set(" \u3000\t\n\u2028#^<[]!()-:12")
    shown = "".join(block.shown + block.file for block in parse(text))
    assert [sign for sign in shown if sign not in marks] == [
        sign for sign in normalised(text) if sign not in marks
    ]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、总体要求", 1),
        ("（三）加强组织领导，落实工作责任", 2),
        ("(三) 加强组织领导", 2),
        ("12.门诊收入占比", 3),
        ("（4）其他", 4),
        ("第三章　监督", 1),
        ("第二节 时限", 2),
        ("### 没有编号的小标题", 3),
        ("（二）基本原则。", 2),
    ],
)
def test_a_short_numbered_line_with_text_under_it_is_a_heading(line: str, level: int) -> None:
    heading, _text = parse(f"{line}\n\n这里是正文。")
    assert (heading.kind, heading.level) == (Kind.HEADING, level)


@pytest.mark.parametrize(
    "line",
    [
        "一、这是一句完整的话。",
        "一、申请材料包括：",
        "1.5亿元",
        "2017.6月",
        "（一）身份证；",
        "第三章的规定不再适用",
        "#没有空格",
        "一、" + "长" * 50,
        "（九）偶然所得，是指个人得奖、中奖。",
    ],
)
def test_a_sentence_or_a_figure_is_no_heading(line: str) -> None:
    assert kinds(f"{line}\n\n这里是正文。")[0] != "heading1"
    assert "heading" not in kinds(f"开头。\n\n{line}\n\n这里是正文。")[1]


def test_a_list_of_short_items_is_no_row_of_headings() -> None:
    assert kinds("需要：\n\n1.身份证\n\n2.户口簿\n\n3.申请表") == ["addressee", *["paragraph"] * 3]
    assert kinds("开头。\n\n（一）甲；\n\n（二）乙。\n\n另起一段。")[1:3] == ["paragraph"] * 2


def test_the_lead_of_a_numbered_paragraph_and_of_an_article_is_set_apart() -> None:
    assert parse("（一）指导思想。坚持公开。")[0].lead == "（一）指导思想。"
    assert parse("第十二条　行政机关应当公开。")[0].lead == "第十二条"
    assert parse("没有编号。第二句。")[0].lead == ""


def test_marks_are_not_shown_and_a_footnote_knows_its_sign() -> None:
    heading, text, note = parse("## 小标题\n\n正文[^甲1]。\n\n[^甲1]: 说明。")
    assert heading.shown == "小标题"
    assert [segment.mark for segment in text.segments] == ["", "甲1", ""]
    assert (note.kind, note.mark, note.shown) == (Kind.FOOTNOTE, "甲1", "说明。")


def test_a_picture_names_its_attachment() -> None:
    (picture,) = parse("![2017年收支](图 1.png)")
    assert (picture.kind, picture.caption, picture.file) == (Kind.PICTURE, "2017年收支", "图 1.png")


def test_joint_issuers_sign_together_line_by_line_or_piece_by_piece() -> None:
    assert kinds("正文。\n\n市财政委\n\n市统计局\n\n二〇一七年六月十九日")[1:] == ["signature"] * 3
    assert kinds("正文。\n\n2017年6月19日") == ["paragraph", "paragraph"]


def test_a_list_of_attachments_goes_on_over_paragraphs() -> None:
    assert kinds("正文。\n\n附件：1.甲\n\n　　　2.乙\n\n　　　3.丙\n\n完。")[1:4] == ["attachments"] * 3


def test_html_is_text_like_any_other() -> None:
    (block,) = parse("<script>alert(1)</script>")
    assert (block.kind, block.shown) == (Kind.PARAGRAPH, "<script>alert(1)</script>")


def test_plain_text_holds_what_a_reader_reads() -> None:
    text = plain(parse(NOTICE))
    assert "不公开为例外。" in text
    assert "收入\t10\t12" in text
    assert not {"^^", "<<", "[^1]", "预算.png"} & set(text.split())
