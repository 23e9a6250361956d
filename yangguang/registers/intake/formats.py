"""What the reader of workbooks does not tell: percentages, errors, formulas without a value, where days begin.

It gives 0.5 for a cell that shows 50%, and nothing for #N/A. The formats stand in the styles of the file
(ECMA-376 part 1, 18.8.30 and 18.8.10; OpenDocument 1.3 part 3, 19.387).
"""

import io
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any
from zipfile import BadZipFile, ZipFile

from yangguang.rules.plan_table import Unreadable
from yangguang.warehouse.archive import parsed

Place = tuple[int, int]
"""Row and column, counted from 0."""


class Shown(Enum):
    """What the reader of workbooks does not tell of a cell."""

    PERCENT = "percent"
    UNWORKED = "unworked"


@dataclass(frozen=True)
class Marks:
    """Of a sheet: the cells that are more than the reader tells, where a text is that of an error (#N/A), which
    it leaves out; the rows and columns that are hidden, counted from 0."""

    cells: Mapping[Place, Shown | str] = field(default_factory=dict)
    hidden_rows: Set[int] = frozenset()
    hidden_columns: Set[int] = frozenset()


PERCENT_FORMATS = {"9", "10"}
"""The built-in formats 0% and 0.00%."""
MOST_CELLS = 20_000_000
_TELLING = tuple(map(re.compile, (rb't="e"', rb'hidden="(?:1|true)"', rb"<f[ />]", rb":f[ />]")))
"""An error, something hidden, a formula. Each begins with fixed signs: so it is looked for ten times as fast."""
_FAR_COLUMN = re.compile(rb'r="[A-Z]{3}[0-9]')
_PLACE = re.compile(rb'[ \n]r="([A-Z]{1,3})([0-9]{1,7})"')
_QUOTED = re.compile(r'"[^"]*"|\\.')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Formats:
    """The formats of an .xlsx or .ods, looked up where they are wanted."""

    def __init__(self, archive: ZipFile, ending: str) -> None:
        self._archive, self._ending = archive, ending

    def marks(self, sheet: str) -> Marks:
        """What is to be known of the cells of a sheet. Raises Unreadable for one that is no whole, or too wide."""
        try:
            if self._ending == "ods":
                return self._in_document.get(sheet, Marks())
            return self._in_part(self._parts.get(sheet, ""), sheet)
        except (BadZipFile, OSError, EOFError, SyntaxError, NotImplementedError) as error:
            raise Unreadable(
                f"工作表“{sheet}”不完整；请在 Office 中打开后重新另存为 .{self._ending}"
            ) from error

    @cached_property
    def base_1904(self) -> bool:
        """Whether days are counted from 1904, as old Macs do."""
        found = None if self._ending == "ods" else self._root("xl/workbook.xml")
        pr = None if found is None else found.find("{*}workbookPr")
        return pr is not None and pr.get("date1904") in ("1", "true")

    def _root(self, part: str) -> Any:
        return parsed(self._archive, part, self._ending)

    @cached_property
    def _percent_styles(self) -> frozenset[str]:
        """The numbers of the styles that show percentages."""
        root = self._root("xl/styles.xml")
        if root is None:
            return frozenset()
        own = {
            one.get("numFmtId")
            for one in root.iterfind("{*}numFmts/{*}numFmt")
            if "%" in _QUOTED.sub("", one.get("formatCode", ""))
        }
        return frozenset(
            str(number)
            for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))
            if style.get("numFmtId") in PERCENT_FORMATS | own
        )

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """The part of the archive that holds each sheet."""
        book, relations = self._root("xl/workbook.xml"), self._root("xl/_rels/workbook.xml.rels")
        if book is None or relations is None:
            return {}
        targets = {one.get("Id"): one.get("Target", "").removeprefix("/xl/") for one in relations}
        found = {}
        for one in book.iterfind("{*}sheets/{*}sheet"):
            key = next((value for name, value in one.attrib.items() if name.endswith("}id")), "")
            found[one.get("name")] = f"xl/{targets.get(key, '')}"
        return found

    def _in_part(self, part: str, sheet: str) -> Marks:
        if part not in self._archive.namelist():
            return Marks()
        content = self._archive.read(part)
        _require_size(content, sheet)
        if not (self._percent_styles or any(one.search(content) for one in _TELLING)):
            return Marks()
        cells: dict[Place, Shown | str] = {}
        rows: set[int] = set()
        columns: set[int] = set()
        row, column = 0, -1
        for element in _elements(content, "{*}col", "{*}row", "{*}c"):
            kind = element.tag.rpartition("}")[2]
            hidden = element.get("hidden") in ("1", "true")
            if kind == "col":
                columns.update(range(int(element.get("min")) - 1, int(element.get("max"))) if hidden else ())
            elif kind == "row":
                number = int(element.get("r", row + 1)) - 1
                rows.update([number] if hidden else ())
                row, column = number + 1, -1
            else:
                place = _REFERENCE.fullmatch(element.get("r", ""))
                column = _column(place[1]) if place else column + 1
                if mark := self._mark(element):
                    cells[int(place[2]) - 1 if place else row, column] = mark
        return Marks(cells, frozenset(rows), frozenset(columns))

    def _mark(self, cell: Any) -> Shown | str | None:
        value = cell.findtext("{*}v")
        if cell.get("t") == "e":
            return value or "#VALUE!"
        if cell.find("{*}f") is not None and not value and cell.get("t") != "str":
            return Shown.UNWORKED
        return Shown.PERCENT if cell.get("s") in self._percent_styles else None

    @cached_property
    def _in_document(self) -> Mapping[str, Marks]:
        """Of each sheet of an .ods (OpenDocument 1.3 part 3, 9.1 and 19.749)."""
        found: dict[str, Marks] = {}
        cells: dict[Place, Shown | str] = {}
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        row, column, rows, columns = -1, -1, 1, 0
        tags = ("table", "table-column", "table-row", "table-cell", "covered-table-cell")
        content = self._archive.read("content.xml")
        for element in _elements(content, *(f"{{*}}{tag}" for tag in tags), event="start"):
            kind = element.tag.rpartition("}")[2]
            is_hidden = _attribute(element, "visibility") in ("collapse", "filter")
            if kind == "table":
                cells, hidden_rows, hidden_columns = {}, set(), set()
                found[_attribute(element, "name")] = Marks(cells, hidden_rows, hidden_columns)
                row, rows, columns = -1, 1, 0
            elif kind == "table-column":
                times = int(_attribute(element, "number-columns-repeated") or 1)
                hidden_columns.update(place for _, place in _block(0, columns, 1, times if is_hidden else 0))
                columns += times
            elif kind == "table-row":
                row, column = row + rows, -1
                rows = int(_attribute(element, "number-rows-repeated") or 1)
                hidden_rows.update(number for number, _ in _block(row, 0, rows if is_hidden else 0, 1))
            else:
                times = int(_attribute(element, "number-columns-repeated") or 1)
                if _attribute(element, "value-type") == "percentage":
                    cells.update(dict.fromkeys(_block(row, column + 1, rows, times), Shown.PERCENT))
                column += times
        return found


def _require_size(content: bytes, sheet: str) -> None:
    """Raise Unreadable where the cells lie so far apart that the table between them has no room."""
    if not _FAR_COLUMN.search(content):
        return
    row, column = 0, 0
    for found in _PLACE.finditer(content):
        row, column = max(row, int(found[2])), max(column, _column(found[1].decode()) + 1)
    if row * column > MOST_CELLS:
        raise Unreadable(
            f"工作表“{sheet}”有 {row} 行、{column} 列，绝大多数是空的；请删去数据以外的行和列后重新保存"
        )


def _block(row: int, column: int, rows: int, columns: int) -> Iterator[Place]:
    """The places of a cell that is repeated. Raises Unreadable where that is absurd."""
    if rows * columns > MOST_CELLS:
        raise Unreadable("一个单元格重复得太多；请删去数据以外的行和列后重新保存")
    return ((row + down, column + right) for down in range(rows) for right in range(columns))


def _elements(content: bytes, *tags: str, event: str = "end") -> Iterator[Any]:
    """The elements of these names, as they begin or end; what was passed is forgotten."""
    from lxml import etree

    for _, element in etree.iterparse(io.BytesIO(content), events=(event,), tag=tags, resolve_entities=False):
        yield element
        while (before := element.getprevious()) is not None:
            element.getparent().remove(before)


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _column(label: str) -> int:
    """A → 0, AA → 26."""
    place = 0
    for sign in label:
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1
