"""How Chinese characters sound, for finding by pinyin, by initials, and for words typed with another character.

Every reading of a character counts (重庆 is found by `chongqing` and by `zhongqing`): nobody is to know
which one a dictionary prefers. Tones do not count; ü is v.
"""

import importlib
import os
import unicodedata
from functools import cache, lru_cache

MOST_READINGS = 4
MOST_SPLITS = 8


@cache
def _dictionary() -> dict[int, str]:
    """The readings of every character, "zhòng,chóng", by its code."""
    # Characters are enough here: without its phrases the library needs 10 MB instead of 55.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    found: dict[int, str] = importlib.import_module("pypinyin.pinyin_dict").pinyin_dict
    return found


@lru_cache(maxsize=20_000)
def readings(char: str) -> tuple[str, ...]:
    """The syllables with which a character is read, without tones: ("zhong", "chong"). Itself if it has none."""
    printed = _dictionary().get(ord(char))
    if printed is None:
        return (char,)
    return tuple(dict.fromkeys(_plain(one) for one in printed.split(",")))[:MOST_READINGS]


def _plain(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


@cache
def syllables() -> frozenset[str]:
    """Every syllable of Chinese."""
    return frozenset(
        reading for code in _dictionary() if 0x4E00 <= code <= 0x9FFF for reading in readings(chr(code))
    )


def split(typed: str) -> list[list[str]]:
    """The ways to read letters as syllables, those with the fewest first: `xian` is xian and xi an.

    At most eight; none where the letters are not pinyin.
    """
    ends: dict[int, list[list[str]]] = {0: [[]]}
    for end in range(1, len(typed) + 1):
        ways = [
            [*way, typed[start:end]]
            for start in range(max(0, end - 6), end)
            if typed[start:end] in syllables()
            for way in ends[start]
        ]
        ends[end] = sorted(ways, key=len)[:MOST_SPLITS]
    return ends[len(typed)]
