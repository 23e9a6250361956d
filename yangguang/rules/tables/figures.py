"""Figures as officials write them: 1,234.5  ￥12  3.2亿元  12.5%  ＋７."""

import re
from dataclasses import dataclass
from decimal import Decimal

from yangguang.rules.tables import canonical, units
from yangguang.rules.tables.characters import half_width
from yangguang.rules.tables.outcome import Changed, Refused

_FIGURE = re.compile(
    r"(?P<currency>[¥￥]|RMB|人民币)?\s*(?P<sign>[+-]?)\s*(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
    r"(?P<part>\.[0-9]+)?\s*(?P<unit>[^0-9\s.,+\-][^\s]{0,9})?"
)
_REMEDY = "请只填数字；没有数据就留空，说明写到备注列"


@dataclass(frozen=True)
class Percent:
    """A number of a cell that the workbook shows as a percentage: 0.125 for 12.5%."""

    number: float

    def __str__(self) -> str:
        return f"{plain(rounded(exact(self.number) * 100))}%"


@dataclass(frozen=True)
class Doubtful:
    """A number of at most 1 from a file that does not tell whether it is shown as a percentage."""

    number: float

    def __str__(self) -> str:
        return repr(self.number)


@dataclass(frozen=True)
class Unworked:
    """A formula whose value the file does not hold."""

    def __str__(self) -> str:
        return "公式"


@dataclass(frozen=True)
class Figure:
    """A number, the unit that the cell itself states ("" for none), what was done to its form."""

    value: Decimal
    unit: str
    done: tuple[Changed, ...]


def read_figure(text: str, unit: str) -> Figure:
    """The figure of a text. `unit` is the column's; ￥ says that it is 元. Raises Refused.

    A comma is taken for a thousands separator only in its place: 12,34 is refused. So are 1.2E+05, (12),
    ranges and words.
    """
    plain = half_width(text)
    found = _FIGURE.fullmatch(plain.replace("¥", "￥"))
    if not found:
        raise Refused("不是一个数", _REMEDY)
    stated = found["unit"] or ("元" if found["currency"] else "")
    if found["unit"] and not units.is_unit(found["unit"]):
        raise Refused("数字后面有别的文字", _REMEDY)
    if found["currency"] and found["unit"] and units.factor(found["unit"], "元") is None:
        raise Refused("货币符号与计量单位不符", _REMEDY)
    if found["currency"] and not found["unit"] and units.factor("元", unit) not in (None, 1):
        raise Refused(f"写了货币符号，而这一列的单位是{unit}，看不出是元还是{unit}", _REMEDY)
    whole = found["whole"].replace(",", "")
    part = found["part"] or ""
    sign = "-" if found["sign"] == "-" else ""
    value = Decimal(f"{sign}{whole}{part}")
    done = [
        *([Changed.WIDTH] if plain != text else []),
        *([Changed.THOUSANDS] if "," in found["whole"] else []),
        *([Changed.SIGN] if found["sign"] == "+" or found["currency"] else []),
        *([Changed.ZEROS] if re.match(r"0[0-9]", whole) or (sign and not value) else []),
        *([Changed.TRIM] if re.search(r"\s", plain) else []),
    ]
    return Figure(value if value else abs(value), stated, tuple(done))


def exact(raw: int | float | Decimal) -> Decimal:
    """A number as the shortest decimal that stands for it."""
    return Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)


def digits(value: Decimal) -> int:
    """How many digits its written form has; the zero before the point does not count."""
    whole, _, part = f"{abs(value):f}".partition(".")
    return len(whole.lstrip("0")) + len(part)


def rounded(value: Decimal) -> Decimal:
    """Rounded to 15 significant digits, and to 15 decimals; zeros at the end of the decimals go."""
    if not value:
        return Decimal(0)
    places = min(canonical.MOST_DIGITS - 1 - value.adjusted(), canonical.MOST_DIGITS)
    return plain(round(value, max(places, 0)))


def plain(value: Decimal) -> Decimal:
    """The number without zeros at the end of its decimals and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def same_unit(written: str, wanted: str) -> bool:
    return units.factor(written, wanted) == 1


def converted(value: Decimal, written: str, wanted: str) -> Decimal:
    """The figure in the wanted unit, exact. Raises Refused where the two measure different things."""
    if not wanted:
        raise Refused(
            f"写了计量单位“{written}”，而这一列没有计量单位",
            "请去掉单位，或者联系登记册的维护人为这一列定单位",
        )
    factor = units.factor(written, wanted)
    if factor is None:
        raise Refused(f"写的单位是“{written}”，这一列的单位是“{wanted}”，不能换算", f"请按“{wanted}”填写")
    return value if factor == 1 else plain(value * factor)
