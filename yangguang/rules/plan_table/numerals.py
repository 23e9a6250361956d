"""Numerals that open a heading, a task or a serial cell: 一、 （一） 1. １． 1.1 ⑴ ① 第一章."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = "十百"
_HAN = "[零〇一二三四五六七八九十百两]{1,5}"

# Most specific first: "1.1" before "1.". A full stop must not be a decimal point, nor 2017年 a number.
# In 5.12320卫生热线 and 4.5G基站 the number is 5 and 4: a hotline or 5G opens the task itself.
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第\s*({_HAN}|\d{{1,2}})\s*[章部节编]分?(?![^\s:、.,]?[门位])\s*[:、.,]?\s*")),
    ("han", re.compile(rf"(?:第)?({_HAN})\s*[、.．,]\s*")),
    ("han-bracket", re.compile(rf"\(\s*({_HAN})\s*\)\s*[、.,]?\s*")),
    ("han-bracket", re.compile(r"([㈠-㈩])\s*[、.,]?\s*")),
    (
        "dotted",
        re.compile(r"(\d{1,3}[.\-]\d{1,3}(?:[.\-]\d{1,3})*)(?![\d%个万亿元年月日座项件次倍G])\s*[、.)]?\s*"),
    ),
    ("digit-bracket", re.compile(r"\(\s*(\d{1,3})\s*\)\s*[、.,]?\s*")),
    ("digit-bracket", re.compile(r"([⑴-⒇])\s*[、.,]?\s*")),
    (
        "digit",
        re.compile(r"(\d{1,3})\s*(?:[、)]|[.,]\s|[.,](?!\d)|\.(?=\d{4,5}(?![\d%个万亿元])|[2-6]G))\s*"),
    ),
    ("digit", re.compile(r"([⒈-⒛])\s*")),
    ("circle", re.compile(r"([①-⑳])\s*[、.,]?\s*")),
)


@dataclass(frozen=True)
class Numeral:
    """A numeral at the start of a text: its style, its value, and how many characters it takes."""

    style: str
    value: int
    length: int


def leading_numeral(key: str) -> Numeral | None:
    """The numeral that opens `key` (a text for matching, see `source.key_of`), or None.

    >>> leading_numeral("十二、推进扶贫")
    Numeral(style='han', value=12, length=3)
    """
    start = len(key) - len(key.lstrip())
    for style, pattern in _STYLES:
        found = pattern.match(key, start)
        if found:
            value = _value(found.group(1))
            if value is not None:
                return Numeral(style, value, found.end())
    return None


def serial_value(key: str) -> int | None:
    """The number in a serial cell: 3, 3., 三, （三）, ③, 1-3 (its last part); None for anything else."""
    plain = key.strip().strip("()、.,第项号").strip()
    if not plain:
        return None
    return _value(plain)


def is_han_serial(key: str) -> bool:
    """True for 一, （一）, 十二、: the way a table numbers its areas when tasks have digits."""
    return re.fullmatch(rf"\(?{_HAN}\)?[、.]?|[㈠-㈩]", key.strip()) is not None


def _value(sign: str) -> int | None:
    if len(sign) == 1:
        for first in "㈠⑴⒈①":
            count = 10 if first == "㈠" else 20
            if ord(first) <= ord(sign) < ord(first) + count:
                return ord(sign) - ord(first) + 1
    if re.fullmatch(r"\d{1,4}", sign):
        return int(sign)
    if re.fullmatch(r"\d+(?:[.\-]\d+)+", sign):
        return int(re.split(r"[.\-]", sign)[-1])
    return _han_value(sign)


def _han_value(sign: str) -> int | None:
    if not sign or any(character not in _DIGITS and character not in _TENS for character in sign):
        return None
    if all(character in _DIGITS for character in sign):
        return int("".join(str(_DIGITS[character]) for character in sign))
    total, digit = 0, 1
    pending = False
    for character in sign:
        if character in _DIGITS:
            digit, pending = _DIGITS[character], True
        else:
            total += (digit if pending or not total else 1) * (10 if character == "十" else 100)
            digit, pending = 0, False
    return total + (digit if pending else 0)
