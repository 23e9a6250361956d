"""How a workbook shows its numbers: which cells as percentages, and where its dates begin.

The reader of workbooks gives 0.5 for a cell that shows 50%. The formats stand in the styles of the file
(ECMA-376 part 1, 18.8.30 and 18.8.10; OpenDocument 1.3 part 3, 19.387).
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from yangguang.rules.plan_table import Unreadable
from yangguang.warehouse.archive import parsed

Place = tuple[int, int]
"""Row and column, counted from 0."""
NOWHERE: frozenset[Place] = frozenset()
PERCENT_FORMATS = {"9", "10"}
"""The built-in formats 0% and 0.00%."""
MOST_REPEATED = 20_000
_QUOTED = re.compile(r'"[^"]*"|\\.')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Formats:
    """The formats of an .xlsx or .ods, looked up where they are wanted."""

    def __init__(self, archive: ZipFile, ending: str) -> None:
        self._archive, self._ending = archive, ending

    def percents(self, sheet: str) -> frozenset[Place]:
        """The cells of a sheet that are shown as percentages. Raises Unreadable."""
        try:
            if self._ending == "ods":
                return self._in_document.get(sheet, NOWHERE)
            return self._in_part(self._parts.get(sheet, "")) if self._percent_styles else NOWHERE
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

    def _in_part(self, part: str) -> frozenset[Place]:
        if part not in self._archive.namelist():
            return NOWHERE
        found, row, column = set(), -1, -1
        with self._archive.open(part) as source:
            for element in _elements(source, "{*}row", "{*}c"):
                if element.tag.endswith("}row"):
                    row, column = int(element.get("r", row + 2)) - 1, -1
                    continue
                place = _REFERENCE.fullmatch(element.get("r", ""))
                column = _column(place[1]) if place else column + 1
                if element.get("s") in self._percent_styles:
                    found.add((int(place[2]) - 1 if place else row, column))
        return frozenset(found)

    @cached_property
    def _in_document(self) -> Mapping[str, frozenset[Place]]:
        found: dict[str, set[Place]] = {}
        sheet, row, column, rows = "", -1, -1, 1
        with self._archive.open("content.xml") as source:
            for element in _elements(
                source, "{*}table", "{*}table-row", "{*}table-cell", "{*}covered-table-cell"
            ):
                kind = element.tag.rpartition("}")[2]
                if kind == "table":
                    sheet, row, rows = _attribute(element, "name"), -1, 1
                elif kind == "table-row":
                    row, column = row + rows, -1
                    rows = int(_attribute(element, "number-rows-repeated") or 1)
                else:
                    times = int(_attribute(element, "number-columns-repeated") or 1)
                    if _attribute(element, "value-type") == "percentage":
                        found.setdefault(sheet, set()).update(
                            (row + down, column + 1 + right)
                            for down in range(min(rows, MOST_REPEATED))
                            for right in range(min(times, MOST_REPEATED // rows + 1))
                        )
                    column += times
        return {sheet: frozenset(places) for sheet, places in found.items()}


def _elements(source: IO[bytes], *tags: str) -> Iterator[Any]:
    """The elements of these names as they begin; what was passed is forgotten."""
    from lxml import etree

    for _, element in etree.iterparse(source, events=("start",), tag=tags, resolve_entities=False):
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
