"""Where a sheet's heading is, what its columns are called, and what the other rows are.

Officials' tables begin with a title, lines about unit and body, and a heading of one to three rows with
merged cells; they end with totals, notes and signatures, and repeat their heading after a page break. Every
row that is not taken for data is named with its reason, so that nothing is left out in silence.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yangguang.rules.tables import units
from yangguang.rules.tables.dates import Serial
from yangguang.rules.tables.figures import Percent
from yangguang.rules.tables.grid import Grid, Merge, folded, heading_of, is_blank, text_of, texts_of

SEARCHED_ROWS = 40
MOST_LEVELS = 3
LONGEST_NAME = 30
_NUMBER = re.compile(r"[+\-－]?[0-9０-９][0-9０-９,，.．\-/:%％年月日\s]*")
_TOTAL = re.compile(
    r"(?:.{0,8}?)(?:合计|总计|小计|共计)(?:[(（].{0,12}[)）])?[:：]?|(?:全市|全区|全年)(?:合计|总计)?"
)
_NOTE = re.compile(
    r"[(（]?(?:备?注|说明|填表|制表|审核|复核|数据来源|资料来源|来源|联系|单位负责人|负责人|填报|报送|附注?|报告期"
    r"|续表|接上页|续前|第\s*[0-9一二三四五六七八九十]+\s*页)\s*[0-9一二三四五六七八九十]*\s*[:：、.．)）人日表单]?"
)
_SIGNED = re.compile(r"(?:制表|填表|审核|复核|填报|联系|负责|经办)人?\s*[：:]")
_NUMBERING = re.compile(r"[(（]?(?:[0-9]{1,2}|[甲乙丙丁戊己庚辛]|[A-Z])[)）]?(?:\s*[=＝].*)?")
_DAY_ALONE = re.compile(
    r"[0-9〇零○一二三四五六七八九]{4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月\s*[0-9一二三四五六七八九十]{1,3}\s*日"
)
_SPACE = re.compile(r"[\s\u3000▲△★☆*※◆●#]+")


class RowKind(StrEnum):
    """What a row below the heading is."""

    DATA = "data"
    BLANK = "blank"
    TOTAL = "total"
    HEADING = "heading"
    NUMBERING = "numbering"
    NOTE = "note"


WORDS = {
    RowKind.DATA: "数据",
    RowKind.BLANK: "空行",
    RowKind.TOTAL: "合计行",
    RowKind.HEADING: "重复的表头",
    RowKind.NUMBERING: "栏次",
    RowKind.NOTE: "标题、单位或说明",
}


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet; rows and columns are counted from 0.

    `names` has one name a column, "" for a column without; the levels of a heading are joined by "/".
    `title_rows` stand above it; `units` are those that a line 单位：… states.
    """

    first_row: int
    last_row: int
    names: tuple[str, ...]
    title_rows: tuple[int, ...]
    title: str
    units: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]

    def kind_of(self, row: Sequence[object]) -> RowKind:
        """What a row below the heading is, seen alone; `sort_rows` looks at its neighbours as well."""
        if all(cell is None or cell == "" for cell in row):
            return RowKind.BLANK
        texts = texts_of(row)
        filled = [text for text in texts if text]
        if not filled:
            return RowKind.BLANK
        if self._repeats(texts):
            return RowKind.HEADING
        if _TOTAL.fullmatch(_SPACE.sub("", filled[0])) and (len(filled) > 1 or len(self.names) < 3):
            return RowKind.TOTAL
        if _is_numbering(filled, len([name for name in self.names if name])):
            return RowKind.NUMBERING
        if self._is_aside(filled):
            return RowKind.NOTE
        return RowKind.DATA

    def _repeats(self, texts: list[str]) -> bool:
        own = [folded(heading_of(text)) for text in texts]
        words = {word for word in own if word}
        if len(words) < 2:
            return False
        return any(words <= {word for word in level if word} for level in self._folded_levels())

    def _folded_levels(self) -> list[list[str]]:
        return [[folded(word) for word in level] for level in self.levels]

    def _is_aside(self, filled: list[str]) -> bool:
        """A row that speaks about the table: one or two cells in a table of three and more columns."""
        named = len([name for name in self.names if name])
        if named < 3 or len(filled) > 2:
            return False
        alone = len(filled) == 1
        if alone and self.title and folded(filled[0]) == folded(self.title):
            return True
        return bool(
            units.of_note(filled[-1])
            or (_NOTE.match(filled[0]) and (alone or filled[0][-1] in "：:"))
            or all(_SIGNED.match(text) for text in filled)
        )


@dataclass(frozen=True)
class Rows:
    """The rows below a heading by what they are, counted from 0."""

    by_kind: dict[RowKind, tuple[int, ...]]

    @property
    def data(self) -> tuple[int, ...]:
        return self.by_kind.get(RowKind.DATA, ())

    @property
    def total_rows(self) -> tuple[int, ...]:
        return self.by_kind.get(RowKind.TOTAL, ())


def find_heading(
    grid: Grid, *, merges: Collection[Merge] = (), known: Collection[str] = ()
) -> Heading | None:
    """The heading of a sheet, looked for in its first rows; None where nothing looks like one.

    `known` are titles and other names of the register's columns: a row that holds them wins over all else.
    """
    top = [_filled(grid, number, merges) for number in range(min(len(grid), SEARCHED_ROWS))]
    first = _first_row(top, {folded(word) for word in known if word}, merges)
    return None if first is None else heading_at(grid, first, merges=merges)


def heading_at(grid: Grid, first: int, last: int | None = None, *, merges: Collection[Merge] = ()) -> Heading:
    """The heading that begins in a row, as a person chose it; `last` is found where it is not given."""
    width = max(map(_width, grid), default=0)
    if last is None:
        last = _last_row(grid, first, width, merges)
    levels = [_level(grid, number, width, merges, more=number < last) for number in range(first, last + 1)]
    names = tuple(_joined([level[column] for level in levels]) for column in range(width))
    above = [(number, texts_of(grid[number])) for number in range(first)]
    told = [(number, [text for text in texts if text]) for number, texts in above if any(texts)]
    lines = [text for _, texts in told for text in texts]
    stated = tuple(dict.fromkeys(unit for line in lines for unit in units.of_note(line)))
    title = next((line for line in lines if not units.of_note(line) and not _NOTE.match(line)), "")
    printed = tuple(tuple(heading_of(text) for text in texts_of(grid[n])) for n in range(first, last + 1))
    return Heading(first, last, names, tuple(number for number, _ in told), title, stated, printed)


def sort_rows(grid: Grid, heading: Heading) -> Rows:
    """Every row below the heading by what it is."""
    below = range(heading.last_row + 1, len(grid))
    others = asides(grid, heading, below)
    found: dict[RowKind, list[int]] = {}
    for number in below:
        found.setdefault(others.get(number, RowKind.DATA), []).append(number)
    return Rows({kind: tuple(numbers) for kind, numbers in found.items()})


def asides(grid: Grid, heading: Heading, suspects: Iterable[int]) -> dict[int, RowKind]:
    """What the rows are that are no data. `suspects` are those to look at, in order: all below the heading,
    or those that `suspects.pattern` leaves."""
    first = heading.last_row + 1
    looked = ((number, heading.kind_of(grid[number])) for number in suspects)
    kinds: dict[int, RowKind] = {number: kind for number, kind in looked if kind is not RowKind.DATA}
    for number in [number for number, kind in kinds.items() if kind is RowKind.NUMBERING]:
        if not _may_number(grid, number, first, kinds):
            del kinds[number]
    _take_off_foot(grid, first, kinds)
    return kinds


def _may_number(grid: Grid, row: int, first: int, kinds: Mapping[int, RowKind]) -> bool:
    """Whether signs in a row can count the columns: right below a heading, and the next row does not count on.

    Else they are figures that happen to follow each other. Below a repeated heading the rows go on counting
    whatever the signs are: there they are those that stood below the first one, or none.
    """
    over = next(
        (kind for n in range(row - 1, first - 1, -1) if (kind := _kind(kinds, n)) is not RowKind.BLANK),
        RowKind.HEADING,
    )
    if any(number < row and kind is RowKind.HEADING for number, kind in kinds.items()):
        same = texts_of(grid[row]) == texts_of(grid[first])
        return over is RowKind.HEADING and _kind(kinds, first) is RowKind.NUMBERING and same
    below = next((texts for n in range(row + 1, len(grid)) if (texts := texts_of(grid[n]))), [])
    counted_on = texts_of(grid[row])[0] == "1" and bool(below) and below[0] == "2"
    return over is RowKind.HEADING and not counted_on


def _kind(kinds: Mapping[int, RowKind], row: int) -> RowKind:
    return kinds.get(row, RowKind.DATA)


def _take_off_foot(grid: Grid, first: int, kinds: dict[int, RowKind]) -> None:
    """Name what stands alone at the foot of a sheet for a note: a day, and the body that signs above it."""
    place = len(grid) - 1
    while place >= first and _kind(kinds, place) in (RowKind.BLANK, RowKind.NOTE):
        place -= 1
    if place <= first or _kind(kinds, place) is not RowKind.DATA:
        return
    if not _DAY_ALONE.fullmatch(_alone(grid[place])):
        return
    kinds[place] = RowKind.NOTE
    if _kind(kinds, place - 1) is RowKind.DATA and _alone(grid[place - 1]):
        kinds[place - 1] = RowKind.NOTE


def _alone(row: Sequence[object]) -> str:
    """The text that stands alone in a row, not in its first column; "" where others do too."""
    texts = texts_of(row)
    return texts[-1] if len(texts) > 1 and not any(texts[:-1]) else ""


def _width(row: Sequence[object]) -> int:
    """How many cells a row has, blank ones at its end left out."""
    width = len(row)
    while width and is_blank(row[width - 1]):
        width -= 1
    return width


def _filled(grid: Grid, row: int, merges: Collection[Merge]) -> list[str]:
    """The texts of a row, each merged block counted once, at its first cell."""
    texts = texts_of(grid[row])
    for merge in merges:
        if merge.first_row < row <= merge.last_row:
            for column in range(merge.first_column, min(merge.last_column + 1, len(texts))):
                texts[column] = ""
    return texts


def _first_row(top: list[list[str]], known: set[str], merges: Collection[Merge]) -> int | None:
    scores = [_score(texts, known) for texts in top]
    best = max(scores, default=0.0)
    if best <= 0:
        return None
    row = scores.index(best)
    # The names known to the register may stand in the second level: its first level is the row above.
    while row > 0 and _spans(row - 1, merges) and scores[row - 1] > 0:
        row -= 1
    return row


def _spans(row: int, merges: Collection[Merge]) -> bool:
    """Whether something of this row reaches into the next one, or across some but not all columns."""
    return any(merge.first_row <= row < merge.last_row for merge in merges)


def _score(texts: list[str], known: set[str]) -> float:
    """How much a row looks like a heading; 0 for one that cannot be."""
    filled = [text for text in texts if text]
    names = [heading_of(text) for text in filled]
    hits = sum(1 for name in names if folded(name) in known or folded(units.without_unit(name)) in known)
    if not filled or any(units.of_note(text) for text in filled) or (len(filled) == 1 and not hits):
        return 0.0
    if any(_is_data(text) or len(text) > LONGEST_NAME for text in filled):
        return float(hits) if hits * 2 > len(filled) else 0.0
    if _NOTE.match(filled[0]) and len(filled) <= 2 and not hits:
        return 0.0
    distinct = len(set(names)) / len(names)
    return hits * 10 + distinct + len(filled) / (max(len(texts), 1) * 10)


def _is_data(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and not re.fullmatch(r"(?:19|20)[0-9]{2}年?", text)


def _last_row(grid: Grid, first: int, width: int, merges: Collection[Merge]) -> int:
    """The last row of a heading: as far as its merged cells reach, or as names go on filling its gaps."""
    last = max(
        [
            first,
            *(merge.last_row for merge in merges if merge.first_row == first and merge.last_column < width),
        ]
    )
    while last + 1 < len(grid) and last - first + 1 < MOST_LEVELS:
        if not _goes_on(grid, last, merges):
            break
        last += 1
    return min(last, first + MOST_LEVELS - 1, len(grid) - 1)


def _goes_on(grid: Grid, row: int, merges: Collection[Merge]) -> bool:
    """Whether the next row names the parts of names in this one."""
    raw = [cell for cell in grid[row + 1] if text_of(cell)]
    if any(isinstance(cell, (bool, int, float, dt.date, Serial, Percent)) for cell in raw):
        return False
    own, below = texts_of(grid[row]), texts_of(grid[row + 1])
    if not any(below) or any(_is_data(text) or len(text) > LONGEST_NAME for text in below if text):
        return False
    across = [m for m in merges if m.first_row <= row <= m.last_row and m.last_column > m.first_column]
    if merges:
        parted = [m for m in across if m.last_row == row]
        return bool(parted) and all(
            any(column < len(below) and below[column] for column in range(m.first_column, m.last_column + 1))
            for m in parted
        )
    gaps = [column for column in range(max(len(own), len(below))) if column >= len(own) or not own[column]]
    under = [column for column in gaps if column < len(below) and below[column]]
    # A blank cell to the right of a name, and under that name another one.
    led = [column for column in under if column > 0 and column - 1 < len(below) and below[column - 1]]
    free = [column for column, text in enumerate(own) if text and (column >= len(below) or not below[column])]
    return (
        bool(led) and len(under) == len(gaps) and (bool(free) or len(below) == 2 * len([t for t in own if t]))
    )


def _level(grid: Grid, row: int, width: int, merges: Collection[Merge], *, more: bool) -> list[str]:
    """The words of one heading row for each column; a name that spans columns stands in each of them."""
    names = [heading_of(cell) for cell in grid[row][:width]]
    names += [""] * (width - len(names))
    for merge in merges:
        if merge.first_row <= row <= merge.last_row:
            word = heading_of(grid[merge.first_row][merge.first_column]) if merge.first_column < width else ""
            for column in range(merge.first_column, min(merge.last_column + 1, width)):
                names[column] = word
    if more and not merges:
        below = [*texts_of(grid[row + 1]), *[""] * width]
        for column in range(1, width):
            if not names[column] and below[column] and below[column - 1]:
                names[column] = names[column - 1]
    return names


def _joined(parts: Sequence[str]) -> str:
    """The levels of one column's heading as one name, what repeats itself said once."""
    told: list[str] = []
    for part in parts:
        if part and part not in told:
            told.append(part)
    return "/".join(told)


def _is_numbering(filled: list[str], named: int) -> bool:
    """Whether a row counts the columns (甲 乙 1 2 3): signs that follow each other, a sign for almost each."""
    if len(filled) < max(3, named - 1) or not all(_NUMBERING.fullmatch(text) for text in filled):
        return False
    figures = [int(found[0]) for text in filled if (found := re.search("[0-9]+", text))]
    return figures == list(range(1, len(figures) + 1)) or figures == list(range(2, len(figures) + 2))
