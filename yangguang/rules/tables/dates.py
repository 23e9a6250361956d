"""Dates as officials write them, and as Excel counts them."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeVar

from yangguang.rules.tables.characters import half_width

_SEPARATED = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MONTH = re.compile(r"(\d{4})\s*(?:年\s*(\d{1,2})\s*月份?|[-/.]\s*(\d{1,2}))|((?:19|20)\d\d)(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(\d{4})\s*(?:年度?)?")
_TIME = re.compile(r"(\d{1,2})\s*[::时]\s*(\d{1,2})\s*(?:分|[::]\s*(\d{1,2})(?:\.0+)?\s*秒?)?")
_HAN_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_HAN_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,4})[日号]"
)
_Day = TypeVar("_Day", dt.date, dt.datetime)
FIRST_YEAR, LAST_YEAR = 1000, 2999
SHANGHAI = dt.timedelta(hours=8)


@dataclass(frozen=True)
class Serial:
    """A number in a cell that the workbook formats as a date: days since its base, which may be 1904."""

    number: float
    base_1904: bool = False

    @classmethod
    def of(cls, moment: dt.datetime, *, base_1904: bool = False) -> "Serial":
        """The number that stands for a moment."""
        if base_1904:
            base = dt.datetime(1904, 1, 1)  # noqa: DTZ001 workbooks know no zone
        else:
            base = dt.datetime(1899, 12, 30)  # noqa: DTZ001
            base += dt.timedelta(days=int(moment < dt.datetime(1900, 3, 1)))  # noqa: DTZ001
        return cls((moment - base) / dt.timedelta(days=1), base_1904)

    def __str__(self) -> str:
        try:
            moment = self.moment()
        except ValueError:
            return f"{self.number:.15g}"
        return f"{moment:%Y-%m-%d}" if moment.time() == dt.time() else f"{moment:%Y-%m-%d %H:%M:%S}"

    def moment(self) -> dt.datetime:
        """The moment it stands for, to the second. Raises ValueError where there is none.

        In the 1900 system Excel counts 1900-02-29 (60), a day that never was (ECMA-376 part 1, 18.17.4.1):
        days before it are one off, and the day itself is nothing.
        """
        if not 0 <= self.number < 2_958_466:
            raise ValueError("超出 Excel 日期的范围")
        if self.base_1904:
            base = dt.date(1904, 1, 1)
        elif 60 <= self.number < 61:
            raise ValueError("Excel 的 1900-02-29 并不存在")
        elif self.number < 1:
            raise ValueError("只有时间，没有日期")
        else:
            base = dt.date(1899, 12, 31) if self.number < 60 else dt.date(1899, 12, 30)
        return dt.datetime.combine(base, dt.time()) + dt.timedelta(seconds=round(self.number * 86_400))


def read_date(text: str) -> dt.date:
    """A whole date in one of the forms in use. Raises ValueError for any other, and a day that never was.

    Day and month before the year, and years of two digits, are not read: nobody can tell what they mean.
    """
    plain = half_width(text).strip()
    if found := _SEPARATED.fullmatch(plain):
        return _date(found[1], found[3], found[4])
    if found := _CHINESE.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _date(found[1], found[2], found[3])
    if found := _HAN_DATE.fullmatch(re.sub(r"\s", "", plain)):
        year = "".join(_HAN_DIGITS[sign] for sign in found[1])
        return _date(year, str(_han(found[2])), str(_han(found[3])))
    raise ValueError(text)


def read_moment(text: str) -> dt.datetime:
    """A date with its time of day, Shanghai time; one with another zone is moved there. Raises ValueError."""
    plain = half_width(text).strip()
    if re.search(r"(?:Z|[+-]\d\d:?\d\d)$", plain) and "T" in plain:
        told = dt.datetime.fromisoformat(plain)
        return in_range((told.astimezone(dt.UTC) + SHANGHAI).replace(tzinfo=None, microsecond=0))
    day, sign, time = re.sub(r"(?<=[日号])\s*(?=\d)", " ", plain).replace("T", " ", 1).rpartition(" ")
    found = _TIME.fullmatch(time)
    if not sign or not found:
        raise ValueError(text)
    return dt.datetime.combine(read_date(day), dt.time(int(found[1]), int(found[2]), int(found[3] or 0)))


def read_month(text: str) -> str:
    """A month as 2017-06: from 2017年6月, 2017-6, 2017/06, 2017.6, 201706. Raises ValueError.

    2017.1 is refused: typed as a number it may have been 2017.10.
    """
    plain = half_width(text).strip()
    found = _MONTH.fullmatch(plain)
    if not found or re.fullmatch(r"\d{4}\.1", plain):
        raise ValueError(text)
    year, month = int(found[1] or found[4]), int(found[2] or found[3] or found[5])
    return f"{in_range(dt.date(year, month, 1)):%Y-%m}"


def read_year(text: str) -> int:
    """A year: 2017, 2017年, 2017年度. Raises ValueError."""
    found = _YEAR.fullmatch(half_width(text).strip())
    if not found:
        raise ValueError(text)
    return in_range(dt.date(int(found[1]), 1, 1)).year


def _date(year: str, month: str, day: str) -> dt.date:
    return in_range(dt.date(int(year), int(month), int(day)))


def in_range(day: _Day) -> _Day:
    """The day, if its year is one that registers hold. Raises ValueError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"年份不在 {FIRST_YEAR}—{LAST_YEAR}")
    return day


def _han(numeral: str) -> int:
    """一 … 三十一."""
    tens, sign, ones = numeral.partition("十")
    if not sign:
        if len(numeral) != 1:
            raise ValueError(numeral)
        return int(_HAN_DIGITS[numeral])
    if len(tens) > 1 or len(ones) > 1 or ones == sign:
        raise ValueError(numeral)
    return int(_HAN_DIGITS[tens] if tens else "1") * 10 + int(_HAN_DIGITS[ones] if ones else "0")
