"""What changed between two tables of a register, worked out row by row.

The values of a difference, and its meaning: the engine answers the same for large tables
(`warehouse.tables.diff`), and is compared with this.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yangguang.rules.tables.outcome import Value

Key = tuple[Value, ...]


class Kind(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Counts:
    """How many rows were added, gone and changed."""

    added: int = 0
    gone: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Cell:
    """One value that changed."""

    column: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Change:
    """One row: its key, the row before (None when added), after (None when gone), the changed cells.

    A row is a mapping of the columns that both versions have.
    """

    kind: Kind
    key: Key
    before: dict[str, Value] | None
    after: dict[str, Value] | None
    cells: tuple[Cell, ...] = ()


def changes(
    old: Sequence[Mapping[str, Value]],
    new: Sequence[Mapping[str, Value]],
    *,
    columns: Sequence[str],
    key: Sequence[str] = (),
) -> tuple[Change, ...]:
    """Every row that differs in the `columns` that both tables have.

    With a key, whose values are given and different in each table, rows are matched by it and come in its
    order. Without one, equal rows are matched one to one; those left over come added first, then gone,
    each in the order of their columns, empty cells last.
    """
    if key:
        return _by_key(old, new, columns, key)
    before, after = (Counter(tuple(row[name] for name in columns) for row in side) for side in (old, new))
    came = [
        Change(Kind.ADDED, (), None, dict(zip(columns, row, strict=True))) for row in _left(after, before)
    ]
    went = [Change(Kind.GONE, (), dict(zip(columns, row, strict=True)), None) for row in _left(before, after)]
    return (*came, *went)


def counted(found: Sequence[Change]) -> Counts:
    """How many changes of each kind there are."""
    return Counts(*(sum(each.kind is kind for each in found) for kind in Kind))


def _by_key(
    old: Sequence[Mapping[str, Value]],
    new: Sequence[Mapping[str, Value]],
    columns: Sequence[str],
    key: Sequence[str],
) -> tuple[Change, ...]:
    before, after = (
        {tuple(row[name] for name in key): {name: row[name] for name in columns} for row in side}
        for side in (old, new)
    )
    found = []
    for own in sorted({*before, *after}, key=_order):
        was, stands = before.get(own), after.get(own)
        if was is None:
            found.append(Change(Kind.ADDED, own, None, stands))
        elif stands is None:
            found.append(Change(Kind.GONE, own, was, None))
        elif was != stands:
            cells = (Cell(name, was[name], stands[name]) for name in columns if was[name] != stands[name])
            found.append(Change(Kind.CHANGED, own, was, stands, tuple(cells)))
    return tuple(found)


def _left(these: Counter[Key], those: Counter[Key]) -> list[Key]:
    """The rows that one side holds more often than the other, as often as it does."""
    return sorted((these - those).elements(), key=_order)


def _order(row: Key) -> list[tuple[bool, Value]]:
    return [(value is None, 0 if value is None else value) for value in row]
