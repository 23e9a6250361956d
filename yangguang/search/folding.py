"""When two characters count as the same in a search, and where a word stands in a text.

Full-width and half-width forms, capital and small letters, and all kinds of brackets are the same:
`深府办函[2017]123号` finds `深府办函〔２０１７〕123号`. One character folds to exactly one, so that places in
the folded text are places in the text as printed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OPENING, CLOSING = "〔［[﹝【（(〈《<＜", "〕］]﹞】）)〉》>＞"
# Latin, Greek and Cyrillic: the scripts with capital letters that a Chinese text may hold.
CASED = (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530))
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


def _same() -> dict[str, str]:
    same: defaultdict[str, str] = defaultdict(str)
    for code, folded in FOLDS.items():
        same[folded] += chr(code)
    return {folded: folded + others for folded, others in same.items()}


SAME = _same()


def fold(text: str) -> str:
    """The text with every character replaced by the one that stands for all like it. Same length."""
    return text.translate(FOLDS)


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


def found_in(text: str, words: Iterable[str]) -> bool:
    """Whether every word stands in the text."""
    folded = fold(text)
    return all(fold(word) in folded for word in words)


def excerpt(text: str, words: Sequence[str]) -> tuple[Segment, ...]:
    """A piece of the text around the first word that stands in it, with all the words in it marked.

    Where none stands in it, its beginning. Cut ends carry an ellipsis; line breaks become spaces.
    """
    flat = "".join(" " if char.isspace() else char for char in text)
    folded = fold(flat)
    places = [place for word in words if (place := folded.find(fold(word))) >= 0]
    start = max(0, min(places, default=0) - AROUND)
    end = min(len(flat), max(start + EXCERPT, min(places, default=0) + _longest(words)))
    segments = mark(flat[start:end], words)
    before = (Segment("…"),) if start else ()
    after = (Segment("…"),) if end < len(flat) else ()
    return before + segments + after


def _longest(words: Iterable[str]) -> int:
    return max(map(len, words), default=0)


def mark(text: str, words: Iterable[str]) -> tuple[Segment, ...]:
    """The whole text in segments, every place of every word marked."""
    folded, hit = fold(text), [False] * len(text)
    for word in {fold(word) for word in words if word}:
        place = folded.find(word)
        while place >= 0:
            hit[place : place + len(word)] = [True] * len(word)
            place = folded.find(word, place + 1)
    segments: list[Segment] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or hit[place] != hit[start]:
            segments.append(Segment(text[start:place], hit[start]))
            start = place
    return tuple(segments)
