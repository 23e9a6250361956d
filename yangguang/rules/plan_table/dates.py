"""Dates as Chinese documents print them."""

from __future__ import annotations

import re
from datetime import date

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "O": 0,
    "０": 0,
}
_ARABIC = re.compile(
    r"((?:19|20)\d\d)\s*(?:年|[-./])\s*(0?[1-9]|1[0-2])\s*(?:月|[-./])\s*(0?[1-9]|[12]\d|3[01])\s*日?(?!\d)"
)
_HAN = re.compile(
    r"([一二三四五六七八九零〇○OＯ]{4})年\s*(十[一二]?|[一二三四五六七八九])月\s*(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)


def find_date(key: str) -> date | None:
    """The first full date in a text: 2017年6月19日, 2017-06-19, 二〇一七年六月十九日."""
    for found in _ARABIC.finditer(key):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    found_han = _HAN.search(key)
    if not found_han:
        return None
    year = int("".join(str(_DIGITS.get(sign, 0)) for sign in found_han[1]))
    try:
        return date(year, _small(found_han[2]), _small(found_han[3]))
    except ValueError:
        return None


def is_date_line(key: str) -> bool:
    """A line that holds a date and nothing else (brackets and 印发 aside)."""
    plain = re.sub(r"\s+", "", key).strip("()")
    plain = re.sub(r"(?:印发|发布|公布)$", "", plain)
    return any(pattern.fullmatch(plain) for pattern in (_ARABIC, _HAN))


def _small(sign: str) -> int:
    """一…三十一."""
    if "十" not in sign:
        return _DIGITS[sign]
    tens, _, ones = sign.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
