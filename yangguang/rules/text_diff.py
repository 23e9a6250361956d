"""Two texts side by side: paragraphs aligned, then the characters that differ within each pair.

Paragraphs stand between empty lines; every line of a table (lines with tabs) is a row of its own and is
compared cell by cell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

# Below this share of common character pairs two paragraphs are different ones, not one changed.
ALIKE = 0.4
# Two texts further apart than this many single steps are not worth the search: all of it is shown as changed.
MOST_STEPS = 1000
# Wider gaps are aligned by their order alone.
MOST_PAIRS = 40_000

_SIGNS = re.compile(r"[+\-]?\d[\d.,]*%?|[A-Za-z]+|.", re.DOTALL)

Kind = Literal["same", "changed", "gone", "new"]


class Mark(NamedTuple):
    """A run of characters that both sides have (same), or only the older (gone) or the newer (new)."""

    kind: Kind
    text: str


Cells = tuple[tuple[Mark, ...], ...]


class Pair(NamedTuple):
    """What stands on both sides of one line of the comparison. A paragraph has one cell; absent: none."""

    kind: Kind
    old: Cells
    new: Cells
    is_row: bool


def compare(old: str, new: str) -> tuple[Pair, ...]:
    """The two texts aligned, in reading order. Joined again, each side's marks give that side's text."""
    before, after = pieces(old), pieces(new)
    steps = _script(before, after)
    return tuple(_pairs(before, after, steps))


def differs(pairs: Iterable[Pair]) -> bool:
    return any(pair.kind != "same" for pair in pairs)


def pieces(text: str) -> list[str]:
    """Paragraphs, and the rows of tables, in order; line ends and outer spaces do not count."""
    found: list[str] = []
    for block in re.split(r"\n[ \t　]*\n+", text.replace("\r\n", "\n").strip("\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        table = len(lines) > 1 and all("\t" in line for line in lines)
        found.extend(lines if table else ["\n".join(lines)])
    return [piece for piece in found if piece]


class _Step(NamedTuple):
    """A stretch of both sides: equal, or standing against each other (either may be empty)."""

    equal: bool
    old: slice
    new: slice


def _pairs(before: list[str], after: list[str], steps: Iterable[_Step]) -> Iterator[Pair]:
    for step in steps:
        if step.equal:
            for piece in before[step.old]:
                cells = tuple((Mark("same", cell),) for cell in piece.split("\t"))
                yield Pair("same", cells, cells, "\t" in piece)
            continue
        yield from _gap(before[step.old], after[step.new])


def _gap(before: list[str], after: list[str]) -> Iterator[Pair]:
    """Pieces that no longer stand as they did: like beside like, the rest alone."""
    i = j = 0
    for row, column in [*_likes(before, after), (len(before), len(after))]:
        yield from (_alone("gone", piece) for piece in before[i:row])
        yield from (_alone("new", piece) for piece in after[j:column])
        if row < len(before):
            yield _changed(before[row], after[column])
        i, j = row + 1, column + 1


def _alone(kind: Kind, piece: str) -> Pair:
    cells = tuple((Mark(kind, cell),) for cell in piece.split("\t"))
    return Pair(kind, cells if kind == "gone" else (), cells if kind == "new" else (), "\t" in piece)


def _changed(old: str, new: str) -> Pair:
    before, after = old.split("\t"), new.split("\t")
    if len(before) != len(after):
        before, after = [old], [new]
    marked = [_characters(one, other) for one, other in zip(before, after, strict=True)]
    return Pair(
        "changed",
        tuple(tuple(mark for mark in marks if mark.kind != "new") for marks in marked),
        tuple(tuple(mark for mark in marks if mark.kind != "gone") for marks in marked),
        "\t" in old and len(before) > 1,
    )


def _characters(old: str, new: str) -> list[Mark]:
    """Marks by character, but numbers and Latin words as wholes: 10日 did not become 18日 by one digit."""
    before, after = _SIGNS.findall(old), _SIGNS.findall(new)
    marks: list[Mark] = []
    for step in _script(before, after):
        gone, came = "".join(before[step.old]), "".join(after[step.new])
        if step.equal:
            marks.append(Mark("same", gone))
            continue
        marks += [Mark("gone", gone)] if gone else []
        marks += [Mark("new", came)] if came else []
    return marks


def _likes(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Which pieces of a gap belong together: the pairing in order with the greatest sum of likeness."""
    if not before or not after:
        return []
    if len(before) * len(after) > MOST_PAIRS:
        return [
            (place, place)
            for place in range(min(len(before), len(after)))
            if likeness(before[place], after[place]) >= ALIKE
        ]
    alike = [[likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def likeness(one: str, other: str) -> float:
    """The share of character pairs that two texts have in common, 0 to 1 (Dice)."""
    if one == other:
        return 1.0
    first, second = (Counter(pairwise(f"^{text}$")) for text in (one, other))
    return 2 * (first & second).total() / (first.total() + second.total())


def _script(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """The shortest way from one sequence to the other (E. Myers, 1986), as stretches in order."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    matches = [(place, place) for place in range(head)]
    middle = _matches(old[head : len(old) - tail], new[head : len(new) - tail])
    matches += [(head + i, head + j) for i, j in middle]
    matches += [(len(old) - tail + place, len(new) - tail + place) for place in range(tail)]
    return list(_stretches(matches, len(old), len(new)))


def _stretches(matches: list[tuple[int, int]], old: int, new: int) -> Iterator[_Step]:
    i = j = place = 0
    while place < len(matches):
        row, column = matches[place]
        if row > i or column > j:
            yield _Step(False, slice(i, row), slice(j, column))
        end = place
        while end < len(matches) and matches[end] == (row + end - place, column + end - place):
            end += 1
        i, j = row + end - place, column + end - place
        yield _Step(True, slice(row, i), slice(column, j))
        place = end
    if i < old or j < new:
        yield _Step(False, slice(i, old), slice(j, new))


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The places that a longest common subsequence joins; none where the search would be too long."""
    if not old or not new:
        return []
    furthest = {1: 0}
    history: list[dict[int, int]] = []
    for steps in range(min(len(old) + len(new), MOST_STEPS) + 1):
        history.append(dict(furthest))
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (
                diagonal != steps and furthest[diagonal - 1] < furthest[diagonal + 1]
            )
            i = furthest[diagonal + 1] if down else furthest[diagonal - 1] + 1
            while i < len(old) and 0 <= i - diagonal < len(new) and old[i] == new[i - diagonal]:
                i += 1
            furthest[diagonal] = i
            if i >= len(old) and i - diagonal >= len(new):
                return _walk_back(history, len(old), len(new))
    return []


def _walk_back(history: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    matches: list[tuple[int, int]] = []
    for steps in range(len(history) - 1, -1, -1):
        furthest, diagonal = history[steps], i - j
        down = diagonal == -steps or (diagonal != steps and furthest[diagonal - 1] < furthest[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        row = furthest[before]
        first = row if down else row + 1
        matches.extend((place, place - diagonal) for place in range(i - 1, first - 1, -1))
        i, j = row, row - before
    return matches[::-1]
