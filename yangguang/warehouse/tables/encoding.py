"""The letters of a csv file: UTF-8 with or without its mark, else GB18030, which holds GBK and GB 2312."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHUNK = 1 << 22  # bytes


class Unreadable(ValueError):
    """The file is no text table; the text says where and what to do."""


def _copied(file: Path, copy: Path, encoding: str) -> Path:
    decode = codecs.getincrementaldecoder(encoding)().decode
    with file.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as out:
        try:
            while chunk := source.read(CHUNK):
                out.write(decode(chunk))
            out.write(decode(b"", final=True))
        except UnicodeDecodeError as error:
            raise Unreadable("文字既不是 UTF-8 也不是 GB18030：请另存为“CSV UTF-8”后再上传") from error
    return copy


def stage(connection: DuckDBPyConnection, statement: str, file: Path, copy: Path) -> None:
    """Run the statement that reads the file, whose path it takes; a file in other letters is copied to UTF-8.

    Raises Unreadable with the line on which the reader stumbles.
    """
    with file.open("rb") as source:
        start = source.read(4)
    if start[:2] == b"PK" or start == b"\xd0\xcf\x11\xe0":
        raise Unreadable("这是 Excel 文件，不是 csv：请按 .xlsx 上传")
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        _run(connection, statement, _copied(file, copy, "utf-16"))
        return
    try:
        _run(connection, statement, file)
    except _OtherLetters:
        _run(connection, statement, _copied(file, copy, "gb18030"))


class _OtherLetters(Exception):
    """The file is not UTF-8."""


def _run(connection: DuckDBPyConnection, statement: str, file: Path) -> None:
    import duckdb

    try:
        connection.execute(statement, [str(file)])
    except duckdb.InvalidInputException as error:
        if "utf-8" in str(error).lower() or "unicode" in str(error).lower():
            raise _OtherLetters from error
        raise Unreadable(_words(str(error))) from error


def _words(told: str) -> str:
    line = next((text for text in told.splitlines() if "Line:" in text), "")
    number = line.split("Line:")[1].split()[0] if line else ""
    where = f"第 {number} 行" if number.isdigit() else "有一行"
    return f"{where}的列数或引号与其他行不同：请改正这一行，或在 Excel 中重新另存为 CSV"
