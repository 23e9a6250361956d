"""Which column of a table is the area, which the task, which the unit: from header words and from the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yangguang.rules.plan_table.columns import (
    AREAL,
    BEARER,
    CHANNEL,
    DEADLINE,
    DEEP,
    GENERIC,
    LEAD,
    OTHER,
    SERIAL,
    TEXTS,
)
from yangguang.rules.plan_table.matrix import Header, Matrix
from yangguang.rules.plan_table.numerals import is_han_serial, leading_numeral
from yangguang.rules.unit_names import is_unit, split_units


@dataclass(frozen=True)
class Layout:
    """Column numbers by use. `titles` go before the task's text; `groups` are headings below the area."""

    leaf: int
    area: int | None = None
    serial: int | None = None
    area_serial: int | None = None
    titles: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    when: tuple[int, ...] = ()
    where: tuple[int, ...] = ()

    @property
    def texts(self) -> tuple[int, ...]:
        """The columns that make a task's text, left to right."""
        return tuple(sorted((*self.titles, self.leaf)))


def layout_of(matrix: Matrix, header: Header, rows: Sequence[int], *, banners: bool) -> Layout | None:
    """Choose the columns. `rows` are the data rows; `banners` says that full-width rows name the areas."""
    kinds = header.kinds
    texts = [
        column
        for column, kind in enumerate(kinds)
        if kind in TEXTS and any(matrix.at(row, column).key.strip() for row in rows)
    ]
    if not texts:
        return None
    serials = [column for column, kind in enumerate(kinds) if kind == SERIAL]
    leaf = _leaf(matrix, kinds, texts, rows)
    rest = [column for column in texts if column != leaf]
    area = _area(matrix, kinds, rest, leaf, rows, banners=banners, serial=bool(serials))
    rest = [column for column in rest if column != area]
    serial, area_serial = _serials(matrix, serials, area, leaf, rows)
    leads = tuple(c for c, kind in enumerate(kinds) if kind == LEAD and _filled(matrix, c, rows))
    bearers = tuple(c for c, kind in enumerate(kinds) if kind == BEARER)
    return Layout(
        leaf=leaf,
        area=area,
        serial=serial,
        area_serial=area_serial,
        titles=tuple(column for column in rest if not _groups_rows(matrix, column, rows)),
        groups=tuple(column for column in rest if _groups_rows(matrix, column, rows)),
        leads=leads or bearers,
        others=tuple(c for c, kind in enumerate(kinds) if kind == OTHER) + (bearers if leads else ()),
        when=tuple(c for c, kind in enumerate(kinds) if kind == DEADLINE),
        where=tuple(c for c, kind in enumerate(kinds) if kind == CHANNEL),
    )


def layout_without_header(matrix: Matrix, top: int) -> Layout | None:
    """A table without header words, from row `top` on: a column of units, one of long texts, maybe areas."""
    rows = range(top, matrix.height)
    columns = range(matrix.width)
    units = [column for column in columns if _share_of_units(matrix, column, rows) >= 0.8]
    lengths = {column: _mean_length(matrix, column, rows) for column in columns if column not in units}
    if not units or not lengths or len(rows) < 2:
        return None
    leaf = max(lengths, key=lambda column: lengths[column])
    numbered = sum(leading_numeral(matrix.at(row, leaf).key) is not None for row in rows)
    if lengths[leaf] < 8 or (numbered * 2 < len(rows) and lengths[leaf] < 12):
        return None
    serial = next((c for c in lengths if c != leaf and 0 < lengths[c] <= 3), None)
    rest = [c for c in lengths if c not in (leaf, serial) and lengths[c] > 0]
    area = next((c for c in rest if _groups_rows(matrix, c, rows)), None)
    return Layout(leaf=leaf, area=area, serial=serial, leads=tuple(units[:1]), others=tuple(units[1:]))


def _leaf(matrix: Matrix, kinds: Sequence[str | None], texts: list[int], rows: Sequence[int]) -> int:
    for kind in (DEEP, GENERIC, AREAL):
        candidates = [column for column in texts if kinds[column] == kind]
        if candidates:
            return max(
                candidates,
                key=lambda c: (_distinct(matrix, c, rows), _mean_length(matrix, c, rows), c),
            )
    raise ValueError("no text column")


def _area(
    matrix: Matrix,
    kinds: Sequence[str | None],
    rest: list[int],
    leaf: int,
    rows: Sequence[int],
    *,
    banners: bool,
    serial: bool,
) -> int | None:
    for column in rest:
        if kinds[column] == AREAL and not (banners and not _groups_rows(matrix, column, rows)):
            return column
    grouping = [column for column in rest if _groups_rows(matrix, column, rows)]
    if grouping and not banners:
        return min(grouping, key=lambda column: _distinct(matrix, column, rows))
    if banners:
        return None
    numbered = [c for c in rest if _numbered_like_areas(matrix, c, rows)]
    if numbered:
        return numbered[0]
    # One area to one task throughout: a printed serial for each row says that the row is the task.
    if serial or kinds[leaf] != DEEP:
        return None
    return next((column for column in rest if kinds[column] == GENERIC), None)


def _serials(
    matrix: Matrix, serials: list[int], area: int | None, leaf: int, rows: Sequence[int]
) -> tuple[int | None, int | None]:
    """(the tasks' serial column, the areas' serial column)."""
    task_serial = area_serial = None
    for column in serials:
        if area is not None and _numbers_areas(matrix, column, area, leaf, rows):
            area_serial = column
        elif task_serial is None:
            task_serial = column
    return task_serial, area_serial


def _numbers_areas(matrix: Matrix, column: int, area: int, leaf: int, rows: Sequence[int]) -> bool:
    """A serial column that changes with the area, not with the task."""
    if all(is_han_serial(key) for row in rows if (key := matrix.at(row, column).key.strip())):
        return True
    numbers, areas = _distinct(matrix, column, rows), _distinct(matrix, area, rows)
    return numbers == areas and numbers < _distinct(matrix, leaf, rows)


def _groups_rows(matrix: Matrix, column: int, rows: Sequence[int]) -> bool:
    """Whether the column's texts each stand for several rows: merged, repeated or left blank below."""
    return 0 < _distinct(matrix, column, rows) < len(rows)


def _numbered_like_areas(matrix: Matrix, column: int, rows: Sequence[int]) -> bool:
    found = [leading_numeral(matrix.at(row, column).key) for row in rows]
    return all(
        numeral is not None and numeral.style in ("han", "chapter", "han-bracket") for numeral in found
    )


def _filled(matrix: Matrix, column: int, rows: Sequence[int]) -> bool:
    return any(matrix.at(row, column).key.strip() for row in rows)


def _distinct(matrix: Matrix, column: int, rows: Sequence[int]) -> int:
    return len({key for row in rows if (key := matrix.at(row, column).key.strip())})


def _mean_length(matrix: Matrix, column: int, rows: Sequence[int]) -> float:
    lengths = [len(key) for row in rows if (key := matrix.at(row, column).key.strip())]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _share_of_units(matrix: Matrix, column: int, rows: Sequence[int]) -> float:
    keys = [matrix.at(row, column).key_lines for row in rows if matrix.at(row, column).key.strip()]
    named = sum(all(is_unit(name) for name in split_units(key)) for key in keys)
    return named / len(keys) if keys else 0.0
