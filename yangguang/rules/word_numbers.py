"""Automatic numbers of Word paragraphs (一、 （一） 1.), which are not in the paragraph's text."""

from __future__ import annotations

import re
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "chineseLegalSimplified",
    }
)


class Numbering:
    """Counts the numbered paragraphs of one document, in reading order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def next(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph; "" when it has none or a bullet."""
        numbered = self._numbered(paragraph)
        if numbered is None:
            return ""
        abstract, level = numbered
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        style, template, _ = levels[level]
        if style in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda found: self._shown(levels, counts, int(found.group(1)) - 1), template)

    def _numbered(self, paragraph: Any) -> tuple[str, int] | None:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self._of_style.get(_val(style)) if style is not None else None
        if own is None:
            return inherited
        number = _val(own.find(f"{_W}numId"))
        level = _val(own.find(f"{_W}ilvl"))
        if number == "0":
            return None
        abstract = self._abstract.get(number) if number else (inherited or (None, 0))[0]
        return (abstract, int(level) if level.isdigit() else 0) if abstract else None

    def _read_numbering(self, numbering: Any) -> None:
        for abstract in numbering.findall(f"{_W}abstractNum"):
            levels = {}
            for level in abstract.findall(f"{_W}lvl"):
                style = _val(level.find(f"{_W}numFmt")) or "decimal"
                start = _val(level.find(f"{_W}start"))
                depth = int(level.get(f"{_W}ilvl", "0"))
                levels[depth] = (
                    style,
                    _val(level.find(f"{_W}lvlText")),
                    int(start) if start.isdigit() else 1,
                )
            self._levels[abstract.get(f"{_W}abstractNumId", "")] = levels
        for number in numbering.findall(f"{_W}num"):
            self._abstract[number.get(f"{_W}numId", "")] = _val(number.find(f"{_W}abstractNumId"))

    def _read_styles(self, styles: Any) -> None:
        for style in styles.findall(f"{_W}style"):
            numbers = style.find(f"{_W}pPr/{_W}numPr")
            abstract = self._abstract.get(_val(numbers.find(f"{_W}numId"))) if numbers is not None else None
            if abstract:
                level = _val(numbers.find(f"{_W}ilvl"))
                self._of_style[style.get(f"{_W}styleId", "")] = (
                    abstract,
                    int(level) if level.isdigit() else 0,
                )

    def _shown(self, levels: dict[int, tuple[str, str, int]], counts: dict[int, int], level: int) -> str:
        style, _, start = levels.get(level, ("decimal", "", 1))
        value = counts.get(level, start)
        if style in _CHINESE:
            return _han(value)
        if style.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
            return chr(ord("①") + value - 1)
        return str(value)


def _val(element: Any) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _han(value: int) -> str:
    """1…99 in Chinese; above, the digits."""
    if not 1 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN[tens]}十"
    return head + (_HAN[ones] if ones else "")
