"""The files of a version that people take away: csv, csv.zst, jsonl, xlsx, and the Parquet file itself.

Made once, streamed, the same bytes whenever they are made. In csv a text that a spreadsheet would take
for a formula gets an apostrophe before it (OWASP, CSV injection); xlsx says in the cell's style that it is
text; jsonl and Parquet hold every value as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.tables.schema import Field, Type
from yangguang.warehouse import store
from yangguang.warehouse.tables import engine, workbook
from yangguang.warehouse.tables.columns import listed, literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEDIA_TYPES = {
    "csv": "text/csv",
    "csv.zst": "application/zstd",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
FORMATS = tuple(MEDIA_TYPES)


@dataclass(frozen=True)
class Made:
    """A file in the store: its format, hex SHA-256 and size in bytes."""

    format: str
    sha256: str
    size: int


def make(sha256: str, fields: Sequence[Field], formats: Sequence[str] = FORMATS) -> tuple[Made, ...]:
    """Make the files of a version and keep them in the store. Raises DiskFull; KeyError for no such format."""
    source = store.path(sha256)
    with engine.told(), store.workplace() as folder, engine.working(folder) as connection:
        return tuple(_one(connection, source, fields, format_, folder) for format_ in formats)


def _one(
    connection: DuckDBPyConnection, source: Path, fields: Sequence[Field], format_: str, folder: Path
) -> Made:
    if format_ == "parquet":
        return Made(format_, source.name, source.stat().st_size)
    target = folder / f"version.{format_}"
    _MAKERS[format_](connection, source, fields, target)
    return Made(format_, *store.take(target))


def _csv(connection: DuckDBPyConnection, source: Path, fields: Sequence[Field], target: Path) -> None:
    compression = "zstd" if target.suffix == ".zst" else "none"
    shown = ", ".join(f"{_spreadsheet_text(field)} AS {quoted(field.name)}" for field in fields)
    connection.execute(
        f"COPY (SELECT {shown} FROM read_parquet({literal(str(source))})) TO {literal(str(target))}"  # noqa: S608
        f" (FORMAT csv, HEADER true, NULLSTR '', COMPRESSION {compression})"
    )


def _jsonl(connection: DuckDBPyConnection, source: Path, fields: Sequence[Field], target: Path) -> None:
    shown = ", ".join(
        f"strftime({quoted(field.name)}, '%Y-%m-%dT%H:%M:%S') AS {quoted(field.name)}"
        if field.type is Type.DATETIME
        else quoted(field.name)
        for field in fields
    )
    connection.execute(
        f"COPY (SELECT {shown} FROM read_parquet({literal(str(source))})) TO {literal(str(target))} (FORMAT json)"  # noqa: S608
    )


def _xlsx(connection: DuckDBPyConnection, source: Path, fields: Sequence[Field], target: Path) -> None:
    relation = f"(SELECT {listed(fields)} FROM read_parquet({literal(str(source))}))"  # noqa: S608
    workbook.write(connection, relation, fields, target)


def _spreadsheet_text(field: Field) -> str:
    """The value as csv writes it; a text that begins like a formula with an apostrophe before it."""
    name = quoted(field.name)
    match field.type:
        case Type.STRING:
            return f"CASE WHEN left({name}, 1) IN ('=', '+', '-', '@', chr(9), chr(13)) THEN '''' || {name} ELSE {name} END"
        case Type.NUMBER:
            return f"regexp_replace(CAST({name} AS VARCHAR), '\\.0$', '')"
        case Type.DATETIME:
            return f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
        case _:
            return name


_Maker = Callable[["DuckDBPyConnection", Path, Sequence[Field], Path], None]
_MAKERS: dict[str, _Maker] = {"csv": _csv, "csv.zst": _csv, "jsonl": _jsonl, "xlsx": _xlsx}
