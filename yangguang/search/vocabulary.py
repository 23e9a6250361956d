"""The longer words that an index lists.

Taking every word of the dictionary out of a text costs as much as all else that is done with it. An index of
many texts therefore lists only the words that were seen in the first few thousand: they are those that stand in
many texts, where comparing places would be slow. Any other phrase is rare, and found by its pairs as quickly.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from yangguang.search.tokens import is_longer, longer, parts

Longer = Callable[[str], Sequence[str]]
"""Gives the words of three characters or more that stand in a folded text, each as often as it stands there."""

NEW_IN = 10


def seen_in(texts: Iterable[str]) -> frozenset[str]:
    """The longer words of folded texts: those of the dictionary, and what stands in `NEW_IN` texts as a word does.

    The latter are the words of the day (放管服、双随机), which no dictionary has and many ask for.
    """
    known: set[str] = set()
    new: Counter[str] = Counter()
    for text in texts:
        known.update(longer(text))
        new.update({part for part in parts(text) if is_longer(part)})
    return frozenset(known | {word for word, seen in new.items() if seen >= NEW_IN})


def finder(words: Collection[str]) -> Longer:
    """What finds these words, wherever they stand, and no others; for few texts (see `bulk` for many)."""
    return lambda text: [word for word in words for _ in _places(text, word)]


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
