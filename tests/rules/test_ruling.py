"""Boxes of a ruled table → the grid in which they stand."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules.ruling import grid

STEPS = st.lists(st.integers(10, 80), min_size=1, max_size=5)
WAVERING = st.floats(-1, 1)


@given(down=STEPS, across=STEPS, data=st.data())
def test_a_full_table_drawn_with_an_unsteady_hand_is_read_as_drawn(
    down: list[int], across: list[int], data: st.DataObject
) -> None:
    rows, columns = list(pairwise(accumulate([0, *down]))), list(pairwise(accumulate([0, *across])))
    boxes = [
        tuple(edge + data.draw(WAVERING) for edge in (left, top, right, bottom))
        for top, bottom in rows
        for left, right in columns
    ]
    found = grid(boxes)  # type: ignore[arg-type]
    assert (found.rows, found.columns) == (len(rows), len(columns))
    places = {one.box: (one.row, one.column, one.rows, one.columns) for one in found.boxes}
    drawn = [(row, column, 1, 1) for row in range(len(rows)) for column in range(len(columns))]
    assert [places[box] for box in boxes] == drawn  # type: ignore[index]


def test_a_larger_box_spans_and_a_thin_one_is_left_out() -> None:
    wide, left, right, thin = (0, 0, 100, 20), (0, 20, 50, 40), (50, 20, 100, 40), (0, 39, 100, 40)
    found = grid([right, thin, wide, left])
    assert [(one.box, one.row, one.column, one.rows, one.columns) for one in found.boxes] == [
        (wide, 0, 0, 1, 2),
        (left, 1, 0, 1, 1),
        (right, 1, 1, 1, 1),
    ]


def test_no_box_makes_a_grid_of_one_place() -> None:
    assert (grid([]).rows, grid([]).columns, grid([]).boxes) == (1, 1, ())
