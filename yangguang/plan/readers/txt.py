"""Text files: paragraphs, and tables flattened with tabs or bars."""

from __future__ import annotations

from yangguang.plan.readers.flattened import grids_in
from yangguang.plan.readers.raw import RawLine, RawSource
from yangguang.plan.readers.wrapped import paragraphs_of
from yangguang.rules.plan_table import Place, Unreadable


def read_txt(data: bytes) -> RawSource:
    """Read a text in UTF-8, UTF-16 or GB 18030 (which holds GBK)."""
    text = decode(data)
    lines = [RawLine(line, Place(line=number)) for number, line in enumerate(text.splitlines(), 1)]
    source = RawSource()
    for part in grids_in(lines):
        if isinstance(part, list):
            source.blocks.extend(paragraphs_of(part))
        else:
            source.blocks.append(part)
    return source


def decode(data: bytes) -> str:
    """The text of a file whose encoding nobody told: by its mark, else UTF-8, GB 18030, Big5, UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="replace")
        if _is_chinese(text):
            return text
    raise Unreadable("不是文本文件，或编码无法识别；请另存为 UTF-8 编码的 .txt")


def _is_chinese(text: str) -> bool:
    """At least half of the signs are Han: UTF-16 without a mark, guessed rightly."""
    return sum("一" <= sign <= "鿿" for sign in text) * 2 > len(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise Unreadable("UTF-16 编码不完整；请另存为 UTF-8 编码的 .txt") from error
