"""Rows of cells out of the files in which cleaning-up lists come: CSV, text, .xlsx, .docx."""

import csv
import io
from collections.abc import Iterator
from pathlib import PurePath

from yangguang.rules.encodings import decode
from yangguang.rules.plan_table import Unreadable
from yangguang.warehouse.archive import open_archive

MOST_ROWS = 20_000
LARGEST = 20 * 1024 * 1024


def rows_of(data: bytes, name: str) -> list[list[str]]:
    """The rows of a list, in the order of the file. Raises Unreadable with a sentence for people."""
    if len(data) > LARGEST:
        raise Unreadable(f"{name} 有 {len(data) // 1_000_000} MB，超过 20 MB：请只保留清单再上传")
    kind = PurePath(name).suffix.lower()
    read = {".csv": _csv, ".txt": text_rows, ".xlsx": _xlsx, ".docx": _docx}.get(kind)
    if read is None:
        raise Unreadable(f"{name} 不是可以识读的清单：请用 .csv、.xlsx、.docx 或 .txt，或者粘贴文字")
    rows = [row for _, row in zip(range(MOST_ROWS + 1), read(data), strict=False)]
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"{name} 超过 {MOST_ROWS} 行：请分成几份导入")
    return rows


def text_rows(data: bytes) -> Iterator[list[str]]:
    """One row a line; tabs part its cells."""
    for line in decode(data).splitlines():
        yield line.split("\t")


def _csv(data: bytes) -> Iterator[list[str]]:
    text = decode(data)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as problem:
        raise Unreadable(f"CSV 有一处引号没有配对（{problem}）：请在表格软件里打开后重新另存") from problem


def _xlsx(data: bytes) -> Iterator[list[str]]:
    import openpyxl

    open_archive(data, "xlsx").close()
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                yield ["" if cell is None else str(cell) for cell in row]
    except (KeyError, ValueError, OSError) as problem:
        raise Unreadable("表格内容已损坏：请在表格软件里打开后另存为 .xlsx") from problem


def _docx(data: bytes) -> Iterator[list[str]]:
    import docx

    open_archive(data, "docx").close()
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, OSError) as problem:
        raise Unreadable("不是 Word 文档，或者已损坏：请在 Word 里打开后另存为 .docx") from problem
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from ([cell.text for cell in row.cells] for row in block.rows)
        else:
            yield [block.text]
