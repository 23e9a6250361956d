"""Values of a table as a page shows them."""

import datetime as dt
from typing import Any

from yangguang.rules.tables.schema import Field, Type

EMPTY = ""


def shown(value: Any, field: Field) -> str:
    """A value in words: numbers with thousands, days as they are written, nothing for nothing.

    Codes and years are never given commas.
    """
    if value is None:
        return EMPTY
    match field.type:
        case Type.INTEGER:
            return f"{value:,}"
        case Type.NUMBER:
            return figure(value)
        case Type.BOOLEAN:
            return "是" if value else "否"
        case Type.DATETIME if isinstance(value, dt.datetime):
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(value)


def figure(value: float | None) -> str:
    """A number with thousands and no more decimals than it has: 1,234.5; 12; empty for none."""
    if value is None:
        return EMPTY
    if float(value).is_integer():
        return f"{int(value):,}"
    whole, _, decimals = f"{float(value):,.6f}".partition(".")
    return f"{whole}.{decimals.rstrip('0')}"


def is_figure(field: Field) -> bool:
    """Whether a column is set flush right."""
    return field.type in (Type.INTEGER, Type.NUMBER)
