"""The boxes of a ruled table, as a page draws them → the grid in which they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from a page's top left."""

SAME = 3.0
"""Rulings closer than this, in points, are one."""


@dataclass(frozen=True)
class Placed:
    """A box with its row and column, counted from 0, and how many of each it spans."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """How many rows and columns there are, at least one each; the boxes, row by row from the left."""

    rows: int
    columns: int
    boxes: tuple[Placed, ...]


def grid(boxes: Iterable[Box]) -> Grid:
    """The edges of all boxes make the grid; a larger box spans. Boxes thinner than a ruling are left out."""
    ordered = sorted(boxes, key=lambda box: (box[1], box[0]))
    xs = _edges(edge for box in ordered for edge in (box[0], box[2]))
    ys = _edges(edge for box in ordered for edge in (box[1], box[3]))
    placed = (_placed(box, xs, ys) for box in ordered)
    kept = tuple(one for one in placed if one.rows > 0 and one.columns > 0)
    return Grid(max(len(ys) - 1, 1), max(len(xs) - 1, 1), kept)


def _placed(box: Box, xs: Sequence[float], ys: Sequence[float]) -> Placed:
    row, column = _nearest(ys, box[1]), _nearest(xs, box[0])
    return Placed(box, row, column, _nearest(ys, box[3]) - row, _nearest(xs, box[2]) - column)


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - value))
