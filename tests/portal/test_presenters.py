import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.directory.models import Unit
from yangguang.portal import words
from yangguang.portal.presenters import body, months, ranking, segments
from yangguang.portal.presenters.months import Month
from yangguang.rules.score import Score


@given(st.text(), st.text())
def test_marking_a_phrase_loses_no_character(text: str, phrase: str) -> None:
    pieces = segments.mark(text, phrase)
    assert "".join(piece.text for piece in pieces) == text
    marked = [piece.text for piece in pieces if piece.is_marked]
    assert marked == ([phrase] if phrase and phrase in text else [])


def test_only_the_first_place_of_a_phrase_is_marked() -> None:
    assert segments.mark("公开，公开。", "公开") == [("公开", True), ("，公开。", False)]


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (22, "二十二"), (99, "九十九")],
)
def test_areas_are_numbered_as_in_print(number: int, numeral: str) -> None:
    assert words.numeral(number) == numeral


@given(st.dates(dt.date(2008, 1, 1), dt.date(2099, 12, 31)), st.integers(-500, 500))
def test_going_months_forth_and_back_ends_where_it_began(day: dt.date, steps: int) -> None:
    month = months.of(day)
    assert month.plus(steps).plus(-steps) == month
    assert months.parse(month.key) == month
    assert month.first <= day <= month.last


@pytest.mark.parametrize("written", ["2017-13", "2017", "", "08-2017", "2017-8-1"])
def test_what_is_no_month_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        months.parse(written)


def test_a_year_ends_after_december() -> None:
    assert Month(2017, 12).plus(1) == Month(2018, 1)


BODY = """一、总体情况

第一段
第二行。

指标\t数值
收入\t10
支出\t8\t注

一、这是一句完整的话。
"""


def test_a_text_is_cut_into_headings_paragraphs_and_tables() -> None:
    blocks = body.blocks(BODY)
    assert [block.kind for block in blocks] == ["heading", "paragraph", "table", "paragraph"]
    assert blocks[2].rows == (("指标", "数值", ""), ("收入", "10", ""), ("支出", "8", "注"))


def test_footnotes_are_numbered_as_their_signs_come_and_gathered_at_the_end() -> None:
    blocks = body.blocks("甲[^b]乙[^a]丙[^b]丁[^没有]。\n\n[^a]: 注一。\n\n第二段。\n\n[^b]: 注二。")
    assert [run.number for run in blocks[0].runs if run.number] == [1, 2, 1]
    assert blocks[0].runs[-2].text == "[^没有]"
    assert [(block.kind, block.number) for block in blocks[2:]] == [("footnote", 1), ("footnote", 2)]
    assert blocks[2].runs[0].text == "注二。"


@given(st.text(alphabet="一、公开\t\n 。a"))
def test_cutting_a_text_keeps_every_visible_character(text: str) -> None:
    blocks = body.blocks(text)
    kept = "".join(
        "".join(run.text for run in block.runs) + "".join("".join(row) for row in block.rows)
        for block in blocks
    )
    assert "".join(kept.split()) == "".join(text.split())


def test_units_with_the_same_points_share_a_rank_and_those_without_stand_last() -> None:
    units = [Unit(pk=number, name=name, position=number) for number, name in enumerate("甲乙丙丁")]
    scores = {
        units[0]: Score(),
        units[1]: Score(on_time=1, missing=1),
        units[2]: Score(on_time=3),
        units[3]: Score(on_time=1),
    }
    found = [(place.unit.name, place.rank) for place in ranking.places(scores)]
    assert found == [("丙", 1), ("丁", 1), ("乙", 3), ("甲", None)]
