"""Makes small files as bytes: .xlsx with all that goes wrong in it, .xls and .ods by hand, csv, JSON."""

import datetime as dt
import io
import json
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet
from stdnum.cn import uscc

Row = list[Any]
_BASE = "91440300MA5EXAMPL"
CODE = _BASE + uscc.calc_check_digit(_BASE)
WRONG_CODE = _BASE + ("0" if CODE[-1] != "0" else "1")
HEAD = ["编号", "名称", "类别", "金额（万元）", "占比（%）", "日期", "统一社会信用代码", "数量", "备注"]
FIRST = ["007", "示例一所", "甲", 1.5, 50, "2017-06-19", CODE, 3, ""]
SECOND = ["008", "示例二所", "乙", 2, 12.5, "2017-06-20", "", 4, ""]
DESCRIPTOR: dict[str, Any] = {
    "name": "dirty",
    "title": "示例台账",
    "description": "示例",
    "kind": "list",
    "unit": "市示例局",
    "obligations": [],
    "publication": "示例台账",
    "cadence": "timely",
    "topic": "市场监管",
    "keywords": ["示例"],
    "intake": "replace",
    "source": "本项目拟定",
    "schema": {
        "fields": [
            {"name": "code", "title": "编号", "type": "string", "constraints": {"required": True}},
            {"name": "title", "title": "名称", "type": "string", "constraints": {"required": True}},
            {"name": "kind", "title": "类别", "type": "string", "constraints": {"enum": ["甲", "乙"]}},
            {"name": "amount", "title": "金额", "type": "number", "unit": "万元"},
            {"name": "rate", "title": "占比", "type": "number", "unit": "%"},
            {"name": "day", "title": "日期", "type": "date"},
            {"name": "uscc", "title": "统一社会信用代码", "type": "string", "check": "uscc"},
            {"name": "count", "title": "数量", "type": "integer"},
            {"name": "remark", "title": "备注", "type": "string"},
        ],
        "primaryKey": ["code"],
        "missingValues": ["", "—"],
    },
}


def but(row: Row = FIRST, **cells: Any) -> Row:
    """The row with other cells, by name of field."""
    names = [field["name"] for field in DESCRIPTOR["schema"]["fields"]]
    return [cells.get(name, cell) for name, cell in zip(names, row, strict=True)]


def book(*rows: Row, then: Callable[[Worksheet], None] | None = None, title: str = "台账") -> bytes:
    """An .xlsx; `then` does to the sheet what is wrong with it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if then:
        then(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def patched(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """An archive with some text of one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode()
                for before, after in changes:
                    assert before in text, before
                    text = text.replace(before, after)
                content = text.encode()
            new.writestr(name, content)
    return out.getvalue()


def text(*rows: Row, mark: str = ",", end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """A csv without quotes: cells must hold none."""
    lines = [mark.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return (end.join(lines) + end).encode(encoding)


def records(*rows: Row, **more: Any) -> bytes:
    """A list of JSON objects."""
    found = [dict(zip(HEAD, row, strict=True)) | more for row in rows]
    return json.dumps(found, ensure_ascii=False).encode()


_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def ods(*rows: str) -> bytes:
    """An .ods of rows of cells in XML."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}"'
        f' xmlns:table="{_TABLE}" xmlns:text="{_TEXT}" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="台账">{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def ods_row(*cells: Any, more: str = "", times: int = 1) -> str:
    """A row of an .ods; `more` are cells in XML at its end."""
    found = "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        if isinstance(cell, (int, float))
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{found}{more}</table:table-row>'


def old_book(*rows: Row, then: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """An .xls with formats, as Excel 97 wrote it; `then` does to the sheet what is wrong with it."""
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("台账", cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write(number, place, cell, *([day] if isinstance(cell, dt.date) else []))
    then(sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def xls(*rows: Row) -> bytes:
    """An .xls that tells nothing of formats: a compound file ([MS-CFB]) with one stream of BIFF8 records ([MS-XLS])."""
    stream = _biff(rows)
    stream += bytes(-len(stream) % 512)
    stream += bytes(max(0, 4096 - len(stream)))  # a shorter stream would stand in the mini stream
    sectors = len(stream) // 512
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        bytes(16),
        *(0x3E, 3, 0xFFFE, 9, 6),
        bytes(6),
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0),
    )
    header += struct.pack("<108I", *[0xFFFFFFFF] * 108)
    chain = [*range(3, sectors + 2), 0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *chain]
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return header + fat + entries + bytes(256) + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ",
        encoded,
        len(encoded) + 2,
        *(kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child),
        bytes(16),
        0,
        bytes(8),
        bytes(8),
        *(start, size),
    )


def _biff(rows: tuple[Row, ...]) -> bytes:
    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))

    def sheet_of(start: int) -> bytes:
        return record(0x0085, struct.pack("<IBBBB", start, 0, 0, 2, 1) + "台账".encode("utf-16-le"))

    end = record(0x000A, b"")
    cells = b""
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                encoded = cell.encode("utf-16-le")
                cells += record(0x0204, place + struct.pack("<HB", len(cell), 1) + encoded)
            else:
                cells += record(0x0203, place + struct.pack("<d", cell))
    globals_ = begin(0x0005) + sheet_of(0) + end
    globals_ = begin(0x0005) + sheet_of(len(globals_)) + end
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    return globals_ + begin(0x0010) + record(0x0200, size) + cells + end


def bomb() -> bytes:
    """An archive that unpacks to far more than it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(220_000_000))
    return out.getvalue()
