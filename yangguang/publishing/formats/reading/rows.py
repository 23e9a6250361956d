"""A table of documents (.csv): columns, encodings, and what each row says, checked cell by cell."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from yangguang.rules.official_text import normalised
from yangguang.rules.plan_table import Unreadable
from yangguang.rules.plan_table.dates import find_date

COLUMNS = {
    "key": ("编号", "来源编号", "id"),
    "title": ("标题", "名称", "信息名称"),
    "unit": ("单位", "发布单位", "发布机构"),
    "body": ("正文", "内容"),
    "body_file": ("正文文件",),
    "number": ("文号", "发文字号"),
    "index_no": ("索引号",),
    "form": ("形式",),
    "topic": ("主题分类",),
    "issuers": ("发文机关",),
    "keywords": ("主题词", "关键词"),
    "covers": ("所属期",),
    "summary": ("内容概述", "摘要"),
    "basis": ("公开依据",),
    "concerns": ("涉及",),
    "made_on": ("成文日期", "生成日期"),
    "proclaimed_on": ("公布日期",),
    "released_on": ("发布日期",),
    "effective_on": ("施行日期", "生效日期"),
    "expires_on": ("有效期至", "失效日期"),
    "attachments": ("附件",),
}
DATES = ("made_on", "proclaimed_on", "released_on", "effective_on", "expires_on")
LISTS = ("issuers", "keywords", "attachments")
_NAMES = {name: key for key, names in COLUMNS.items() for name in (key, *names)}
_ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_CELL = 10_000_000


@dataclass
class Row:
    """One row: its line in the file, the facts by field name, and what is wrong with it, if anything."""

    line: int
    raw: str
    facts: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass
class Sheet:
    """An open table: `rows()` reads it."""

    path: Path
    encoding: str
    size: int

    def rows(self) -> Iterator[Row]:
        """Every row. Raises `Unreadable` where the heading misses a column or names an unknown one."""
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file)
            try:
                columns = _columns(next(reader, []), self.path.name)
                yield from self._rows(reader, columns)
            except csv.Error as error:
                raise Unreadable(
                    f"{self.path.name} 第 {reader.line_num} 行：表格读不下去（{error}）；请检查引号"
                ) from error

    def _rows(self, reader: Any, columns: list[str]) -> Iterator[Row]:
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _row(line, cells, columns)

    def count(self) -> int:
        """How many rows there are, for a progress bar: the file is read once through."""
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as file:
            return max(sum(any(cells) for cells in csv.reader(file)) - 1, 0)


def open_sheet(path: Path) -> Sheet:
    """The table, in UTF-8 (with or without a mark) or GB 18030. Raises `Unreadable`."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            encoding = next((name for name in _ENCODINGS if _decodes(file, name)), "")
    except OSError as error:
        raise Unreadable(f"{path.name}：无法读取（{error.strerror}）；请检查路径和权限") from error
    if not encoding:
        raise Unreadable(f"{path.name}：编码既不是 UTF-8 也不是 GB18030；请在 Excel 中另存为“CSV UTF-8”")
    return Sheet(path, encoding, size)


def _decodes(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(1 << 20):
            if b"\x00" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _columns(cells: list[str], name: str) -> list[str]:
    columns = [_NAMES.get(re.sub(r"\s+", "", cell).lower(), "") for cell in cells]
    unknown = [cell for cell, column in zip(cells, columns, strict=True) if not column and cell.strip()]
    if unknown:
        known = "、".join(names[0] for names in COLUMNS.values())
        raise Unreadable(f"{name} 第 1 行：不认识的列“{unknown[0]}”；可用的列：{known}")
    twice = next((column for column in columns if column and columns.count(column) > 1), "")
    if twice:
        raise Unreadable(f"{name} 第 1 行：“{COLUMNS[twice][0]}”列出现了两次；请只留一列")
    if "title" not in columns or not {"body", "body_file"} & set(columns):
        raise Unreadable(f"{name} 第 1 行：缺少“标题”列，或者“正文”“正文文件”两列都没有；请补上")
    return columns


def _row(line: int, cells: list[str], columns: list[str]) -> Row:
    row = Row(line, "\x1f".join(cells))
    if len(cells) > len(columns):
        row.problem = f"有 {len(cells)} 列，比标题行多：正文里有逗号或换行时，请加上双引号"
        return row
    for column, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        if not column or not text:
            continue
        try:
            row.facts[column] = _value(column, text)
        except ValueError as problem:
            row.problem = row.problem or f"“{COLUMNS[column][0]}”列：{problem}"
    if not row.problem and not row.facts.get("title"):
        row.problem = "“标题”列：没有填写"
    if not row.problem and not (row.facts.get("body") or row.facts.get("body_file")):
        row.problem = "“正文”列：没有填写，也没有给出正文文件"
    return row


def _value(column: str, text: str) -> Any:
    if column in DATES:
        return _date(text)
    if column in LISTS:
        return [
            part
            for part in re.split(r"[;；\n]|、" if column != "attachments" else r"[;；\n]", text)
            if part.strip()
        ]
    if column == "body":
        return normalised(text)
    return re.sub(r"\s+", " ", text)


def _date(text: str) -> dt.date:
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = find_date(text)
    if found is None:
        raise ValueError(f"“{text[:20]}”不是日期，请写成 2017-06-19")
    return found
