"""From lines found on a page image to text in reading order: columns, tables, paragraphs. Pixels only."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from yangguang.rules.official_text.tables import Cell, write_table

_PAGE_NUMBER = re.compile(r"[—–\-·.\s]*\d{1,4}[—–\-·.\s]*")
_LATIN_END, _LATIN_START = re.compile(r"[A-Za-z0-9,.;:]$"), re.compile(r"^[A-Za-z]")
_ENUMERATION = re.compile(
    r"(第[一二三四五六七八九十百]{1,4}[章节条]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
)


@dataclass(frozen=True)
class Box:
    """Edges in pixels of the page image, from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the other's middle lies inside."""
        x, y = other.middle
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class ReadLine:
    """A line as it was read: `confidence` 0–1; `doubtful` are the (from, to) of characters read with doubt."""

    text: str
    box: Box
    confidence: float
    doubtful: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class RuledCell:
    """A cell of a ruled table: its box, row, column, and how many of them it covers."""

    box: Box
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class RuledTable:
    box: Box
    cells: tuple[RuledCell, ...]


def arrange(
    lines: Sequence[ReadLine], tables: Sequence[RuledTable], height: int
) -> tuple[tuple[ReadLine, ...], str]:
    """The lines in reading order, and the page's text as official text (tables as lines with tabs).

    `height` is the page's, in pixels: a lone number at its foot is a page number and is left out of the text.
    """
    inside = {
        index: table for table in tables for index, line in enumerate(lines) if table.box.holds(line.box)
    }
    free = [line for index, line in enumerate(lines) if index not in inside]
    ordered: list[ReadLine] = []
    texts: list[str] = []
    # A table is one full-width thing among the free lines: what stands above it is read before it.
    edges = sorted({table.box.top: table for table in tables}.items())
    above = float("-inf")
    for top, table in edges:
        band = [line for line in free if above <= line.box.middle[1] < top]
        _read_columns(band, height, ordered, texts)
        held = [lines[index] for index, holder in inside.items() if holder is table]
        text, read = table_text(table, held)
        if text:
            texts.append(text)
        ordered.extend(read)
        above = top
    _read_columns([line for line in free if line.box.middle[1] >= above], height, ordered, texts)
    return tuple(ordered), "\n\n".join(texts)


def _read_columns(band: Sequence[ReadLine], height: int, ordered: list[ReadLine], texts: list[str]) -> None:
    for column in columns(band):
        rows = in_rows(column)
        ordered.extend(line for row in rows for line in row)
        texts.extend(paragraphs(rows, height))


def columns(lines: Sequence[ReadLine]) -> list[list[ReadLine]]:
    """Cut lines into columns in reading order; lines across a gutter end the columns above them."""
    cut = _gutter(lines)
    if cut is None:
        return [list(lines)] if lines else []
    found: list[list[ReadLine]] = []
    run: list[ReadLine] = []
    across: list[ReadLine] = []
    for line in sorted(lines, key=lambda one: one.box.top):
        if line.box.left < cut < line.box.right:
            found += _columns_of_run(run, cut)
            run = []
            across.append(line)
        else:
            if across:
                found.append(across)
                across = []
            run.append(line)
    found += _columns_of_run(run, cut)
    if across:
        found.append(across)
    return found


def _columns_of_run(run: list[ReadLine], cut: float) -> list[list[ReadLine]]:
    left = [line for line in run if line.box.right <= cut]
    right = [line for line in run if line.box.left >= cut]
    if not _both_are_columns(left, right):
        return [run] if run else []
    return columns(left) + columns(right)


def _gutter(lines: Sequence[ReadLine]) -> float | None:
    """The x of the gap that parts the lines into two columns, with the fewest lines across it; or None."""
    if len(lines) < 6:
        return None
    left, right = min(one.box.left for one in lines), max(one.box.right for one in lines)
    best: tuple[int, float, float] | None = None
    for step in range(20, 81):
        x = left + (right - left) * step / 100
        before = [one for one in lines if one.box.right <= x]
        after = [one for one in lines if one.box.left >= x]
        if not _both_are_columns(before, after):
            continue
        crossing = len(lines) - len(before) - len(after)
        ranked = (crossing, abs(step - 50), x)
        if crossing <= len(lines) // 3 and (best is None or ranked < best):
            best = ranked
    return best[2] if best else None


def _both_are_columns(left: Sequence[ReadLine], right: Sequence[ReadLine]) -> bool:
    """Columns hold several lines of running text side by side; page numbers or figures at an edge do not."""
    if len(left) < 3 or len(right) < 3:
        return False
    size = median(one.box.height for one in (*left, *right))
    if any(median(one.box.width for one in side) < 7 * size for side in (left, right)):
        return False
    gap = min(one.box.left for one in right) - max(one.box.right for one in left)
    overlap = min(max(o.box.bottom for o in left), max(o.box.bottom for o in right)) - max(
        min(o.box.top for o in left), min(o.box.top for o in right)
    )
    return gap >= 0.6 * size and overlap >= 3 * size


def in_rows(lines: Sequence[ReadLine]) -> list[list[ReadLine]]:
    """Lines that stand at one height, from top to bottom, each row from left to right."""
    rows: list[list[ReadLine]] = []
    for line in sorted(lines, key=lambda one: one.box.middle[1]):
        row = rows[-1] if rows else None
        if row and abs(row[-1].box.middle[1] - line.box.middle[1]) < 0.5 * min(
            row[-1].box.height, line.box.height
        ):
            row.append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.box.left) for row in rows]


def paragraphs(rows: Sequence[Sequence[ReadLine]], height: int) -> list[str]:
    """Join rows of one column into paragraphs: an indent, a short line before, or a gap begins a new one."""
    rows = [row for row in rows if not _is_page_number(row, height)]
    if not rows:
        return []
    size = median(line.box.height for row in rows for line in row)
    left = min(row[0].box.left for row in rows)
    right = max(row[-1].box.right for row in rows)
    steps = [_middle(below) - _middle(row) for row, below in itertools.pairwise(rows)]
    step = median(steps) if steps else size * 2
    found: list[str] = []
    for number, row in enumerate(rows):
        text = _joined([line.text for line in row])
        before = rows[number - 1] if number else None
        begins = (
            before is None
            or row[0].box.left - left > 1.2 * size
            or right - before[-1].box.right > 1.8 * size
            or _middle(row) - _middle(before) > 1.6 * step
            or bool(_ENUMERATION.match(text) and before[0].box.left - left > 1.2 * size)
        )
        # A centred title over two lines stays together.
        if before is not None and begins and _continues_title(before, row, left, right, size, step):
            begins = False
        if begins:
            found.append(text)
        else:
            found[-1] = _joined([found[-1], text])
    return found


def _continues_title(
    before: Sequence[ReadLine], row: Sequence[ReadLine], left: float, right: float, size: float, step: float
) -> bool:
    """Whether two rows are the lines of one centred title: larger letters, both in the middle."""
    if len(before) != 1 or len(row) != 1:
        return False
    large = all(one[0].box.height > 1.25 * size for one in (before, row))
    centre = (left + right) / 2
    middle = all(abs(one[0].box.middle[0] - centre) < 1.5 * size for one in (before, row))
    return large and middle and _middle(row) - _middle(before) < 2 * step


def _middle(row: Sequence[ReadLine]) -> float:
    return sum(line.box.middle[1] for line in row) / len(row)


def _is_page_number(row: Sequence[ReadLine], height: int) -> bool:
    text = "".join(line.text for line in row)
    return row[0].box.top > 0.88 * height and bool(_PAGE_NUMBER.fullmatch(text))


def _joined(texts: Sequence[str]) -> str:
    """Texts one after another; a space only between Latin words."""
    whole = ""
    for text in texts:
        spaced = _LATIN_END.search(whole) and _LATIN_START.match(text)
        whole += f" {text}" if spaced else text
    return whole


def table_text(table: RuledTable, lines: Sequence[ReadLine]) -> tuple[str, list[ReadLine]]:
    """A ruled table as lines with tabs, and its lines in reading order: cell by cell, row by row."""
    rows: dict[int, list[Cell]] = {cell.row: [] for cell in table.cells}
    read: list[ReadLine] = []
    left = list(lines)
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        held = [line for line in left if cell.box.holds(line.box)]
        left = [line for line in left if line not in held]
        ordered = [line for row in in_rows(held) for line in row]
        read += ordered
        text = _joined([line.text for line in ordered])
        rows[cell.row].append(Cell(text, cell.rows, cell.columns))
    read += left
    text = write_table([rows[number] for number in sorted(rows)])
    if not text.replace("\t", "").strip():
        return _joined([line.text for line in left]), read
    return "\n".join([text, *(line.text for line in left)]), read


def doubtful_places(text: str, lines: Sequence[ReadLine]) -> list[tuple[int, int]]:
    """Where in a page's text stand characters that were read with doubt.

    Lines are looked up in order; one that was corrected by hand is not found any more, and not marked.
    """
    found: list[tuple[int, int]] = []
    after = 0
    for line in lines:
        at = text.find(line.text, after) if line.text else -1
        if at < 0:
            continue
        found += [(at + start, at + end) for start, end in line.doubtful]
        after = at + len(line.text)
    return found
