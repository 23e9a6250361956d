"""Find the documents that a line of a list means: by document number, by exact title, by a similar title.

Numbers are compared without regard to the kind of brackets (〔〕 [] （）), width and spaces; titles without
regard to 《》, quotation marks, punctuation, width and spaces. What is exact may be taken over by a script;
everything else is a proposal for a person, with its reasons.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil

# The least share of common character pairs (Dice) at which a title is proposed at all.
ALIKE = 0.6
MOST = 5
_OPENING = str.maketrans(dict.fromkeys("[【〔﹝(［（", "〔") | dict.fromkeys("]】〕﹞)］）", "〕"))


@dataclass(frozen=True)
class Entry:
    """A document as the index knows it. `key` is the caller's own."""

    key: int
    title: str
    number: str = ""


@dataclass(frozen=True)
class Found:
    """A document that may be meant: how alike the titles are (0 to 1), why, and whether that is exact."""

    key: int
    likeness: float
    exact: bool
    why: str


@dataclass
class TitleIndex:
    """Titles and numbers of many documents, to look up one line after the other. Built once, in memory."""

    _by_number: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_title: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_pair: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _entries: dict[int, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "TitleIndex":
        index = cls()
        for entry in entries:
            index._entries[entry.key] = entry
            title = title_key(entry.title)
            index._by_title[title].append(entry.key)
            if entry.number:
                index._by_number[number_key(entry.number)].append(entry.key)
            for pair in pairs(title):
                index._by_pair[pair].append(entry.key)
        return index

    def find(self, title: str, number: str = "") -> list[Found]:
        """The documents that may be meant, the surest first, at most five."""
        same_number = set(self._by_number.get(number_key(number), ())) if number else set()
        same_title = set(self._by_title.get(title_key(title), ()))
        alike = self._alike(title)
        found = [
            self._judged(key, alike.get(key, 0.0), same_title, same_number, number)
            for key in same_number | same_title | alike.keys()
        ]
        found.sort(key=lambda one: (not one.exact, one.key not in same_number, -one.likeness, -one.key))
        return found[:MOST]

    def _alike(self, title: str) -> dict[int, float]:
        """All documents whose title is at least ALIKE: those that share one of the query's rarer pairs.

        A title that alike has at least `least` of the query's pairs, and so one of any all but `least` - 1.
        """
        wanted = pairs(title_key(title))
        rare_first = sorted(wanted, key=lambda pair: len(self._by_pair.get(pair, ())))
        least = max(1, ceil(len(wanted) * ALIKE / (2 - ALIKE) - 1e-9))
        near = {key for pair in rare_first[: len(wanted) - least + 1] for key in self._by_pair.get(pair, ())}
        shares = {key: dice(wanted, pairs(title_key(self._entries[key].title))) for key in near}
        return {key: share for key, share in shares.items() if share >= ALIKE}

    def _judged(
        self, key: int, alike: float, same_title: set[int], same_number: set[int], number: str
    ) -> Found:
        entry = self._entries[key]
        if key in same_title:
            alike = 1.0
        if key in same_number:
            return self._by_its_number(key, alike, same_title, same_number)
        if key not in same_title:
            told = f"标题相近（{alike:.0%}）" + ("，文号不同" if number and entry.number else "")
            return Found(key, alike, False, told)
        if number and entry.number:
            return Found(key, alike, False, f"标题相同，文号不同（{entry.number}）")
        if len(same_title) > 1:
            return Found(key, alike, False, f"标题相同，但有 {len(same_title)} 份同名文件")
        return Found(key, alike, not same_number, "标题相同")

    def _by_its_number(self, key: int, alike: float, same_title: set[int], same_number: set[int]) -> Found:
        if key in same_title:
            alone = len(same_title & same_number) == 1
            return Found(key, alike, alone, "文号和标题都相同" if alone else "文号和标题都相同，但不止一份")
        return Found(key, alike, False, f"文号相同，标题{'相近' if alike else '不同'}（{alike:.0%}）")


def title_key(title: str) -> str:
    """A title as it is compared: width folded, only letters, digits and Han characters kept."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", title).casefold() if sign.isalnum())


def number_key(number: str) -> str:
    """A document number as it is compared: 深府办[2017] 12 号 is 深府办〔2017〕12号."""
    folded = unicodedata.normalize("NFKC", number).casefold()
    return re.sub(r"\s+|第(?=\d+号)", "", folded).translate(_OPENING)


def pairs(text: str) -> set[str]:
    """The two-character words of a text, its ends marked."""
    return {one + other for one, other in pairwise(f"^{text}$")}


def dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
