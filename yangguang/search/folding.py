"""When two characters count as the same in a search, and where a word stands in a text.

Full-width and half-width forms, capital and small letters, and all kinds of brackets are the same:
`深府办函[2017]123号` finds `深府办函〔２０１７〕123号`. One character folds to exactly one, so that places in
the folded text are places in the text as printed.

Spaces and a line break between two Chinese characters of one paragraph do not count: a spaced title (通　知) and
a line that an old file broke are found as people read them.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

OPENING, CLOSING = "〔［[﹝【（(〈《<＜", "〕］]﹞】）)〉》>＞"
# Latin, Greek and Cyrillic: the scripts with capital letters that a Chinese text may hold.
CASED = (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530))
# Han, its radicals and extensions, kana, and the marks and full-width forms printed among them.
HAN = "⺀-〿぀-ヿ㐀-䶿一-鿿豈-﫿＀-￯\U00020000-\U0003ffff"
_IS_HAN = re.compile(f"[{HAN}]")
_SPACES = r"(?:[^\S\n\t]+\n?[^\S\n\t]*|\n[^\S\n\t]*)"
# One class at its head lets the search skip from space to space: three times as fast as `_SPACES`.
_GAP = re.compile(rf"[^\S\t][^\S\n\t]*\n?[^\S\n\t]*(?=[{HAN}])")
_SPACE = re.compile(r"\s")
AROUND = 36
EXCERPT = 110


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an excerpt; `marked` where it is what was searched for."""

    text: str
    marked: bool = False


def _table() -> dict[int, str]:
    table = {code: chr(code).lower() for code in CASED if len(chr(code).lower()) == 1}
    table = {code: small for code, small in table.items() if small != chr(code)}
    for code in range(0x21, 0x7F):
        table[code + 0xFEE0] = chr(code).lower()
    table |= {ord(bracket): "(" for bracket in OPENING if bracket != "("}
    table |= {ord(bracket): ")" for bracket in CLOSING if bracket != ")"}
    return table


FOLDS = _table()
# One expression for what changes: `str.translate` takes five times as long on Chinese text.
_FOLDED = {chr(code): folded for code, folded in FOLDS.items()}
_IN_EVERY_SENTENCE = "，：；（）"
"""Replacing these one after the other first halves the time of folding."""
_TO_FOLD = re.compile(f"[{''.join(map(re.escape, _FOLDED))}]")


def _same() -> dict[str, str]:
    same: defaultdict[str, str] = defaultdict(str)
    for code, folded in FOLDS.items():
        same[folded] += chr(code)
    return {folded: folded + others for folded, others in same.items()}


SAME = _same()


def fold(text: str) -> str:
    """The text with every character replaced by the one that stands for all like it. Same length."""
    for sign in _IN_EVERY_SENTENCE:
        text = text.replace(sign, _FOLDED[sign])
    return _TO_FOLD.sub(_folded, text)


def _folded(char: re.Match[str]) -> str:
    return _FOLDED[char[0]]


def pattern(word: str) -> str:
    """A regular expression, for Python and for PostgreSQL, of every text that folds as the word does."""
    return "".join(_one_of(SAME.get(char, char)) for char in fold(word))


def _one_of(chars: str) -> str:
    escaped = [f"\\{char}" if char.isascii() and not char.isalnum() else char for char in chars]
    return escaped[0] if len(escaped) == 1 else f"[{''.join(escaped)}]"


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, in order, each once; characters that no text can hold are left out."""
    printable = "".join(char if char.isprintable() else " " for char in query)
    return tuple(dict.fromkeys(printable.split()))


def closed(text: str) -> str:
    """The text without the spaces and the line break between two Chinese characters of one paragraph.

    Empty lines, tabs, and spaces beside Latin letters or digits stay.
    """
    return _GAP.sub(_close, text)


def _close(gap: re.Match[str]) -> str:
    before = gap.string[gap.start() - 1 : gap.start()]
    return "" if _IS_HAN.match(before) and gap[0].count("\n") < 2 else gap[0]


def found_in(text: str, words: Iterable[str]) -> bool:
    """Whether every word stands in the text."""
    folded = fold(text)
    return all(_gapped(fold(word)).search(folded) for word in words)


@lru_cache(maxsize=500)
def _gapped(word: str) -> re.Pattern[str]:
    """A folded word wherever it stands in a folded text, with such spaces in it; places may overlap."""
    pieces = [re.escape(word[:1])]
    for before, char in itertools.pairwise(word):
        is_han = _IS_HAN.match(before) and _IS_HAN.match(char)
        pieces.append(f"{_SPACES}?{char}" if is_han else re.escape(char))
    return re.compile(f"(?=({''.join(pieces)}))")


def places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a folded word stands in a folded text: start and end of each place."""
    return (found.span(1) for found in _gapped(word).finditer(folded))


def excerpt(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """A piece of the text around the first word that stands in it, with all the words in it marked.

    Where none stands in it, its beginning. Cut ends carry an ellipsis; line breaks become spaces.
    """
    return excerpt_if_found(text, words) or _piece(text, (0, 0), words)


def excerpt_if_found(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """The `excerpt`; empty where no word stands in the text."""
    folded = fold(text)
    found = [place for word in words if (place := next(places(folded, fold(word)), None))]
    return _piece(text, min(found), words) if found else ()


def _piece(text: str, around: tuple[int, int], words: Sequence[str]) -> tuple[Segment, ...]:
    first, last = around
    start = max(0, first - AROUND)
    end = min(len(text), max(start + EXCERPT, last))
    segments = mark(_flat(text[start:end]), words)
    before = (Segment("…"),) if start else ()
    after = (Segment("…"),) if end < len(text) else ()
    return before + segments + after


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text)


def mark(text: str, words: Iterable[str]) -> tuple[Segment, ...]:
    """The whole text in segments, every place of every word marked."""
    folded = fold(text)
    found = sorted(place for word in {fold(word) for word in words if word} for place in places(folded, word))
    segments: list[Segment] = []
    done = 0
    for start, end in _joined(found):
        if done < start:
            segments.append(Segment(text[done:start]))
        segments.append(Segment(text[start:end], True))
        done = end
    return (*segments, Segment(text[done:])) if done < len(text) else tuple(segments)


def _joined(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted places with those that overlap or touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
