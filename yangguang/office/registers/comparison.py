"""How the table of a file differs from the newest version: row by row, changed cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yangguang.registers.models import Intake, Version
from yangguang.rules.tables.query import TableQuery
from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse.tables import diff, reading
from yangguang.warehouse.tables.diff import Change, Counts, Difference, Kind
from yangguang.warehouse.tables.stored import Stored

PAGE = 50
WORDS = {Kind.ADDED: "新增", Kind.GONE: "删去", Kind.CHANGED: "改动"}
SIGNS = {Kind.ADDED: "＋", Kind.GONE: "－", Kind.CHANGED: "△"}


@dataclass(frozen=True)
class Cell:
    """A cell as it will be, and as it was where it changes."""

    after: str
    before: str = ""
    changed: bool = False
    is_figure: bool = False


@dataclass(frozen=True)
class Row:
    """A row that differs."""

    kind: Kind
    cells: Sequence[Cell]

    @property
    def words(self) -> str:
        return WORDS[self.kind]

    @property
    def sign(self) -> str:
        return SIGNS[self.kind]


@dataclass(frozen=True)
class Comparison:
    """What a version would change. `last` is None for a first one: then `rows` are its first rows."""

    last: Version | None
    fields: Sequence[Field]
    rows: Sequence[Row]
    total: int
    counts: Counts | None = None
    columns_added: Sequence[str] = ()
    columns_gone: Sequence[str] = ()


def compare(taken: Intake, page: int = 1) -> Comparison | None:
    """The comparison of what passed its check, a page of it; None where nothing did.

    Columns that are reported only stand beside the others: who reviews sees all that was handed in.
    """
    if not taken.staged:
        return None
    register = taken.register
    described, digest = register.described, taken.staged["reporting"] or taken.staged["sha256"]
    fields = described.fields if taken.staged["reporting"] else described.public_fields
    new = Stored(digest, fields, described.primary_key)
    last = register.versions.order_by("number").last()
    if last is None:
        return _first(new, taken.staged["rows"], page)
    old = _stored(last, whole=bool(taken.staged["reporting"]))
    return _difference(old, new, last, page)


def shown(value: Any, field: Field) -> str:
    """A value as the desk shows it: as it will stand in the files, "是/否" for truth."""
    if value is None:
        return ""
    if field.type is Type.BOOLEAN:
        return "是" if value else "否"
    if field.type is Type.NUMBER and float(value).is_integer():
        return str(int(value))
    return str(value)


def _first(new: Stored, rows: int, page: int) -> Comparison:
    names = tuple(field.name for field in new.fields)
    asked = TableQuery(columns=names, limit=PAGE, offset=(page - 1) * PAGE)
    found = reading.page(new, asked, total=False).rows
    return Comparison(
        None,
        new.fields,
        [
            Row(
                Kind.ADDED,
                [
                    Cell(shown(value, field), is_figure=field.type.is_numeric)
                    for value, field in zip(row, new.fields, strict=True)
                ],
            )
            for row in found
        ],
        rows,
    )


def _stored(version: Version, *, whole: bool) -> Stored:
    if whole and version.reporting:
        described = version.described
        return Stored(version.reporting, described.fields, described.primary_key)
    return Stored.public(version.served, version.described)


def _difference(old: Stored, new: Stored, last: Version, page: int) -> Comparison:
    found: Difference = diff.compare(old, new)
    changes = diff.changes(old, new, limit=PAGE, offset=(page - 1) * PAGE)
    names = {field.name for field in old.fields}
    common = [field for field in new.fields if field.name in names]
    ordered = [field for field in common if field.name in new.key]
    ordered += [field for field in common if field.name not in new.key]
    titles = {field.name: field.title for field in (*old.fields, *new.fields)}
    counts = found.counts
    return Comparison(
        last,
        ordered,
        [_row(change, ordered) for change in changes],
        counts.added + counts.gone + counts.changed,
        counts,
        [titles[name] for name in found.columns_added],
        [titles[name] for name in found.columns_gone],
    )


def _row(change: Change, fields: Sequence[Field]) -> Row:
    touched = {cell.column: cell for cell in change.cells}
    side = change.after if change.after is not None else change.before or {}
    return Row(
        change.kind,
        [
            Cell(
                shown(side[field.name], field),
                shown(touched[field.name].before, field) if field.name in touched else "",
                field.name in touched,
                field.type.is_numeric,
            )
            for field in fields
        ],
    )
