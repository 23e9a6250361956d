"""The five dates that an editor gives to a document, and what cannot be true of them.

The sixth, 上网, is the machine's. A document may take effect before it was made (a subsidy for the year that
runs), so that 施行 is not compared with 成文.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

NAMES = {
    "made_on": "成文日期",
    "proclaimed_on": "公布日期",
    "released_on": "发布日期",
    "effective_on": "施行日期",
    "expires_on": "有效期至",
}
_IN_ORDER = (
    ("made_on", "proclaimed_on", "文件先签发，后公布"),
    ("made_on", "released_on", "文件先签发，后发布"),
    ("made_on", "expires_on", "有效期不能在成文以前届满"),
    ("effective_on", "expires_on", "有效期不能在施行以前届满"),
)
_NOT_AHEAD = ("made_on", "proclaimed_on", "released_on")


def disorder(dates: Mapping[str, dt.date | None]) -> Iterator[tuple[str, str]]:
    """Each pair of dates in an impossible order, as (the later one's name, a sentence for the editor)."""
    for first, second, why in _IN_ORDER:
        before, after = dates.get(first), dates.get(second)
        if before and after and after < before:
            yield second, f"{NAMES[second]} {after} 早于{NAMES[first]} {before}：{why}，请核对两个日期。"


def ahead(dates: Mapping[str, dt.date | None], today: dt.date) -> Iterator[tuple[str, str]]:
    """Each date that tells of what was done but has not come yet, as `disorder` does."""
    for name in _NOT_AHEAD:
        day = dates.get(name)
        if day and day > today:
            yield name, f"{NAMES[name]} {day} 还没有到（今天 {today}）：请填已经发生的日期。"
