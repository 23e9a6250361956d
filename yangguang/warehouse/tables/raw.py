"""Cells of a workbook as texts that a table of texts can hold, and back.

Text stands as it is; all else, and text with signs that do not print, is marked. A mark is in no canonical
form (`rules.tables.canonical`), so that such cells are read one by one.
"""

import datetime as dt
import json
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from yangguang.rules.tables.canonical import MOST_DIGITS
from yangguang.rules.tables.cells import Doubtful, Percent, Serial
from yangguang.rules.tables.figures import Unworked
from yangguang.rules.tables.schema import Field, Type

MARK = "\x01"


@dataclass(frozen=True)
class Strange:
    """A cell that is no single value; its text shows in the report."""

    text: str

    def __str__(self) -> str:
        return self.text


def encode(cell: object, field: Field | None = None, *, unit: str = "", missing: Collection[str] = ()) -> str:
    """A cell as text. Where `field` is told, a figure that needs no change stands in its canonical form.

    `unit` is the unit that the file states for the column: its figures are all converted. `missing` are the
    words for "no value", which a figure never is.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if cell.isprintable() else f"{MARK}t{json.dumps(cell)}"
    if field is not None and not unit and (plain := _plain(cell, field.type)) and plain not in missing:
        return plain
    return MARK + _marked(cell)


def _plain(cell: object, kind: Type) -> str:
    """A number in the canonical form of the column's figures; "" for what is none, or needs a look."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not math.isfinite(cell):
        return ""
    if cell == int(cell):
        whole = int(cell)
        fits = 1000 <= whole < 3000 if kind is Type.YEAR else abs(whole) < 10**MOST_DIGITS
        return str(whole) if fits and kind.is_numeric else ""
    text = repr(cell)
    short = "e" not in text and len(text.lstrip("-")) <= MOST_DIGITS + 1
    return text if short and kind is Type.NUMBER else ""


def _marked(cell: object) -> str:
    match cell:
        case bool():
            return f"b{int(cell)}"
        case int():
            return f"i{cell}"
        case float():
            return f"f{cell!r}"
        case Decimal():
            return f"n{cell}"
        case dt.datetime():
            return f"m{cell.isoformat()}"
        case dt.date():
            return f"d{cell.isoformat()}"
        case Serial():
            return f"{'S' if cell.base_1904 else 's'}{cell.number!r}"
        case Percent():
            return f"p{cell.number!r}"
        case Doubtful():
            return f"h{cell.number!r}"
        case Unworked():
            return "u"
        case _:
            return f"o{cell}"


_READ: dict[str, Callable[[str], object]] = {
    "t": json.loads,
    "b": "1".__eq__,
    "i": int,
    "f": float,
    "n": Decimal,
    "m": dt.datetime.fromisoformat,
    "d": dt.date.fromisoformat,
    "s": lambda text: Serial(float(text)),
    "S": lambda text: Serial(float(text), base_1904=True),
    "p": lambda text: Percent(float(text)),
    "h": lambda text: Doubtful(float(text)),
    "u": lambda _: Unworked(),
    "o": Strange,
}


def decode(text: str | None) -> object:
    """The cell that `encode` made the text of."""
    if text is None or not text.startswith(MARK):
        return text
    return _READ[text[1]](text[2:])
