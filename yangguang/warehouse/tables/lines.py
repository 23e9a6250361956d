"""The lines of a csv file as a table of texts: whatever its letters, its separator, its ragged rows.

A plain file is read by DuckDB as it stands. One with blank lines (which DuckDB would leave out, so that
rows were counted wrongly), a heading with line breaks in its cells, or rows of other lengths is first
written anew, row by row.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.beginnings import Container, container_of
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.tables.report import MOST_LISTED
from yangguang.warehouse.tables import raw
from yangguang.warehouse.tables.columns import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["PLAIN", "Form", "Staged", "Unreadable", "read_spilled", "stage"]

CHUNK = 1 << 22  # bytes
LONGEST_LINE = 16_777_216
LONGEST_CELL = 1 << 24
LETTERS = ("utf-8-sig", "gb18030", "big5")
_BLANK_LINES = (b"\n\n", b"\n\r\n", b"\r\r")
_SAVE_ANEW = "请另存为“CSV UTF-8”后再上传"
_NOT_TEXT = f"不是文本文件，或编码无法识别；{_SAVE_ANEW}"


@dataclass(frozen=True)
class Form:
    """How a csv file is written: its separator; how many lines, and how many rows, stand above its data.

    `letters` is the encoding where its beginning tells it; "" where that is ASCII alone.
    """

    separator: str = ","
    lines: int = 1
    rows: int = 1
    letters: str = ""


PLAIN = Form()


@dataclass(frozen=True)
class Staged:
    """The table `texts`: SQL for the number of a row in the file; whether its cells are marked as `raw` does;
    the rows (number, cells) with fewer cells than columns."""

    row: str
    marked: bool
    short: Sequence[tuple[int, int]] = ()


def stage(
    connection: DuckDBPyConnection, file: Path, folder: Path, names: Sequence[str], form: Form
) -> Staged:
    """Make the table `texts` of the rows below the heading, a column a name.

    Raises Unreadable with the row on which the reader stumbles.
    """
    with file.open("rb") as source:
        start = source.read(4)
    if container_of(start) in (Container.ZIP, Container.OLE):
        raise Unreadable("这是 Excel 文件，不是 csv：请按 .xlsx 上传")
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        file = _copied(file, folder / "text.csv", ("utf-16",))
    elif form.letters not in ("", LETTERS[0]):
        file = _copied(file, folder / "text.csv", (form.letters,))
    try:
        return _stage(connection, file, folder, names, form)
    except _OtherLetters as error:
        if form.letters:
            raise Unreadable("开头是 UTF-8，后面有别的编码：" + _SAVE_ANEW) from error
    return _stage(connection, _copied(file, folder / "text.csv", LETTERS[1:]), folder, names, form)


def _stage(
    connection: DuckDBPyConnection, file: Path, folder: Path, names: Sequence[str], form: Form
) -> Staged:
    """As `stage`, for a file in UTF-8. Raises _OtherLetters for one that is not."""
    if form.lines == form.rows and _is_plain(file):
        with suppress(_Ragged):
            _read(connection, file, names, form)
            return Staged(f"rowid + {form.rows + 1}", marked=False)
    try:
        short = _spill(_numbered(file, len(names), form), folder / "rows.csv", len(names))
    except UnicodeDecodeError as error:
        raise _OtherLetters from error
    read_spilled(connection, folder / "rows.csv", names)
    return Staged("_row", marked=True, short=short)


def read_spilled(connection: DuckDBPyConnection, file: Path, names: Sequence[str]) -> None:
    """Make the table `texts` from a csv file of our own: the row's number, then a text for each column."""
    declared = ", ".join(["'_row': 'BIGINT'", *(f"{literal(name)}: 'VARCHAR'" for name in names)])
    connection.execute(f"CREATE TABLE texts AS {_reading(declared, ',', 0)}", [str(file)])


class _OtherLetters(Exception):
    """The file is not UTF-8."""


class _Ragged(Exception):
    """A row has another number of cells, or quotes that are no pair."""


def _read(connection: DuckDBPyConnection, file: Path, names: Sequence[str], form: Form) -> None:
    import duckdb

    declared = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    try:
        connection.execute(
            f"CREATE TABLE texts AS {_reading(declared, form.separator, form.lines)}", [str(file)]
        )
    except duckdb.InvalidInputException as error:
        if "utf-8" in str(error).lower() or "unicode" in str(error).lower():
            raise _OtherLetters from error
        raise _Ragged from error


def _reading(declared: str, separator: str, skipped: int) -> str:
    return (
        f"SELECT * FROM read_csv(?, auto_detect=false, header=false, skip={skipped},"  # noqa: S608
        f" delim={literal(separator)}, quote='\"', escape='\"', nullstr='', max_line_size={LONGEST_LINE},"
        f" columns={{{declared}}})"
    )


def _is_plain(file: Path) -> bool:
    """Whether DuckDB sees each row: there is no blank line but at the end. Raises Unreadable for a NUL.

    Read piece by piece: a mapped file would count as memory.
    """
    before, blank = b"", False
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            if b"\0" in chunk:
                raise Unreadable(_NOT_TEXT)
            if blank and chunk.strip():
                return False
            piece = before + chunk
            # Each by itself: a pattern of all three takes ten times as long.
            if not blank and (found := [at for each in _BLANK_LINES if (at := piece.find(each)) >= 0]):
                if piece[min(found) :].strip():
                    return False
                blank = True
            before = chunk[-2:]
    return True


def _copied(file: Path, copy: Path, letters: Sequence[str]) -> Path:
    """The file in UTF-8. Raises Unreadable where it is in none of these letters."""
    for encoding in letters:
        decode = codecs.getincrementaldecoder(encoding)().decode
        with file.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as out:
            try:
                while chunk := source.read(CHUNK):
                    out.write(decode(chunk))
                out.write(decode(b"", final=True))
            except UnicodeDecodeError:
                continue
            return copy
    raise Unreadable(_NOT_TEXT)


def _numbered(file: Path, width: int, form: Form) -> Iterator[tuple[int, list[str]]]:
    """The rows below the heading with their numbers. Raises Unreadable for cells beyond the heading's."""
    csv.field_size_limit(LONGEST_CELL)
    with file.open(encoding=LETTERS[0], newline="") as source:
        reader = csv.reader(source, delimiter=form.separator, strict=True)
        number = 0
        try:
            for number, row in enumerate(reader, 1):
                if number <= form.rows:
                    continue
                if len(row) > width and any(row[width:]):
                    raise Unreadable(
                        f"第 {number} 行比表头多出 {len(row) - width} 格；请核对这一行的分隔符和引号"
                    )
                yield number, row[:width]
        except csv.Error as problem:
            raise Unreadable(
                f"第 {number + 1} 行不是正确的 CSV（{problem}）；请检查引号是否成对，或者另存为 .xlsx"
            ) from problem


def _spill(rows: Iterable[tuple[int, list[str]]], file: Path, width: int) -> list[tuple[int, int]]:
    """Write the rows anew; returns those that were too short, and not blank, as far as they are listed."""
    short: list[tuple[int, int]] = []
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for number, row in rows:
            if 0 < len(row) < width and len(short) < MOST_LISTED:
                short.append((number, len(row)))
            writer.writerow([number, *map(raw.encode, row), *[""] * (width - len(row))])
    return short
