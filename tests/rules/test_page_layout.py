"""From lines on a page to text: drawn pages, each line at its place."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.official_text import parse
from yangguang.rules.page_layout import (
    Box,
    ReadLine,
    RuledCell,
    RuledTable,
    arrange,
    columns,
    doubtful_places,
)

SIZE, STEP, LEFT = 20, 34, 100
FULL = 30
HEIGHT = 2000


def line(text: str, row: float, *, left: float = LEFT, size: float = SIZE) -> ReadLine:
    """A line of print: each character as wide as it is high."""
    top = 100 + row * STEP
    return ReadLine(text, Box(left, top, left + len(text) * size, top + size), 0.99)


def indented(text: str, row: float, left: float = LEFT) -> ReadLine:
    return line(text, row, left=left + 2 * SIZE)


def read(lines: list[ReadLine], tables: tuple[RuledTable, ...] = ()) -> list[str]:
    return arrange(lines, tables, HEIGHT)[1].split("\n\n")


def test_an_indent_begins_a_paragraph_and_full_lines_run_on() -> None:
    page = [
        indented("甲" * (FULL - 2), 0),
        line("乙" * FULL, 1),
        line("丙" * 5, 2),
        indented("丁" * (FULL - 2), 3),
        line("戊" * 7, 4),
    ]
    assert read(page) == ["甲" * (FULL - 2) + "乙" * FULL + "丙" * 5, "丁" * (FULL - 2) + "戊" * 7]


def test_pieces_of_one_row_are_read_from_left_to_right() -> None:
    page = [line("右" * 5, 0.05, left=LEFT + 300), line("左" * 14, 0), line("次" * 19, 1)]
    assert read(page) == ["左" * 14 + "右" * 5 + "次" * 19]


@pytest.mark.parametrize("seed", range(5))
def test_two_columns_under_a_title_are_read_one_after_the_other(seed: int) -> None:
    right = LEFT + 16 * SIZE
    page = [line("横跨两栏的标题写在上面一行的中间部分才算数", 0, left=LEFT + 60)]
    page += [line("左" * 13 + str(row), row, left=LEFT) for row in range(2, 9)]
    page += [line("右" * 13 + str(row), row, left=right) for row in range(2, 9)]
    page.append(line("横跨两栏的结尾也要算在最后才读到它这一行", 10, left=LEFT + 60))
    random.Random(seed).shuffle(page)
    text = "".join(read(page))
    expected = [
        "横跨两栏的标题",
        *(f"{'左' * 13}{row}" for row in range(2, 9)),
        *(f"{'右' * 13}{row}" for row in range(2, 9)),
        "横跨两栏的结尾",
    ]
    places = [text.index(part) for part in expected]
    assert places == sorted(places)


def test_page_numbers_of_a_contents_list_are_no_column() -> None:
    titles = [line(f"关于某某事项的通知之{row}", row) for row in range(8)]
    numbers = [line(str(10 + row), row, left=LEFT + 28 * SIZE) for row in range(8)]
    assert len(columns([*titles, *numbers])) == 1
    assert "".join(read([*titles, *numbers])).startswith("关于某某事项的通知之010关于某某事项的通知之111")


def test_the_page_number_at_the_foot_is_no_text_but_stays_a_line() -> None:
    foot = ReadLine("— 12 —", Box(500, 1900, 580, 1920), 0.99)
    page = [indented("正文" * 10, 0), foot]
    ordered, text = arrange(page, (), HEIGHT)
    assert text == "正文" * 10
    assert ordered[-1] is foot
    assert "2017" in arrange([indented("正文" * 10, 0), line("2017", 1)], (), HEIGHT)[1]


def test_a_title_over_two_lines_stays_together() -> None:
    page = [
        line("关于印发某某市政务公开工作", 0, left=LEFT + 110, size=30),
        line("要点分工方案的通知", 1.3, left=LEFT + 170, size=30),
        *[line("正" * FULL, row) for row in range(3, 8)],
    ]
    assert read(page)[0] == "关于印发某某市政务公开工作要点分工方案的通知"


def make_table(rows: int, widths: list[int], top: float = 300) -> tuple[RuledTable, list[list[Box]]]:
    edges = [LEFT + sum(widths[:number]) for number in range(len(widths) + 1)]
    boxes = [
        [Box(edges[x], top + y * 40, edges[x + 1], top + (y + 1) * 40) for x in range(len(widths))]
        for y in range(rows)
    ]
    cells = tuple(RuledCell(boxes[y][x], y, x) for y in range(rows) for x in range(len(widths)))
    return RuledTable(Box(edges[0], top, edges[-1], top + rows * 40), cells), boxes


def placed(text: str, box: Box, row: int = 0) -> ReadLine:
    top = box.top + 4 + row * 16
    return ReadLine(text, Box(box.left + 4, top, box.left + 4 + 8 * len(text), top + 14), 0.9)


def test_a_ruled_table_becomes_lines_with_tabs_between_the_paragraphs() -> None:
    table, boxes = make_table(2, [80, 200, 100])
    lines = [
        placed("项目", boxes[0][0]),
        placed("说明", boxes[0][1]),
        placed("数值", boxes[0][2]),
        placed("收入", boxes[1][0]),
        placed("第一行字", boxes[1][1]),
        placed("第二行字", boxes[1][1], row=1),
        placed("10", boxes[1][2]),
    ]
    above, below = indented("表前" * 9, 1), indented("表后" * 9, 9)
    ordered, text = arrange([below, *reversed(lines), above], (table,), HEIGHT)
    assert text.split("\n\n") == ["表前" * 9, "项目\t说明\t数值\n收入\t第一行字第二行字\t10", "表后" * 9]
    assert [one.text for one in ordered] == ["表前" * 9, *(one.text for one in lines), "表后" * 9]
    assert parse(text)[1].rows[1] == ("收入", "第一行字第二行字", "10")


def test_a_cell_over_two_rows_is_marked_as_one() -> None:
    _, boxes = make_table(2, [80, 100])
    tall = Box(boxes[0][1].left, boxes[0][1].top, boxes[1][1].right, boxes[1][1].bottom)
    cells = (
        RuledCell(boxes[0][0], 0, 0),
        RuledCell(tall, 0, 1, rows=2),
        RuledCell(boxes[1][0], 1, 0),
    )
    table = RuledTable(Box(LEFT, 300, LEFT + 180, 380), cells)
    lines = [placed("甲", boxes[0][0]), placed("乙", boxes[1][0]), placed("共用", tall)]
    assert arrange(lines, (table,), HEIGHT)[1] == "甲\t共用\n乙\t^^"


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 1900), st.text("甲乙丙1a", min_size=1, max_size=20)),
        max_size=40,
    )
)
def test_every_line_is_read_once(pieces: list[tuple[int, int, str]]) -> None:
    lines = [
        ReadLine(text, Box(left, top, left + SIZE * len(text), top + SIZE), 0.9) for left, top, text in pieces
    ]
    table, _ = make_table(4, [200, 200], top=800)
    for tables in ((), (table,)):
        ordered, _ = arrange(lines, tables, HEIGHT)
        assert sorted(map(id, ordered)) == sorted(map(id, lines))


def test_doubts_are_found_again_in_the_text_unless_somebody_corrected_the_line() -> None:
    first = ReadLine("今年预箅收入", Box(0, 0, 1, 1), 0.9, ((3, 4),))
    second = ReadLine("比上年增", Box(0, 2, 1, 3), 0.9, ((0, 2),))
    assert doubtful_places("今年预箅收入比上年增", (first, second)) == [(3, 4), (6, 8)]
    assert doubtful_places("今年预算收入比上年增", (first, second)) == [(6, 8)]
    assert doubtful_places("", (first, second)) == []
