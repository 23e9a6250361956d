"""What changed between two versions of a register: rows added, gone, changed cell by cell.

Rows are matched by the primary key; without one, equal rows are matched and the rest is gone or added.
The slow twin is `rules.tables.diff`. The answer never changes, so it is worked out once and kept as a
Parquet file that can be dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from yangguang.rules.tables.diff import Cell, Change, Counts, Kind
from yangguang.warehouse import store
from yangguang.warehouse.tables import derived, engine
from yangguang.warehouse.tables.columns import literal, quoted
from yangguang.warehouse.tables.stored import Stored
from yangguang.warehouse.tables.writing import ROW_GROUP

__all__ = ["Cell", "Change", "Counts", "Difference", "Kind", "changes", "compare", "every_change"]

READ_AT_ONCE = 5_000


@dataclass(frozen=True)
class Difference:
    """How many rows differ, and the columns that only one version has."""

    counts: Counts
    columns_added: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()


def compare(old: Stored, new: Stored) -> Difference:
    """How many rows were added, gone and changed. Columns of one side only are named, not compared."""
    file = _made(old, new)
    with engine.asking(seconds=60) as cursor:
        found = dict(
            cursor.execute("SELECT kind, count(*) FROM read_parquet(?) GROUP BY kind", [str(file)]).fetchall()
        )
    before = [field.name for field in old.fields]
    after = [field.name for field in new.fields]
    return Difference(
        Counts(*(found.get(kind.value, 0) for kind in Kind)),
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )


def changes(
    old: Stored, new: Stored, *, kind: Kind | None = None, limit: int = 100, offset: int = 0
) -> list[Change]:
    """One page of the changes, in the order of the key."""
    where = "WHERE kind = ?" if kind else ""
    bound = [str(_made(old, new)), *([kind.value] if kind else []), limit, offset]
    with engine.asking() as cursor:
        rows = cursor.execute(
            f"SELECT * EXCLUDE (file_row_number) FROM read_parquet(?, file_row_number = true) {where}"  # noqa: S608
            " ORDER BY file_row_number LIMIT ? OFFSET ?",
            bound,
        ).fetchall()
    read = partial(_change, _common(old, new), _key(old, new))
    return [read(row) for row in rows]


def every_change(old: Stored, new: Stored) -> Iterator[Change]:
    """All changes in the order of the key, some thousand in memory at a time."""
    offset = 0
    while page := changes(old, new, limit=READ_AT_ONCE, offset=offset):
        yield from page
        offset += len(page)


def _common(old: Stored, new: Stored) -> tuple[str, ...]:
    """The columns of both versions, in the newer order."""
    before = {field.name for field in old.fields}
    return tuple(field.name for field in new.fields if field.name in before)


def _key(old: Stored, new: Stored) -> tuple[str, ...]:
    """The key of the newer version, where the older has its columns as well."""
    return new.key if set(new.key) <= set(_common(old, new)) else ()


def _made(old: Stored, new: Stored) -> Path:
    target = derived.place("diff", old.sha256, f"{new.sha256}.parquet")
    return derived.made(target, partial(_make, old, new))


def _make(old: Stored, new: Stored, target: Path) -> None:
    names, key = _common(old, new), _key(old, new)
    query = _by_key(old, new, names, key) if key else _by_row(old, new, names)
    with engine.working(target.parent / "spilled") as connection:
        connection.execute(
            f"COPY ({query}) TO {literal(str(target))}"
            f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
        )


def _by_key(old: Stored, new: Stored, names: Sequence[str], key: Sequence[str]) -> str:
    """Rows of both sides that are alone or differ. A key is never empty, so it tells whether a side is there.

    The sides are joined as text where a column changed its type.
    """
    types = _retyped(old, new)
    sides = [_picked(side, names, types) for side in (old, new)]
    joined = " AND ".join(f"a.{quoted(name)} = b.{quoted(name)}" for name in key)
    rest = [name for name in names if name not in key]
    differs = [f"a.{quoted(name)} IS DISTINCT FROM b.{quoted(name)}" for name in rest]
    there, here = f"a.{quoted(key[0])} IS NULL", f"b.{quoted(key[0])} IS NULL"
    order = ", ".join(f"coalesce(a.{quoted(name)}, b.{quoted(name)})" for name in key)
    return (
        f"SELECT CASE WHEN {there} THEN 'added' WHEN {here} THEN 'gone' ELSE 'changed' END AS kind,"  # noqa: S608
        f" {_both(names)} FROM {sides[0]} a FULL JOIN {sides[1]} b ON {joined}"
        f" WHERE {' OR '.join([there, here, *differs])} ORDER BY {order}"
    )


def _by_row(old: Stored, new: Stored, names: Sequence[str]) -> str:
    """Rows that one side holds more often than the other."""
    types = _retyped(old, new)
    listed = ", ".join(quoted(name) for name in names)
    a, b = (_picked(side, names, types) for side in (old, new))
    gone = ", ".join([*(f"{quoted(name)} AS {quoted('a ' + name)}" for name in names)])
    none = ", ".join(f"NULL AS {quoted('b ' + name)}" for name in names)
    added = ", ".join(f"NULL AS {quoted('a ' + name)}" for name in names)
    came = ", ".join(f"{quoted(name)} AS {quoted('b ' + name)}" for name in names)
    return (
        f"SELECT * FROM (SELECT 'gone' AS kind, {gone}, {none}"  # noqa: S608
        f" FROM (SELECT {listed} FROM {a} EXCEPT ALL SELECT {listed} FROM {b})"
        f" UNION ALL SELECT 'added' AS kind, {added}, {came}"
        f" FROM (SELECT {listed} FROM {b} EXCEPT ALL SELECT {listed} FROM {a})) ORDER BY ALL"
    )


def _both(names: Sequence[str]) -> str:
    return ", ".join(
        f"{side}.{quoted(name)} AS {quoted(f'{side} {name}')}" for side in ("a", "b") for name in names
    )


def _retyped(old: Stored, new: Stored) -> set[str]:
    types = {field.name: field.type for field in old.fields}
    return {field.name for field in new.fields if types.get(field.name, field.type) is not field.type}


def _picked(side: Stored, names: Sequence[str], as_text: set[str]) -> str:
    picked = ", ".join(
        f"CAST({quoted(name)} AS VARCHAR) AS {quoted(name)}" if name in as_text else quoted(name)
        for name in names
    )
    return f"(SELECT {picked} FROM read_parquet({literal(str(store.path(side.sha256)))}))"  # noqa: S608


def _change(names: Sequence[str], key: Sequence[str], row: Sequence[Any]) -> Change:
    kind = Kind(row[0])
    before = None if kind is Kind.ADDED else dict(zip(names, row[1 : len(names) + 1], strict=True))
    after = None if kind is Kind.GONE else dict(zip(names, row[len(names) + 1 :], strict=True))
    cells: tuple[Cell, ...] = ()
    if before is not None and after is not None:
        cells = tuple(Cell(name, before[name], after[name]) for name in names if before[name] != after[name])
    shown = after if after is not None else before
    assert shown is not None  # noqa: S101 a change has at least one side
    return Change(kind, tuple(shown[name] for name in key), before, after, cells)
