"""One table of a plan → areas with tasks: merged cells, blanks that mean "as above", repeats, banner rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from yangguang.rules.plan_table.cells import Part, lists_items, parts_of, unit_lines
from yangguang.rules.plan_table.drafts import AREA, HEADER, NOTE, TASK, UNIT, DraftArea, DraftTask, Work
from yangguang.rules.plan_table.layout import Layout, layout_of, layout_without_header
from yangguang.rules.plan_table.matrix import Header, Matrix, find_header
from yangguang.rules.plan_table.numerals import is_han_serial, leading_numeral, serial_value
from yangguang.rules.plan_table.responsibility import (
    Answerable,
    read_answerable,
    says_nobody,
    says_same_as_above,
    states_first_leads,
)
from yangguang.rules.plan_table.source import Cell, Grid, Place

AREA_STYLES = ("chapter", "han", "han-bracket")

_CONTINUED = re.compile(r"\s*\(?(?:续表?|接上页|续前)\)?\s*$")
_NOTE_ROW = re.compile(r"\s*(?:备?注|说明|填表说明|填报|附注|制表|合计|总计|单位盖章|联系)\s*\d*\s*[:、.(]?")


@dataclass(frozen=True)
class Shape:
    """How a table is to be read; a later table of the same width without header goes on in it."""

    layout: Layout
    header_keys: tuple[tuple[str, ...], ...]
    width: int


@dataclass(frozen=True)
class Fit:
    """A grid that is a plan's table: its shape, the row where its header begins, its first data row."""

    shape: Shape
    header_row: int
    first_row: int


def fit(grid: Grid, before: Shape | None = None) -> Fit | None:
    """How to read this grid; None when it is not a plan's table. `before` is the shape of the table above."""
    matrix = Matrix(grid)
    header = find_header(matrix)
    if header is not None:
        layout = _layout(matrix, header)
        if layout is None:
            return None
        keys = tuple(matrix.keys(row) for row in range(header.first, header.last + 1))
        return Fit(Shape(layout, keys, matrix.width), header.first, header.last + 1)
    if before is not None and before.width == matrix.width:
        return Fit(before, 0, 0)
    top = next((row for row in range(matrix.height) if not _is_title_row(matrix, row)), 0)
    plain = layout_without_header(matrix, top)
    return Fit(Shape(plain, (), matrix.width), top, top) if plain else None


def _is_title_row(matrix: Matrix, row: int) -> bool:
    return _is_wide(matrix, row) or len(matrix.own(row)) <= 1


def _layout(matrix: Matrix, header: Header) -> Layout | None:
    rows = range(header.last + 1, matrix.height)
    banners = [row for row in rows if _is_wide(matrix, row)]
    labels = {matrix.keys(row) for row in range(header.first, header.last + 1)}
    data = [row for row in rows if row not in banners and matrix.own(row) and matrix.keys(row) not in labels]
    named = any(_is_area_banner(matrix.own(row)[0].key) for row in banners)
    layout = layout_of(matrix, header, data, banners=named)
    return _with_items(layout, matrix, data) if layout else None


def _with_items(layout: Layout, matrix: Matrix, data: list[int]) -> Layout:
    """Where the cells list 1. … 2. … beside a title, the title is the area and each item a task."""
    listing = [row for row in data if lists_items(matrix.at(row, layout.leaf))]
    if layout.area is not None or len(layout.titles) != 1 or len(listing) * 2 < len(data):
        return layout
    return replace(layout, area=layout.titles[0], titles=(), area_serial=layout.serial, serial=None)


class GridReader:
    """Reads the rows of one grid into areas; the areas and the unit above carry over from table to table."""

    def __init__(self, work: Work, areas: list[DraftArea]) -> None:
        self.work = work
        self.areas = areas
        self._area: DraftArea | None = None
        self._above: DraftTask | None = None
        self._row_task: tuple[Cell, DraftTask] | None = None
        self._shape: Shape
        self._matrix: Matrix
        self._banner_styles: list[str] = []

    def open_area(self, name: str, number: int | None, place: Place, leads: Answerable | None = None) -> None:
        """Begin an area, or go on with the one of that name (a heading repeated after a page break)."""
        plain = _CONTINUED.sub("", name).strip()
        known = next((area for area in self.areas if _same_name(area.name, plain)), None)
        if known is None:
            known = DraftArea(plain, number)
            self.areas.append(known)
        elif known is not self._area or place:
            self._note_repeat(known, place)
        if leads:
            known.leads = leads.leads
        self._area = known

    def _note_repeat(self, area: DraftArea, place: Place) -> None:
        text = f"领域“{area.name}”重复出现，按同一领域合并"
        if not any(notice.kind == "repeated" and notice.text == text for notice in self.work.notices):
            self.work.notice("repeated", text, place)

    def read(self, grid: Grid, found: Fit) -> None:
        """Read one table: the rows above its data are its header."""
        self._shape, self._matrix = found.shape, Matrix(grid)
        self._row_task = None
        self._open_heading_above(found.header_row)
        for row in range(found.first_row):
            for cell in self._matrix.own(row):
                self.work.put(cell.lines, HEADER)
        for row in range(found.first_row, self._matrix.height):
            self._read_row(row)

    def _open_heading_above(self, header_row: int) -> None:
        """A numbered heading right above the header (one sheet with a table to each area)."""
        above = self._matrix.own(header_row - 1) if header_row else []
        numeral = leading_numeral(above[0].key) if len(above) == 1 else None
        if numeral and numeral.style in AREA_STYLES and _is_area_banner(above[0].key):
            self._read_banner(header_row - 1)

    def _read_row(self, row: int) -> None:
        own = self._matrix.own(row)
        if not own:
            self._note_empty(row)
            return
        if self._matrix.keys(row) in self._shape.header_keys:
            for cell in own:
                self.work.put(cell.lines, HEADER)
        elif _is_wide(self._matrix, row) or self._is_lone_heading(row):
            self._read_banner(row)
        else:
            self._read_data(row)

    def _note_empty(self, row: int) -> None:
        """A blank row between rows with text; merged cells may still cover it, and rows may trail a sheet."""
        covered = any(cell.key.strip() for cell in self._matrix.row(row))
        if not covered and any(self._matrix.own(below) for below in range(row + 1, self._matrix.height)):
            self.work.notice("empty_row", "此行为空，略过", self._matrix.grid.places[row])

    def _is_lone_heading(self, row: int) -> bool:
        """An unmerged row that holds nothing but a heading: 二、… alone, or 二 | 推进…公开."""
        layout, matrix = self._shape.layout, self._matrix
        filled = [column for column in range(matrix.width) if matrix.at(row, column).key.strip()]
        serials = (layout.serial, layout.area_serial)
        texts = [column for column in filled if column not in serials] or [
            column for column in filled if serial_value(matrix.at(row, column).key) is None
        ]
        if len(texts) != 1 or any(matrix.at(row, column).row != row for column in filled):
            return False
        key = matrix.at(row, texts[0]).key.strip()
        if texts[0] == layout.area or _NOTE_ROW.match(key):
            return True
        if layout.area is not None or texts[0] not in (*layout.texts, layout.serial, 0):
            return False
        serial = layout.serial if layout.serial is not None else layout.area_serial
        if texts[0] == serial:
            return True
        if serial is not None and (sign := matrix.at(row, serial).key.strip()):
            return is_han_serial(sign) and not re.search(r"[。;]", key)
        numeral = leading_numeral(key)
        return numeral is not None and numeral.style in ("han", "chapter") and not key.endswith("。")

    def _read_banner(self, row: int) -> None:
        cells = self._matrix.own(row)
        key = "".join(cell.key for cell in cells).strip()
        text = "".join(cell.text for cell in cells).strip()
        lines = [line for cell in cells for line in cell.lines]
        if not _is_area_banner(key):
            self.work.put(lines, NOTE)
            return
        self.work.put(lines, AREA)
        sign = cells[0].key if len(cells) > 1 else ""
        body = cells[-1] if len(cells) > 1 else None
        name, number = _heading(body.text if body else text, body.key if body else key)
        style = numeral.style if (numeral := leading_numeral(key)) else "plain"
        if style not in self._banner_styles:
            self._banner_styles.append(style)
        if self._banner_styles.index(style) > 0 and self._area is not None:
            self.work.notice("subheading", f"小标题“{name}”并入领域“{self._area.name}”", lines[0].place)
            return
        place = self._matrix.grid.places[row]
        self.open_area(name, number if number is not None else serial_value(sign), place)

    def _read_data(self, row: int) -> None:
        layout, matrix = self._shape.layout, self._matrix
        self._read_area_cell(row)
        cell = matrix.at(row, layout.leaf)
        if self._row_task and self._row_task[0] is cell and cell.row < row:
            self._add_units(self._row_task[1], row)
        elif not any(matrix.at(row, column).key.strip() for column in layout.texts):
            self._read_row_without_task(row)
        elif self._continues_above(row):
            self._continue_task(row)
        else:
            self._read_tasks(row)
        self._note_the_rest(row)

    def _read_area_cell(self, row: int) -> None:
        layout, matrix = self._shape.layout, self._matrix
        for column in layout.groups:
            self.work.put(matrix.at(row, column).lines, AREA)
        if layout.area_serial is not None:
            self.work.put(matrix.at(row, layout.area_serial).lines, AREA)
        if layout.area is None:
            return
        cell = matrix.at(row, layout.area)
        if cell.row != row or not cell.key.strip() or cell is matrix.at(row, layout.leaf):
            return
        self.work.put(cell.lines, AREA)
        name, number = _heading(cell.text, cell.key)
        if number is None and layout.area_serial is not None:
            number = serial_value(matrix.at(row, layout.area_serial).key)
        self.open_area(name, number, cell.lines[0].place)

    def _read_tasks(self, row: int) -> None:
        layout, matrix = self._shape.layout, self._matrix
        serial = matrix.at(row, layout.serial) if layout.serial is not None else None
        parts = parts_of(
            [matrix.at(row, column) for column in layout.texts], split=not (serial and serial.key)
        )
        answerable, printed, inherited = self._leads(row)
        for part in parts:
            self.work.put(part.lines, TASK)
            task = self._task(part, serial, row)
            task.leads, task.others = answerable.leads, answerable.others
            task.leads_printed, task.lead_inherited = printed, inherited
            self._current_area().tasks.append(task)
            if inherited:
                names = "、".join(task.leads) or "（空）"
                self.work.notice("inherited", f"单位为空，沿用上行：{names}", task.place)
            self._above = task
        if serial is not None:
            self.work.put(serial.lines, TASK)
        self._row_task = (matrix.at(row, layout.leaf), self._above) if self._above else None

    def _task(self, part: Part, serial: Cell | None, row: int) -> DraftTask:
        layout, matrix = self._shape.layout, self._matrix
        number = part.number
        if number is None and serial is not None:
            number = serial_value(serial.key)
        return DraftTask(
            text=part.text,
            key=part.key,
            place=part.lines[0].place,
            number=number,
            when="；".join(matrix.at(row, c).text for c in layout.when if matrix.at(row, c).text.strip()),
            where="；".join(matrix.at(row, c).text for c in layout.where if matrix.at(row, c).text.strip()),
        )

    def _leads(self, row: int) -> tuple[Answerable, str, bool]:
        """(who answers, as printed, whether taken from the row above) for a row."""
        layout, matrix = self._shape.layout, self._matrix
        cells = list(dict.fromkeys(matrix.at(row, column) for column in layout.leads))
        filled = [cell for cell in cells if cell.key.strip()]
        for cell in filled:
            self.work.put(cell.lines, UNIT)
        area = self._current_area()
        key = "\n".join(unit_lines(cell) for cell in filled)
        if says_nobody(key):
            return Answerable(()), filled[0].text, False
        if filled and not says_same_as_above(key):
            return self._answerable(key), "；".join(cell.text for cell in filled), False
        if area.leads:
            return Answerable(area.leads), area.leads_printed, True
        if self._above is None:
            return Answerable(()), "", False
        return Answerable(self._above.leads, self._above.others), self._above.leads_printed, True

    def _answerable(self, key: str) -> Answerable:
        answerable = read_answerable(key, first_leads=self.work.first_leads)
        self.work.first_leads |= answerable.first_leads
        return answerable

    def _add_units(self, task: DraftTask, row: int) -> None:
        """A task merged over several rows, with a unit in each."""
        for column in self._shape.layout.leads:
            cell = self._matrix.at(row, column)
            if cell.row == row and cell.key.strip():
                more = self._answerable(unit_lines(cell))
                task.leads += tuple(name for name in more.leads if name not in task.leads)
                task.leads_printed += f"、{cell.text}"
                self.work.put(cell.lines, UNIT)

    def _read_row_without_task(self, row: int) -> None:
        """Units below a task (its cell went on over a page break), or an area that is its own only task."""
        layout, matrix = self._shape.layout, self._matrix
        area_cell = matrix.at(row, layout.area) if layout.area is not None else None
        units = [matrix.at(row, c) for c in layout.leads if matrix.at(row, c).key.strip()]
        if not units:
            return
        if area_cell is not None and area_cell.row == row and area_cell.key.strip():
            answerable, printed, inherited = self._leads(row)
            area = self._current_area()
            task = DraftTask(area.name, area.name, area_cell.lines[0].place, leads=answerable.leads)
            task.leads_printed, task.lead_inherited = printed, inherited
            area.tasks.append(task)
            self._above = task
            self.work.notice("area_as_task", f"领域“{area.name}”没有具体任务，领域名作任务读", task.place)
        elif self._above is not None:
            self._add_units(self._above, row)

    def _continues_above(self, row: int) -> bool:
        """A row cut by a page break: no number, no unit, and the text above stops in mid-sentence."""
        matrix, layout = self._matrix, self._shape.layout
        if self._above is None or row == 0:
            return False
        place, above = matrix.grid.places[row], self._above.place
        cell = matrix.at(row, layout.leaf)
        if place.page is None or place.page == above.page or leading_numeral(cell.key):
            return False
        serial = layout.serial is not None and matrix.at(row, layout.serial).key.strip()
        return not serial and not re.search(r"[。;!?.]$", self._above.key.strip())

    def _continue_task(self, row: int) -> None:
        task = self._above
        if task is None:
            return
        for column in self._shape.layout.texts:
            cell = self._matrix.at(row, column)
            self.work.put(cell.lines, TASK)
            task.text += cell.text
            task.key += cell.key
        for column in self._shape.layout.leads:
            cell = self._matrix.at(row, column)
            if cell.row == row and cell.key.strip():
                self.work.put(cell.lines, UNIT)
                task.leads_printed += cell.text
                task.leads = self._answerable(f"{'、'.join(task.leads)}\n{unit_lines(cell)}").leads

    def _note_the_rest(self, row: int) -> None:
        """Helpers are units; deadlines, channels and remarks are notes; the rest stays unplaced."""
        layout = self._shape.layout
        for column in layout.others:
            self.work.put(self._matrix.at(row, column).lines, UNIT)
        known = {layout.leaf, layout.area, layout.serial, *layout.titles, *layout.groups, *layout.leads}
        for column in range(self._matrix.width):
            if column not in known:
                self.work.put(self._matrix.at(row, column).lines, NOTE)

    def _current_area(self) -> DraftArea:
        if self._area is None:
            self._area = DraftArea("")
            self.areas.append(self._area)
        return self._area


def _heading(text: str, key: str) -> tuple[str, int | None]:
    """An area's name without its numeral, and the numeral's value."""
    numeral = leading_numeral(key)
    name = text[numeral.length :] if numeral else text
    return " ".join(name.split()), numeral.value if numeral else None


def _same_name(name: str, other: str) -> bool:
    return re.sub(r"\s+", "", name) == re.sub(r"\s+", "", other)


def _is_wide(matrix: Matrix, row: int) -> bool:
    """One merged cell over the whole row (a narrow serial cell beside it does not count)."""
    own = matrix.own(row)
    wide = [cell for cell in own if cell.columns > 1 and cell.columns >= matrix.width - 1]
    return len(wide) == 1 and len(own) <= 2 and len(matrix.row(row)) <= 2


def _is_area_banner(key: str) -> bool:
    plain = key.strip()
    if _NOTE_ROW.match(plain) or states_first_leads(plain):
        return False
    return len(plain) <= 60 and not re.search(r"[。;]$", plain)
