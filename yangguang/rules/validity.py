"""Terms that a document sets itself: 自2017年7月1日起施行，有效期5年；试行期两年；有效期至2020年12月31日.

What is read is a proposal: the editor confirms it, and only the confirmed day counts.
"""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

_DAY = r"(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_START = re.compile(
    rf"自\s*(?P<day>{_DAY})\s*起(?:正式)?(?:施行|实施|执行|生效)"
    rf"|自(?P<word>发布|印发|公布|成文|签发)之日起(?:满?\s*(?P<wait>{_NUMBER})\s*(?P<unit>日|天|个月)后)?(?:正式)?(?:施行|实施|执行|生效)"
)
_LENGTH = re.compile(
    rf"(?:有效期限?|试行期限?|施行期限?|执行期限?|试行)(?:为|是|：|暂定)?\s*(?P<number>{_NUMBER})\s*(?P<unit>年|个月)"
)
_UNTIL = re.compile(
    rf"(?:有效期限?|试行期限?|施行期限?|执行期限?|施行|执行|试行|有效)(?:为|自)?[^，。；\n]{{0,24}}?(?:至|到|截至|截止到?)\s*(?P<day>{_DAY})"
)
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_BASIS = {
    "发布": ("released_on", "proclaimed_on", "made_on"),
    "印发": ("made_on", "released_on"),
    "公布": ("proclaimed_on", "released_on", "made_on"),
    "成文": ("made_on",),
    "签发": ("made_on",),
}


@dataclass(frozen=True)
class Validity:
    """What a text says of its own term. Days are None where the text, or the dates known, do not tell.

    `expires_on` is the last day in force; `phrases` are the words that say so, as they stand in the text.
    """

    effective_on: dt.date | None
    expires_on: dt.date | None
    phrases: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.effective_on or self.expires_on)


def read(text: str, dates: Mapping[str, dt.date | None]) -> Validity:
    """Find a document's first day and last day in force in its text.

    `dates` are those already known (`made_on`, `proclaimed_on`, `released_on`, `effective_on`), for terms
    that count from the day of issue. The last sentence that says so wins: such clauses end a document, and
    what an older document said is cited before. A term of n years ends on the eve of its anniversary
    (民法典 Art. 200 counts by the year; the first day of force is itself in force).
    """
    starts, lengths, ends = (_last(pattern, text) for pattern in (_START, _LENGTH, _UNTIL))
    effective_on = _first_day(starts, dates) if starts else dates.get("effective_on")
    expires_on: dt.date | None = None
    said = [starts]
    if ends and (lengths is None or ends.start() >= lengths.start()):
        expires_on = _day(ends["day"])
        said.append(ends)
    elif lengths:
        first = effective_on or dates.get("released_on") or dates.get("made_on")
        expires_on = _last_day(first, lengths) if first else None
        said.append(lengths)
    return Validity(
        _first_day(starts, dates) if starts else None,
        expires_on,
        tuple(found[0] for found in said if found),
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(list(pattern.finditer(text))[-1:]), None)


def _first_day(found: re.Match[str], dates: Mapping[str, dt.date | None]) -> dt.date | None:
    if found["day"]:
        return _day(found["day"])
    issued = next((day for name in _BASIS[found["word"]] if (day := dates.get(name))), None)
    if issued is None or not found["wait"]:
        return issued
    number = _number(found["wait"])
    return _months_on(issued, number) if found["unit"] == "个月" else issued + dt.timedelta(days=number)


def _last_day(first: dt.date, found: re.Match[str]) -> dt.date | None:
    months = _number(found["number"]) * (12 if found["unit"] == "年" else 1)
    if not 0 < months <= 1200:
        return None
    return _months_on(first, months) - dt.timedelta(days=1)


def _months_on(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _day(written: str) -> dt.date | None:
    year, month, day = map(int, re.findall(r"\d+", written))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return _DIGITS.get(written, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
