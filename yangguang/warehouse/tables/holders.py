"""Which registers speak of an enterprise: an index of codes and names over many versions.

Worked out from the versions' files once for each state of them all, kept as Parquet sorted by code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from yangguang.rules.tables.schema import Check, Descriptor, Field, Type
from yangguang.warehouse import store
from yangguang.warehouse.tables import derived, engine
from yangguang.warehouse.tables.columns import literal, quoted

MOST_FOUND = 50


@dataclass(frozen=True)
class Source:
    """One register's newest table: the file, the column of the code, the column of the name or none."""

    slug: str
    sha256: str
    code: str
    name: str = ""


@dataclass(frozen=True)
class Named:
    """An enterprise by its code, the name that most rows give it, and how many rows there are."""

    code: str
    name: str
    rows: int


def columns_of(descriptor: Descriptor) -> tuple[Field, Field | None] | None:
    """The column of the enterprise's code, the first with that check digit, and that of its name.

    Further columns of codes name authorities. The name is the free text that stands before the code.
    None where no row speaks of an enterprise.
    """
    fields = descriptor.public_fields
    code = next((field for field in fields if field.check is Check.USCC), None)
    if code is None:
        return None
    before = fields[: fields.index(code)]
    names = [field for field in before if field.type is Type.STRING and not field.is_code]
    return code, names[-1] if names else None


def registers_of(sources: Sequence[Source], code: str) -> dict[str, int]:
    """The registers that have rows of a code, with their number, in the order of the sources."""
    if not sources:
        return {}
    with engine.asking() as cursor:
        found = dict(
            cursor.execute(
                "SELECT slug, sum(rows)::BIGINT FROM read_parquet(?) WHERE code = ? GROUP BY slug",
                [str(_made(sources)), code],
            ).fetchall()
        )
    return {source.slug: found[source.slug] for source in sources if source.slug in found}


def named_like(sources: Sequence[Source], words: str) -> list[Named]:
    """Enterprises in whose name or code all the words stand, those with most rows first."""
    wanted = words.split()[:8]
    if not sources or not wanted:
        return []
    where = " AND ".join(["contains(lower(name || ' ' || code), lower(?))"] * len(wanted))
    with engine.asking() as cursor:
        found = cursor.execute(
            "SELECT code, arg_max(name, rows), sum(rows)::BIGINT AS times FROM read_parquet(?)"  # noqa: S608
            f" WHERE {where} GROUP BY code ORDER BY times DESC, code LIMIT {MOST_FOUND}",
            [str(_made(sources)), *wanted],
        ).fetchall()
    return [Named(*row) for row in found]


def name_of(sources: Sequence[Source], code: str) -> str:
    """The name that most rows give the enterprise; empty where none does."""
    if not sources:
        return ""
    with engine.asking() as cursor:
        found = cursor.execute(
            "SELECT name FROM read_parquet(?) WHERE code = ? AND name <> ''"
            " GROUP BY name ORDER BY sum(rows) DESC, name LIMIT 1",
            [str(_made(sources)), code],
        ).fetchone()
    return found[0] if found else ""


def _made(sources: Sequence[Source]) -> Path:
    state = hashlib.sha256(repr(sources).encode()).hexdigest()
    return derived.made(derived.place("holders", f"{state}.parquet"), partial(_make, sources))


def _make(sources: Sequence[Source], target: Path) -> None:
    parts = " UNION ALL ".join(map(_part, sources))
    with engine.working(target.parent / "spilled") as connection:
        connection.execute(
            f"COPY (SELECT * FROM ({parts}) ORDER BY code, slug) TO {literal(str(target))}"  # noqa: S608 names are quoted
            " (FORMAT parquet, COMPRESSION zstd)"
        )


def _part(source: Source) -> str:
    name = f"coalesce({quoted(source.name)}, '')" if source.name else "''"
    path = literal(str(store.path(source.sha256)))
    return (
        f"SELECT {quoted(source.code)} AS code, {name} AS name, {literal(source.slug)} AS slug,"  # noqa: S608
        f" count(*) AS rows FROM read_parquet({path}) WHERE {quoted(source.code)} IS NOT NULL GROUP BY ALL"
    )
