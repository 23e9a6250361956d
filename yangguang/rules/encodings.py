"""Bytes → text, where nobody told the encoding."""

from __future__ import annotations

import re
from contextlib import suppress

from yangguang.rules.plan_table import Unreadable

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


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


def decode_page(data: bytes) -> str:
    """The text of a web page: in the encoding that it declares, where it is that; else as `decode`.

    Without the XML declaration, which parsers refuse in a decoded text and which means nothing there.
    """
    return _DECLARATION.sub("", _as_declared(data))


def _as_declared(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared.group(1).decode("ascii").lower()
        with suppress(LookupError, UnicodeDecodeError):
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
    return decode(data)


def _is_chinese(text: str) -> bool:
    """At least half of the signs are Han: UTF-16 without a mark, guessed rightly."""
    return sum("一" <= sign <= "鿿" for sign in text) * 2 > len(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise Unreadable("UTF-16 编码不完整；请另存为 UTF-8 编码的 .txt") from error
