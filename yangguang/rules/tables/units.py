"""Units of measure in headings and cells, and the factor between two of them (亿元 → 万元).

Only powers of ten of one and the same unit are converted, and only where the unit is written down.
"""

import re
from decimal import Decimal

from yangguang.rules.tables.characters import half_width

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SAME = {
    "人民币元": "元",
    "块": "元",
    "rmb": "元",
    "¥": "元",
    "￥": "元",
    "度": "千瓦时",
    "kwh": "千瓦时",
    "公斤": "千克",
    "kg": "千克",
    "公里": "千米",
    "km": "千米",
    "m2": "平方米",
    "m²": "平方米",
    "㎡": "平方米",
    "t": "吨",
    "百分比": "%",
}
_MULTIPLIED = re.compile("([十百千万亿]*)(.+)")
_IN_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{1,12})[)\]】〕]\s*$")
_AFTER_SIGN = re.compile(r"(?:/|[,，]\s*|单位[::]\s*)([^/,，:\s]{1,8})$")
_NOTE = re.compile(r"(?:计量|金额|货币)?单位\s*[::]\s*([^;；。]{1,40})")
_NOT_A_UNIT = re.compile(r"\d{4}|[年月日]$|元旦|必填|选填|本|上|累计|同比|环比")
_KNOWN = re.compile(
    r"(?:[十百千万亿]*(?:元|吨|人次|人|户|家|个|件|套|宗|辆|台|项|例|分|次|天|日|工作日|小时|米|平方米|立方米|亩|公顷|瓦|瓦时|克|升|度|美元|港元))"
    r"|平方千米|平方公里|公里|公斤|%|‰|kwh|kg|km|t|m2|m²|㎡|rmb|人民币元|¥|mg/l|μg/m3|[a-zμ]{1,4}/[a-z]{1,3}\d?"
)


def factor(written: str, wanted: str) -> Decimal | None:
    """What a figure in the one unit is multiplied by to be in the other; None where nothing leads across.

    >>> factor("亿元", "万元")
    Decimal('10000')
    """
    first, second = _parsed(written), _parsed(wanted)
    if first is None or second is None or first[1] != second[1]:
        return None
    return Decimal(1).scaleb(first[0] - second[0]) if first[0] != second[0] else Decimal(1)


def is_unit(text: str) -> bool:
    """Whether the text is a unit that we know."""
    return bool(_KNOWN.fullmatch(_plain(text)))


def of_heading(heading: str) -> str:
    """The unit that a heading states: 金额（亿元） → 亿元, 面积/平方米 → 平方米; "" for none."""
    plain = half_width(heading).strip()
    for pattern in (_IN_BRACKETS, _AFTER_SIGN):
        found = pattern.search(plain)
        if found and is_unit(found[1].removeprefix("单位:")) and not _NOT_A_UNIT.search(found[1]):
            return found[1].removeprefix("单位:").strip()
    return ""


def without_unit(heading: str) -> str:
    """The heading without the unit it states."""
    if not of_heading(heading):
        return heading
    plain = half_width(heading).strip()
    for pattern in (_IN_BRACKETS, _AFTER_SIGN):
        if pattern.search(plain):
            return pattern.sub("", plain).strip()
    return heading


def of_note(line: str) -> tuple[str, ...]:
    """The units of a line like 单位：万元、%; none where the line names a body (填报单位：市财政委)."""
    found = _NOTE.search(half_width(line))
    if not found or re.search(r"(?:填报|报送|编制|制表|主管|责任|发布)单位", line):
        return ()
    words = [word.strip(" ()") for word in re.split(r"[、,，/和]|\s{1,}", found[1])]
    return tuple(word for word in words if word and is_unit(word))


def for_field(units: tuple[str, ...], wanted: str) -> str:
    """The one of a sheet's units that measures the same thing as the field; "" where none or several do."""
    fitting = [unit for unit in units if factor(unit, wanted) is not None]
    return fitting[0] if len(fitting) == 1 else ""


def _plain(unit: str) -> str:
    return half_width(unit).strip().lower()


def _parsed(unit: str) -> tuple[int, str] | None:
    """A unit as a power of ten and its base: 万元 → (4, 元), 千瓦时 → (3, 瓦时), ‰ → (-1, %)."""
    plain = _plain(unit)
    plain = _SAME.get(plain, plain)
    if plain == "‰":
        return -1, "%"
    if not plain:
        return None
    found = _MULTIPLIED.fullmatch(plain)
    if not found:
        return None
    base = _SAME.get(found[2], found[2])
    again = _MULTIPLIED.fullmatch(base)
    powers, base = (found[1] + again[1], again[2]) if again else (found[1], base)
    return sum(_POWERS[sign] for sign in powers), base
