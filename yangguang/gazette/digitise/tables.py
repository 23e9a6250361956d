"""Find ruled tables on a page: where the rules cross, which cells they make."""

from itertools import pairwise

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from yangguang.rules.page_layout import Box, RuledCell, RuledTable

Image = NDArray[np.uint8]
Bits = NDArray[np.bool_]


def ruled_tables(gray: Image) -> list[RuledTable]:
    """The tables of a level page, with two rows or columns at least."""
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    width_of_page = gray.shape[1]
    across = _rules(ink, width_of_page // 14, level=True)
    down = _rules(ink, width_of_page // 32, level=False)
    joined = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    found = []
    for number in range(1, count):
        left, top, width, height = (int(value) for value in stats[number][:4])
        # Less than 25 mm wide or 9 mm high is no table but a heavy line of text.
        if width < width_of_page // 8 or height < width_of_page // 23:
            continue
        area = (slice(top, top + height), slice(left, left + width))
        own = labels[area] == number
        table = _table((across[area] > 0) & own, (down[area] > 0) & own, left, top)
        if table:
            found.append(table)
    return sorted(found, key=lambda one: one.box.top)


def without_rules(gray: Image, tables: list[RuledTable]) -> Image:
    """The page with the tables' rules painted over, so that they are not read as strokes."""
    out = gray.copy()
    for table in tables:
        for cell in table.cells:
            box = cell.box
            edges = (int(box.left), int(box.top)), (int(box.right), int(box.bottom))
            cv2.rectangle(out, *edges, color=255, thickness=5)
    return out


def _rules(ink: MatLike, length: int, *, level: bool) -> MatLike:
    """Straight runs of ink of that length, gaps of a few pixels closed."""
    size = (length, 1) if level else (1, length)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 5) if level else (5, 1), np.uint8))
    # A rule that is not quite level leaves the row it began in: two pixels of thickness forgive that.
    thick = cv2.dilate(closed, np.ones((3, 1) if level else (1, 3), np.uint8))
    return cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8))


def _table(across: Bits, down: Bits, left: int, top: int) -> RuledTable | None:
    ys = _positions(across.sum(axis=1), across.shape[1] * 0.15)
    xs = _positions(down.sum(axis=0), min(down.shape[0] * 0.5, 30))
    if not xs or len(ys) < 2:
        return None
    # Tables are often open at their sides: then the rules that lie across tell how wide they are.
    first, *_, last = (int(x) for x in np.nonzero(across.any(axis=0))[0])
    xs = [first] * (xs[0] - first > 20) + xs + [last] * (last - xs[-1] > 20)
    if len(xs) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2 or not _framed(across, xs, ys):
        return None
    cells = _cells(across, down, xs, ys)
    shifted = tuple(
        RuledCell(
            Box(c.box.left + left, c.box.top + top, c.box.right + left, c.box.bottom + top),
            c.row,
            c.column,
            c.rows,
            c.columns,
        )
        for c in cells
    )
    box = Box(left + xs[0], top + ys[0], left + xs[-1], top + ys[-1])
    return RuledTable(box, shifted)


def _framed(across: Bits, xs: list[int], ys: list[int]) -> bool:
    """Whether the first and the last rule run over the whole width: underlined words do not."""
    return all(_parted(across, xs[0], xs[-1], y, level=True, least=0.75) for y in (ys[0], ys[-1]))


def _positions(profile: NDArray[np.int64], least: float) -> list[int]:
    """The middles of the runs where a profile is at least so high; runs nearer than 8 pixels are one rule."""
    places = np.nonzero(profile >= least)[0]
    if not len(places):
        return []
    runs = np.split(places, np.nonzero(np.diff(places) > 8)[0] + 1)
    return [int(run.mean()) for run in runs]


def _cells(across: Bits, down: Bits, xs: list[int], ys: list[int]) -> list[RuledCell]:
    """The grid's places, joined where no rule parts them."""
    taken: set[tuple[int, int]] = set()
    found = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right, bottom = column + 1, row + 1
            while right < len(xs) - 1 and not _parted(down, ys[row], ys[row + 1], xs[right], level=False):
                right += 1
            while bottom < len(ys) - 1 and not any(
                _parted(across, left, after, ys[bottom], level=True)
                for left, after in pairwise(xs[column : right + 1])
            ):
                bottom += 1
            taken |= {(y, x) for y in range(row, bottom) for x in range(column, right)}
            box = Box(xs[column], ys[row], xs[right], ys[bottom])
            found.append(RuledCell(box, row, column, bottom - row, right - column))
    return found


def _parted(rules: Bits, start: int, end: int, at: int, *, level: bool, least: float = 0.5) -> bool:
    """Whether a rule runs along most of the edge between two places."""
    near = slice(max(at - 6, 0), at + 7)
    edge = rules[near, start:end].any(axis=0) if level else rules[start:end, near].any(axis=1)
    return bool(edge.mean() > least) if edge.size else False
