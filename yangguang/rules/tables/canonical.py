"""The one written form of each type of value: what `cells.read_cell` leaves unchanged.

A pattern is matched against the whole cell and is read alike by Python's `re` (with fullmatch) and by RE2,
so that a database can pass clean cells at once and only the others are read one by one.
"""

import datetime as dt
from decimal import Decimal

from yangguang.rules.tables.characters import EDGE, FULL_ALNUM, UNSEEN
from yangguang.rules.tables.schema import Check, Field, Type

MOST_DIGITS = 15
"""Digits a number may have: as many as a double-precision number gives back unchanged."""

_DAY = (
    r"[12]\d{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|02-(?:0[1-9]|1\d|2[0-8]))"
    r"|(?:[12]\d(?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)-02-29"
)
# At most so many digits, wherever the point stands; and no minus before nothing.
_DECIMALS = "|".join(rf"-?[1-9]\d{{{i - 1}}}\.\d{{1,{MOST_DIGITS - i}}}" for i in range(1, MOST_DIGITS))
_BELOW_ZERO = "|".join(rf"-0\.0{{{i}}}[1-9]\d{{0,{MOST_DIGITS - 1 - i}}}" for i in range(MOST_DIGITS))
_PATTERNS = {
    Type.INTEGER: r"0|-?[1-9]\d{0,17}",
    Type.NUMBER: rf"0|-?[1-9]\d{{0,{MOST_DIGITS - 1}}}|0\.\d{{1,{MOST_DIGITS}}}|{_DECIMALS}|{_BELOW_ZERO}",
    Type.BOOLEAN: "true|false",
    Type.DATE: _DAY,
    Type.DATETIME: rf"(?:{_DAY})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d",
    Type.YEARMONTH: r"[12]\d{3}-(?:0[1-9]|1[0-2])",
    Type.YEAR: r"[12]\d{3}",
}


def pattern(field: Field) -> str:
    """The regular expression of the canonical form of a field's cells, missing values not counted."""
    if field.type is not Type.STRING:
        # \d is [0-9] for RE2 but any script's digits for Python.
        return f"(?:{_PATTERNS[field.type].replace(chr(92) + 'd', '[0-9]')})"
    inner = f"{UNSEEN}\\r"
    if field.is_code:
        inner += FULL_ALNUM
    if field.check is not Check.NONE:
        inner += f"a-z{EDGE}\\-"
    return f"[^{inner}{EDGE}](?:[^{inner}]*[^{inner}{EDGE}])?"


def write(value: object) -> str:
    """A value in its canonical form; "" for None. What `read_cell` reads back as the same value."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case dt.date():
            return value.isoformat()
        case float():
            return write(Decimal(repr(value)))
        case Decimal():
            return "0" if not value else f"{value:f}"
        case _:
            return str(value)
