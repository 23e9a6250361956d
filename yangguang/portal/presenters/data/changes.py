"""What changed between two versions, for a page, a file and a feed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yangguang.portal.presenters.atom import Entry, Feed, plain_feed
from yangguang.portal.presenters.data import cells
from yangguang.portal.presenters.data.table import stored
from yangguang.registers.models import Register, Version
from yangguang.rules.tables.schema import Field
from yangguang.warehouse.tables import diff as engine
from yangguang.warehouse.tables.diff import Change, Difference, Kind
from yangguang.warehouse.tables.stored import Stored

IN_A_FEED = 100
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Compared:
    """Two versions and how they differ. `keys` are the columns that tell rows apart, none where equal rows are."""

    register: Register
    versions: list[Version]
    old: Version
    new: Version
    a: Stored
    b: Stored
    difference: Difference

    @property
    def keys(self) -> tuple[str, ...]:
        names = {field.name for field in self.a.fields}
        return self.b.key if set(self.b.key) <= names else ()

    @property
    def common(self) -> list[Field]:
        names = {field.name for field in self.a.fields}
        return [field for field in self.b.fields if field.name in names]

    @property
    def titles(self) -> dict[str, str]:
        return {field.name: field.title for field in (*self.a.fields, *self.b.fields)}


@dataclass(frozen=True)
class Cell:
    """A cell of the page: what it is now, and what it was where it changed."""

    after: str
    before: str
    changed: bool
    is_figure: bool


@dataclass(frozen=True)
class Row:
    kind: Kind
    cells: Sequence[Cell]


def compared(register: Register, versions: list[Version], old: Version, new: Version) -> Compared:
    a, b = stored(old), stored(new)
    return Compared(register, versions, old, new, a, b, engine.compare(a, b))


def columns(found: Compared) -> list[Field]:
    """The columns shown: the key first, then the others that both versions have."""
    keyed = [field for field in found.common if field.name in found.keys]
    return keyed + [field for field in found.common if field.name not in found.keys]


def shown(change: Change, found: Compared) -> Row:
    """A change as a row of the page."""
    touched = {cell.column for cell in change.cells}
    side = change.after if change.after is not None else change.before or {}
    before = change.before or {}
    return Row(
        change.kind,
        [
            Cell(
                cells.shown(side[field.name], field),
                cells.shown(before.get(field.name), field) if field.name in touched else "",
                field.name in touched,
                cells.is_figure(field),
            )
            for field in columns(found)
        ],
    )


def plain(value: Any) -> Any:
    """A value as JSON and CSV hold it."""
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in row.items()}


def defused(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


_WORDS = {Kind.ADDED: "新增", Kind.GONE: "删去", Kind.CHANGED: "改动"}


def atom(found: Compared) -> bytes:
    """An Atom feed (RFC 4287): one entry a row that differs, the first hundred."""
    path = f"{found.register.get_absolute_url()}diff/{found.old.number}..{found.new.number}"
    counts = found.difference.counts
    feed = Feed(
        f"{found.register.title}：第 {found.old.number} 版到第 {found.new.number} 版的变化",
        f"{path}.atom",
        path,
        found.register.unit.name,
    )
    subtitle = f"新增 {counts.added} 行，删去 {counts.gone} 行，改动 {counts.changed} 行"
    changes = engine.changes(found.a, found.b, limit=IN_A_FEED)
    entries = [_entry(number, change, found, path) for number, change in enumerate(changes, 1)]
    return plain_feed(feed, found.new.online_at, entries, subtitle)


def _entry(number: int, change: Change, found: Compared, path: str) -> Entry:
    titles = found.titles
    name = "、".join(str(plain(value)) for value in change.key) or f"第 {number} 处"
    if change.cells:
        text = "；".join(
            f"{titles[cell.column]}：{_word(cell.before)} → {_word(cell.after)}" for cell in change.cells
        )
    else:
        row = change.after or change.before or {}
        text = "；".join(
            f"{titles[name]}：{_word(value)}" for name, value in row.items() if value is not None
        )
    return Entry(f"{path}#{number}", f"{_WORDS[change.kind]}：{name}", path, found.new.online_at, text)


def _word(value: Any) -> str:
    return "（空）" if value is None else str(plain(value))
