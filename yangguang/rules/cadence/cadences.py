"""How often, or by when: the words of a task that promise a time.

A plan's promise is read from its own words only. What looks like a time but promises none is left
out: the name of a year or quarter (2016年度自评, 年度重大项目计划), everyday supervision (日常监督),
the wishes of somebody above (按照省有关要求), what is *not* regular (不定期).
"""

import re
from dataclasses import dataclass

from yangguang.rules.cadence.folded import Folded

CADENCES = (
    "daily",
    "monthly",
    "quarterly",
    "half_yearly",
    "yearly",
    "by_deadline",
    "periodic",
    "timely",
    "when_due",
    "none",
)
"""From the most to the least specific, as the public contract of `plan read --json` lists them."""


@dataclass(frozen=True)
class CadenceMention:
    """One promise of time: its cadence, and the words as printed."""

    cadence: str
    phrase: str


_YEAR = r"(?:(?:20\d\d|[二〇○零一二三四五六七八九]{4}|今|明|当|本|次)年度?)"
_MONTH = r"(?:(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?)"
_DAY = r"(?:(?:[12]\d|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])"
_SEASON = r"(?:(?:第?[一二三四1-4]季度|[上下]半年)(?:末|底)?)"
_POINT = (
    rf"(?:{_YEAR}?{_MONTH}(?:{_DAY}|[底末初]|[上中下]旬)?|{_YEAR}?{_SEASON}|{_YEAR}?年?[底末]|{_YEAR}"
    r"|20\d\d[-./](?:1[0-2]|0?[1-9])(?:[-./](?:[12]\d|3[01]|0?[1-9]))?)"
)
_NUMBER = r"(?:\d+|[一二两三四五六七八九十百]+)"
_PUBLISH = (
    r"(?:公开|公布|发布|公示|通报|更新|披露|推送|报告|报送|抽查|检查|考核|监测|调度|分析|汇总|自查|普查)"
)
_EVERY = r"(?:每一?个?|按照?|逐|分)"

# In each pattern the longest way to say it comes first. A pattern earlier in the table wins a place
# in the text, so that 每半年 is not read as 每年, nor 上半年和全年 as the name of a deadline.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("daily", r"每个?工作日|每一?[日天](?!常)|按日(?!程|常|期)|逐日|每24小时|一日一\w"),
    (
        "half_yearly",
        r"每[隔个一]*半年度?|按(?:照)?半年度?|逐半年|每[6六]个月|(?:一|每)年(?:两|二|2)次|上半年[和及、与](?:全年|下半年)|上下半年|半年度?[、和及]年度"
        rf"|半年度?(?:一次|{_PUBLISH})",
    ),
    (
        "quarterly",
        rf"{_EVERY}季度?(?!节)|每[3三]个月|一季度?一次|季度(?:末|初)?(?:一次|{_PUBLISH})|(?<=月度、)季度|季报",
    ),
    (
        "monthly",
        rf"{_EVERY}月度?(?!饼|份)|次月(?=\d|[一二三十上中下]|底|初)|一月一次|月度(?:{_PUBLISH}|[、和及]季度)|月报",
    ),
    (
        "yearly",
        r"每一?个?(?:自然)?年度?(?!龄)|按照?年(?!龄|级|轻|度)|按照?年度(?=公|发|披|向|通|更|汇|,|、|$)"
        rf"|逐年(?={_PUBLISH})|一年一次|每12个月|每十二个月|(?<=季度、)年度",
    ),
    (
        "by_deadline",
        rf"(?:{_POINT}|{_NUMBER}[日号])(?:之前|以前|前|之内|以内)|{_POINT}(?=[^,。;:、]{{0,2}}完成)"
        rf"|(?:{_YEAR}|(?<!\d)(?<![一二两三四五六七八九十])年)内|(?<!近)(?<!过去)(?<!最近){_NUMBER}个?(?:工作日|小时|分钟|星期|日|天|周|月)(?:之内|以内|内)"
        r"|(?:当|次)日内?(?=公|发|上|更|向|在|披)|[一半]年(?:之内|以内|内)",
    ),
    (
        "periodic",
        r"(?<![不规法指约固特])定期(?!限|间|存款|满|贷款|寿险)|按[固规]定周期|每一?个?[周旬]|按周(?!期)|每[两二2]个?(?:月|周|年)|每隔",
    ),
    ("timely", r"(?<!不)(?<!不够)及时(?!性|率|雨)|第一时间|实时|即时"),
    ("when_due", r"适时|按照?要求|视情(?:况|形)?|择机|择期|酌情"),
)
_COMPILED = tuple((cadence, re.compile(pattern)) for cadence, pattern in _PATTERNS)

# What a cell of a "time" column says when it holds nothing else.
_BARE = (
    ("half_yearly", re.compile(r"半年度?")),
    ("daily", re.compile(r"[日天]")),
    ("monthly", re.compile(r"月度?")),
    ("quarterly", re.compile(r"季度?")),
    ("yearly", re.compile(r"年度?")),
    ("by_deadline", re.compile(_POINT)),
)
_BREAK = re.compile(r"[。;,:]")


def read_mentions(text: Folded) -> tuple[CadenceMention, ...]:
    """Every promise of time in the text, in printed order, without overlaps."""
    spans: list[tuple[int, int, str]] = []
    for cadence, pattern in _COMPILED:
        for found in pattern.finditer(text.text):
            if not any(found.start() < end and start < found.end() for start, end, _ in spans):
                spans.append((found.start(), found.end(), cadence))
    for start, end, cadence in _bare_cells(text.text):
        if not any(start < taken_end and taken < end for taken, taken_end, _ in spans):
            spans.append((start, end, cadence))
    return tuple(CadenceMention(cadence, text.phrase(start, end)) for start, end, cadence in sorted(spans))


def most_specific(mentions: tuple[CadenceMention, ...]) -> str:
    """The first in the order of `CADENCES` that is mentioned; "none" when nothing is."""
    return min((mention.cadence for mention in mentions), key=CADENCES.index, default="none")


def _bare_cells(text: str) -> list[tuple[int, int, str]]:
    """A part between two stops that is only a date or a period, as in the cell 「2018年12月」."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for stop in [*(found.start() for found in _BREAK.finditer(text)), len(text)]:
        for cadence, pattern in _BARE:
            if pattern.fullmatch(text, start, stop):
                spans.append((start, stop, cadence))
                break
        start = stop + 1
    return spans
