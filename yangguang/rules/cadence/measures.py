"""What can be counted in a task: so many sources, so many datasets, so many working days.

A measure is a number with its counting word that the unit commits itself to. Numbers that name
something are none: years and dates, document numbers, coefficients, 第三条, “三公开”, 4类产品 in a
bracket that only describes, 两个目录清单.
"""

import re
from dataclasses import dataclass

from yangguang.rules.cadence.folded import MASKED, Folded


@dataclass(frozen=True)
class Measure:
    """A checkable commitment: the number with its counting word as printed, and the two apart."""

    phrase: str
    value: int | float
    unit: str


_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_HAN = r"[一二两三四五六七八九十百千万]+"
_TIME_UNIT = r"个?(?:工作日|自然日|日历日|小时|分钟|星期|月(?!\d)|日|天|周)"
_COUNTER = (
    r"(?:人次|万件|万条|万项|万次|家次|户次|座|项|个|件|条|篇|场|家|份|户|批|套|台|处|类|例|宗|次|幅|只|部|名|人"
    r"|期(?!间)|种|块|所)"
)
_AT_LEAST = (
    r"(?:不得?少于|不得?低于|至少|不小于|超过|达到|达|突破|力争|多于|不得?超过|不多于|最长|最多|不晚于)"
)
_OR_MORE = r"(?:以上|以内|以下|之内|左右|内)"
_THINGS = "项个件座家条"
_NAMED = r"(?!区|市|县|省|镇|街道|部门|单位|方面|目录清单|环节|国家|五年)"

_BOUNDED = re.compile(
    rf"(?P<before>{_AT_LEAST}(?:为|到|召开|公开|发布|更新|开展|举办)?)?(?:(?P<digits>{_DIGITS})|(?P<han>{_HAN}))"
    rf"(?P<unit>%|{_TIME_UNIT}|{_COUNTER})(?P<after>{_OR_MORE})?(?P<name>{_NAMED})?"
)
_HUNDREDTHS = re.compile(rf"百分之(?P<number>{_DIGITS}|{_HAN})")
_RATE = re.compile(r"每一?个?(?:半年|年度?|季度?|月度?|周|日|天)[^,。;]{0,8}$")
# 第3项 and 2017年12月 name; 系数0.5 weighs; 号 5 个 continues a number.
_NAMING_BEFORE = re.compile(r"(?:第|系数(?:为)?|[.\d〔-])$")
_BRACKET = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"[“\"「『][^”\"」』]*[”\"」』]")
_ORDINAL = re.compile(r"^\(?\d+[.、)](?=\D)")


def read_measures(text: Folded) -> tuple[Measure, ...]:
    """The commitments of the text in printed order."""
    plain = text.text
    for pattern in (_BRACKET, _QUOTED, _ORDINAL):
        plain = pattern.sub(lambda found: MASKED * len(found.group()), plain)
    found_at: list[tuple[int, Measure]] = []
    for found in _HUNDREDTHS.finditer(plain):
        phrase = text.phrase(found.start(), found.end())
        found_at.append((found.start(), Measure(phrase, _value(found["number"]), "%")))
    taken = [found.span() for found in _HUNDREDTHS.finditer(plain)]
    for found in _BOUNDED.finditer(plain):
        overlaps = any(start < found.end() and found.start() < end for start, end in taken)
        if not overlaps and _commits(found, plain):
            start, end = found.start("digits" if found["digits"] else "han"), found.end("unit")
            value = _value(found["digits"] or found["han"])
            found_at.append((start, Measure(text.phrase(start, end), value, found["unit"])))
    return tuple(measure for _, measure in sorted(found_at, key=lambda pair: pair[0]))


def _commits(found: re.Match[str], plain: str) -> bool:
    before = plain[: found.start()]
    if _NAMING_BEFORE.search(before):
        return False
    bounded = bool(found["before"] or found["after"])
    unit = found["unit"]
    if re.fullmatch(_TIME_UNIT, unit):
        return _is_term(found, before, plain)
    if unit == "%":
        return True
    if found["digits"]:
        return bounded or found["name"] is not None
    # 每年两次 says more than how often, 每年一次 does not; 百项清单 is a round name.
    value = _value(found["han"])
    if bounded or (value > 1 and _RATE.search(before)):
        return True
    return found["name"] is not None and value >= 10 and found["han"][0] not in "百千万" and unit in _THINGS


def _is_term(found: re.Match[str], before: str, plain: str) -> bool:
    """A length of time binds when it ends something (10个工作日内), lasts (公示5个工作日), or is a bound."""
    unit = found["unit"].removeprefix("个")
    if re.search(r"(?:近|过去|最近)$", before):
        return False
    if unit in ("日", "天", "月", "周", "星期", "分钟") and not found["unit"].startswith("个"):
        return found["after"] in ("内", "以内", "之内") or (unit != "月" and found["before"] is not None)
    if unit == "月":
        return bool(found["before"] or found["after"])
    return True


def _value(printed: str) -> int | float:
    """1,200 → 1200, 99.5 → 99.5, 二十 → 20, 一百零五 is not written in plans."""
    if printed[0].isdigit():
        plain = printed.replace(",", "")
        return float(plain) if "." in plain else int(plain)
    return _han_value(printed)


def _han_value(printed: str) -> int:
    units = {"十": 10, "百": 100, "千": 1000}
    total, section, digit = 0, 0, 0
    for character in printed:
        if character in units:
            section += (digit or 1) * units[character]
            digit = 0
        elif character == "万":
            total, section, digit = (total + section + digit or 1) * 10000, 0, 0
        else:
            digit = 2 if character == "两" else "一二三四五六七八九".index(character) + 1
    return total + section + digit
