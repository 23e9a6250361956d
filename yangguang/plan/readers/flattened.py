"""Tables in text files.

Three forms are read: one cell to a line, each line opened by a tab and rows parted by a blank line
(what copying a table out of a web page gives); one row to a line with tabs between the cells; one row
to a line with bars (| a | b |).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from yangguang.plan.readers.raw import RawCell, RawGrid, RawLine
from yangguang.rules.plan_table.numerals import leading_numeral
from yangguang.rules.plan_table.source import Place, key_of
from yangguang.rules.unit_names import is_unit, split_units

_BAR_RULE = re.compile(r"^[\s|:+=-]+$")


def grids_in(lines: Sequence[RawLine]) -> list[list[RawLine] | RawGrid]:
    """Split a text into runs of lines and grids, in order."""
    parts: list[list[RawLine] | RawGrid] = []
    start = 0
    for first, last in _table_spans(lines):
        parts.append(list(lines[start:first]))
        parts.append(_grid(lines[first:last]))
        start = last
    parts.append(list(lines[start:]))
    return parts


def _table_spans(lines: Sequence[RawLine]) -> list[tuple[int, int]]:
    """(first, after last) of each run of table lines; blank lines inside a run do not end it."""
    spans: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        if not _is_table_line(line.text):
            continue
        if spans and _joins(lines, spans[-1][1], place):
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    spans = [(first, _after_last_cell(lines, last)) for first, last in spans]
    return [span for span in spans if sum(_is_table_line(line.text) for line in lines[slice(*span)]) >= 2]


def _joins(lines: Sequence[RawLine], last: int, place: int) -> bool:
    """Whether the table that ended before `last` goes on at `place`."""
    between = lines[last:place]
    return all(_blank(line) for line in between) or (len(between) <= 12 and _in_cell(lines, last, place))


def _after_last_cell(lines: Sequence[RawLine], last: int) -> int:
    """Units on untabbed lines right below the last cell still belong to it."""
    while last < len(lines) and "\t" in lines[last - 1].text[:1] and not _blank(lines[last]):
        if not all(is_unit(name) for name in split_units(_key(lines[last]))):
            break
        last += 1
    return last


def _key(line: RawLine) -> str:
    return key_of(line.text.strip(), lambda text: text)


def _in_cell(lines: Sequence[RawLine], first: int, last: int) -> bool:
    """Untabbed lines right below a cell's line go on in that cell."""
    cells = lines[first - 1].text.startswith("\t") and "\t" not in lines[first - 1].text.strip()
    return cells and not any(_blank(line) for line in lines[first:last])


def _blank(line: RawLine) -> bool:
    return not line.text.strip()


def _is_table_line(text: str) -> bool:
    return "\t" in text.rstrip("\r\n") or text.count("|") + text.count("｜") >= 2


def _grid(lines: Sequence[RawLine]) -> RawGrid:
    if any("\t" in line.text.strip() for line in lines):
        return _from_rows([_split(line, "\t") for line in lines if not _blank(line)])
    if any("|" in line.text or "｜" in line.text for line in lines) and not any(
        "\t" in line.text for line in lines
    ):
        barred = [line for line in lines if not _blank(line) and not _BAR_RULE.match(line.text)]
        rules = [line for line in lines if not _blank(line) and _BAR_RULE.match(line.text)]
        grid = _from_rows([_split_bars(line) for line in barred])
        if rules and grid.cells:
            grid.cells[0].lines.extend(rules)
        return grid
    return _from_cells(lines)


def _split(line: RawLine, mark: str) -> list[list[RawLine]]:
    return [[RawLine(cell, line.place)] for cell in line.text.rstrip("\r\n").split(mark)]


def _split_bars(line: RawLine) -> list[list[RawLine]]:
    return [
        [RawLine(cell, line.place)] for cell in line.text.replace("｜", "|").strip().strip("|").split("|")
    ]


def _from_rows(rows: list[list[list[RawLine]]]) -> RawGrid:
    width = max((len(row) for row in rows), default=0)
    # A tab that opens every line makes a first column with nothing in it.
    while width > 1 and not any(row[0][0].text.strip() for row in rows if row):
        rows = [row[1:] for row in rows]
        width -= 1
    cells = [
        RawCell(number, column, [line for line in cell if line.text.strip()])
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    places = [row[0][0].place if row else Place() for row in rows]
    return RawGrid(cells, places, max(width, 1))


def _from_cells(lines: Sequence[RawLine]) -> RawGrid:
    """One cell to a line; a blank line ends the row."""
    groups: list[list[list[RawLine]]] = [[]]
    for line in lines:
        if line.text.startswith("\t"):
            groups[-1].append([RawLine(line.text[1:], line.place)])
        elif _blank(line):
            if groups[-1]:
                groups.append([])
        elif groups[-1]:
            groups[-1][-1].append(line)
    groups = [group for group in groups if group]
    width = _width(groups)
    rows = [row for group in groups for row in _rows_of(group, width)]
    return _from_rows([row for row in rows if row])


def _width(groups: list[list[list[RawLine]]]) -> int:
    """The header's number of cells, unless most rows have another."""
    counts = Counter(len(group) for group in groups)
    common, times = counts.most_common(1)[0]
    header = len(groups[0])
    return header if header > 1 and (counts[header] > 1 or times == 1) else common


def _rows_of(group: list[list[RawLine]], width: int) -> list[list[list[RawLine]]]:
    if len(group) == width:
        return [group]
    if len(group) > width and len(group) % width == 0:
        return [group[start : start + width] for start in range(0, len(group), width)]
    return [_fit(group, width)]


def _fit(group: list[list[RawLine]], width: int) -> list[list[RawLine]]:
    """A row that lost its blank cells (an editor dropped lines with nothing but a tab)."""
    if len(group) > width:
        return group
    nothing = [RawLine("", group[0][0].place)]
    keys = ["".join(_key(line) for line in cell) for cell in group]
    last_is_units = all(is_unit(name) for name in split_units(keys[-1])) and len(keys[-1]) < 60
    numeral = leading_numeral(keys[0])
    first_is_area = numeral is not None and numeral.style in ("han", "chapter")
    missing = [nothing] * (width - len(group))
    if last_is_units and not first_is_area:
        return [*missing, *group]
    if first_is_area:
        return [*group[:-1], *missing, group[-1]] if last_is_units and len(group) > 1 else [*group, *missing]
    return [*missing[:1], *group, *missing[1:]]
