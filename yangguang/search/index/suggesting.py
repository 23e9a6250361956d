"""“您是不是要找”: what a word that is found nowhere may have meant, taken from the titles.

A title holds what was meant where it sounds the same (同音), or where it is the same but for one character
(错字、多字、漏字). Both are asked of the index, so that no list of words has to be kept.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tantivy import Query

from yangguang.search import sounds, tokens
from yangguang.search.folding import closed, fold
from yangguang.search.index import asking
from yangguang.search.index.asking import Question
from yangguang.search.index.place import Reader
from yangguang.search.index.spoken import said, syllable
from yangguang.search.index.standing import phrase

LOOKED_AT = 20
MOST = 3
LONGEST = 20

Titles = Callable[[Sequence[int]], Mapping[int, str]]
"""Gives the titles of journal lines."""


def suggestions(reader: Reader, word: str, as_of: dt.date, titles: Titles) -> list[str]:
    """Pieces of titles that a folded word may have meant, the most frequent first; those that sound the same before others."""
    if not 2 <= len(word) <= LONGEST:
        return []
    sounding = said(reader.schema, [syllable(sounds.readings(char)) for char in word])
    same_sound = _collected(reader, [sounding], word, as_of, titles, _sounds_like)
    if same_sound:
        return same_sound
    return _collected(reader, _differing(reader, word), word, as_of, titles, is_one_apart)


def _collected(
    reader: Reader,
    queries: Iterable[Query],
    word: str,
    as_of: dt.date,
    titles: Titles,
    fits: Callable[[str, str], bool],
) -> list[str]:
    seqs: dict[int, None] = {}
    for query in queries:
        asked = asking.within(reader.schema, query, Question((), as_of))
        hits = reader.searcher.search(asked, LOOKED_AT, count=False)
        seqs |= dict.fromkeys(asking.seqs(reader.searcher, hits))
    return _commonest(titles(list(seqs)).values(), word, fits) if seqs else []


def among(titles: Sequence[str], word: str) -> list[str]:
    """The same out of titles that stand in no index: a few hundred at most."""
    if not 2 <= len(word) <= LONGEST:
        return []
    ways = [_sounds_like] if len(word) < 3 else [_sounds_like, is_one_apart]
    return next(filter(None, (_commonest(titles, word, fits) for fits in ways)), [])


def _commonest(titles: Iterable[str], word: str, fits: Callable[[str, str], bool]) -> list[str]:
    counted: Counter[str] = Counter()
    for title in titles:
        counted.update(set(pieces(fold(closed(title)), word, fits)))
    return [piece for piece, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST]]


def pieces(title: str, word: str, fits: Callable[[str, str], bool]) -> Iterator[str]:
    """The pieces of a title, up to one character shorter or longer than the word, that fit it."""
    for run in title.split():
        for length in (len(word), len(word) - 1, len(word) + 1):
            for start in range(len(run) - length + 1):
                piece = run[start : start + length]
                if piece != word and fits(piece, word):
                    yield piece


def _sounds_like(piece: str, word: str) -> bool:
    return len(piece) == len(word) and all(
        set(sounds.readings(one)) & set(sounds.readings(other))
        for one, other in zip(piece, word, strict=True)
    )


def _differing(reader: Reader, word: str) -> Iterator[Query]:
    """Titles with the word but for one character that is wrong, too many or missing."""
    if len(word) < 3:
        return
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        yield from _halves(reader, before, after, place + 1)
        yield from _halves(reader, before, after, place)
        yield from _halves(reader, before, word[place:], place + 1)


def _halves(reader: Reader, before: str, after: str, start: int) -> Iterator[Query]:
    """Titles with two pieces at their distance; single characters are left to the comparison afterwards."""
    placed = tokens.phrase(before) if len(before) > 1 else []
    if len(after) > 1:
        placed += [(start + place, pair) for place, pair in tokens.phrase(after)]
    if placed:
        yield phrase(reader.schema, "title", placed)


def is_one_apart(one: str, other: str) -> bool:
    """Whether one character changed, added or left out makes one text the other."""
    if len(one) > len(other):
        one, other = other, one
    # One change leaves one end as it was: this settles nearly all of thousands of comparisons.
    if len(other) > 1 and one[:1] != other[:1] and one[-1:] != other[-1:]:
        return False
    if len(other) - len(one) > 1 or one == other:
        return False
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[place + (len(one) == len(other)) :] == other[place + 1 :]
