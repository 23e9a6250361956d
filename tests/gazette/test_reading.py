"""What is done to a page before it is read: turned upright, stamps taken out, tables found."""

import cv2
import numpy as np
import pytest

from tests.gazette.drawing import draw_page, draw_table
from yangguang.gazette.digitise.clean import skew, upright, without_stamps
from yangguang.gazette.digitise.tables import ruled_tables, without_rules

WORDS = ["深圳市贯彻落实政务公开工作要点", "分工方案已经市人民政府同意，", "现印发给你们，请认真执行。"]


def as_pixels(*lines: str, size: tuple[int, int] = (1240, 1000)) -> np.ndarray:
    return np.asarray(draw_page(*lines, size=size))[:, :, ::-1].copy()


@pytest.mark.parametrize("angle", [-3.0, -1.2, 0.0, 0.4, 1.2, 4.0])
def test_a_turned_page_is_put_level(angle: float) -> None:
    page = as_pixels(*["".join(WORDS)[:33]] * 13, size=(1480, 1000))
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned = cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))
    assert skew(turned) == pytest.approx(-angle, abs=0.15)
    assert abs(skew(upright(turned))) <= 0.1


def test_an_empty_page_stays_as_it_is() -> None:
    page = np.full((400, 300, 3), 250, np.uint8)
    assert np.array_equal(upright(page), page)
    assert ruled_tables(without_stamps(page)) == []


def test_a_red_stamp_goes_and_the_black_under_it_stays() -> None:
    page = as_pixels(*WORDS * 4)
    clean = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    stamped = page.copy()
    ring = np.zeros(page.shape[:2], np.uint8)
    cv2.circle(ring, (500, 400), 118, 255, 8)
    # Ink on ink: black stays black under red.
    stamped[ring > 0] = np.minimum(stamped[ring > 0], (40, 35, 210))
    read = without_stamps(stamped)
    only_red = (ring > 0) & (clean > 250)
    assert read[only_red].min() > 200
    assert read[(ring > 0) & (clean < 30)].max() < 90
    assert np.array_equal(read[ring == 0][::7] < 128, clean[ring == 0][::7] < 128)


def test_red_letters_are_kept_as_letters() -> None:
    page = as_pixels(*WORDS)
    page[(page < 128).all(axis=2)] = (30, 30, 200)
    gray = without_stamps(page)
    assert (gray < 110).sum() > 2000


def test_a_ruled_table_is_found_with_its_cells() -> None:
    (table,) = ruled_tables(draw_table(3, 4))
    assert [(cell.row, cell.column) for cell in table.cells] == [(y, x) for y in range(3) for x in range(4)]
    assert {(cell.rows, cell.columns) for cell in table.cells} == {(1, 1)}
    assert table.box.left == pytest.approx(100, abs=4)
    assert table.box.bottom == pytest.approx(80 + 3 * 60, abs=4)


def test_a_missing_rule_joins_two_cells() -> None:
    (table,) = ruled_tables(draw_table(3, 4, skip=((1, 2),)))
    joined = [(cell.row, cell.column, cell.rows) for cell in table.cells if cell.rows > 1]
    assert joined == [(1, 2, 2)]
    assert len(table.cells) == 11


def test_lines_of_text_are_no_table() -> None:
    assert ruled_tables(cv2.cvtColor(as_pixels(*WORDS * 4), cv2.COLOR_BGR2GRAY)) == []


def test_painting_over_the_rules_leaves_nothing_of_them() -> None:
    gray = draw_table(3, 4)
    assert without_rules(gray, ruled_tables(gray)).min() > 250
