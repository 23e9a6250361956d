"""The four levels of numbers in official documents: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re

_HAN = "[一二三四五六七八九十百零〇]{1,5}"
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({_HAN})、",
        rf"[（(]({_HAN})[)）][、.．]?",
        r"(\d{1,3})(?:[.．](?![\d.])|、)",
        r"[（(](\d{1,3})[)）][、.．]?",
    )
)
_CHAPTER = re.compile(rf"第(?:{_HAN}|\d{{1,3}})([编章节])(?=[\s\u3000])")
_MARKED = re.compile(r"(#{1,4}) (?=\S)")
_ENDS_SENTENCE = re.compile(r"[。；：！？;:!?，,、…]$")
_ARTICLE = re.compile(rf"第(?:{_HAN}|\d{{1,4}})条(?:之[一二三四五六七八九十]+)?(?=[\s\u3000])")
LONGEST_HEADING = 45
LONGEST_LEAD = 30
LONGEST_LEAD_HEADING = 16


def number_level(line: str) -> int:
    """1–4 for a line that begins with a number of that level, else 0."""
    for level, pattern in enumerate(_LEVELS, 1):
        found = pattern.match(line)
        if found and found.end() < len(line):
            return level
    return 0


def number_value(line: str, level: int) -> str:
    """The number itself as printed: "三" of “三、…”."""
    found = _LEVELS[level - 1].match(line)
    return found[1] if found else ""


def chapter_level(line: str) -> int:
    """1 for 第…编 and 第…章, 2 for 第…节, with a blank and a name behind; else 0."""
    found = _CHAPTER.match(line)
    if not found or len(line) > LONGEST_HEADING or _ENDS_SENTENCE.search(line):
        return 0
    return 2 if found[1] == "节" else 1


def marked_level(line: str) -> int:
    """1–4 for a line that begins with that many `#` and a blank."""
    found = _MARKED.match(line)
    return len(found[1]) if found else 0


def may_head(line: str) -> bool:
    """Whether a numbered line is short and no sentence. “（二）基本原则。”, all one lead, may head as well."""
    if line.endswith("。") and number_level(line) > 1:
        return len(line) <= LONGEST_LEAD_HEADING and not re.search(r"[，。；：！？]", line[:-1])
    return (
        len(line) <= LONGEST_HEADING
        and not _ENDS_SENTENCE.search(line)
        and not re.search(r"[。；！？;]", line)
    )


def lead_of(text: str) -> str:
    """What is set apart at the beginning of a paragraph, or "".

    The numbered first sentence, where it is short and more follows; “第一条” of an article.
    """
    article = _ARTICLE.match(text)
    if article:
        return article[0]
    end = text.find("。")
    if not 0 < end < min(LONGEST_LEAD, len(text) - 1) or not number_level(text):
        return ""
    lead = text[: end + 1]
    return "" if "\n" in lead or "[^" in lead or re.search(r"[；：]", lead) else lead
