"""Tables: lines with tabs, merged cells by marks."""

from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.official_text.tables import Cell, Table, read_table, write_table


def texts(table: Table) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.rows, cell.columns) for cell in row] for row in table.cells]


def test_marks_join_cells_upwards_and_leftwards() -> None:
    table = read_table("指标\t2016年\t<<\n^^\t上半年\t下半年\n收入\t10\t12")
    assert texts(table)[0] == [("指标", 2, 1), ("2016年", 1, 2)]
    assert texts(table)[1] == [("上半年", 1, 1), ("下半年", 1, 1)]
    assert (table.head_rows, table.width) == (2, 3)
    assert table.grid[1] == ("", "上半年", "下半年")


def test_a_mark_that_joins_nothing_is_an_empty_cell() -> None:
    assert texts(read_table("^^\t<<\n甲\t乙")) == [[("", 1, 1), ("", 1, 1)], [("甲", 1, 1), ("乙", 1, 1)]]


def test_a_block_of_cells_is_one_cell() -> None:
    assert texts(read_table("甲\t<<\t乙\n^^\t<<\t丙")) == [[("甲", 2, 2), ("乙", 1, 1)], [("丙", 1, 1)]]


def test_short_rows_are_filled_up() -> None:
    assert read_table("一\t二\t三\n1\t2").grid == (("一", "二", "三"), ("1", "2", ""))


def test_a_line_end_within_a_cell_stays_within_it() -> None:
    text = write_table([[Cell("市财政委\n市统计局"), Cell("甲\t乙")]])
    assert "\n" not in text
    assert read_table(text).cells[0][0].lines == ["市财政委", "市统计局"]


CELLS = st.builds(Cell, st.text(alphabet="甲乙1 ", max_size=3), st.integers(1, 3), st.integers(1, 3))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_is_written_covers_every_place_once_and_keeps_every_text(rows: list[list[Cell]]) -> None:
    text = write_table(rows)
    if not text.strip():
        return
    table = read_table(text)
    places = sum(cell.rows * cell.columns for row in table.cells for cell in row)
    assert places == len(table.grid) * table.width
    written = sorted(cell.text.strip() for row in rows for cell in row if cell.text.strip())
    assert sorted(cell.text for row in table.cells for cell in row if cell.text) == written


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_table_that_was_read_is_written_the_same(rows: list[list[Cell]]) -> None:
    text = write_table(rows)
    if not text.strip():
        return
    table = read_table(text)
    assert read_table(write_table(table.cells)).grid == table.grid
