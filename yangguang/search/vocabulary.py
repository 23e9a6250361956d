"""The longer words that an index lists, and finding them in many texts quickly.

Taking every word of the dictionary out of a text costs as much as all else that is done with it. An index of
many texts therefore lists only the words that were seen in the first few thousand: they are those that stand in
many texts, where comparing places would be slow. Any other phrase is rare, and found by its pairs as quickly.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from yangguang.search.tokens import is_longer, longer, parts

Longer = Callable[[str], Sequence[str]]
"""Gives the words of three characters or more that stand in a folded text, each as often as it stands there."""

NEW_IN = 10
HEAD = 3
BITS = 18
FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)


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
    """What finds these words, wherever they stand, and no others.

    Every three neighbouring characters of a text are looked up in one table at once; only where a word may
    begin is the text itself compared. A sixth of the time that a dictionary takes.
    """
    # 20 MB that only a rebuild of many texts needs.
    import numpy as np

    def heads(codes: "np.ndarray") -> "np.ndarray":
        first, second, third = (
            codes[at : len(codes) - HEAD + at + 1] * np.uint32(f) for at, f in enumerate(FACTORS)
        )
        return (first ^ second ^ third) >> np.uint32(32 - BITS)

    def codes_of(text: str) -> "np.ndarray":
        return np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)

    by_head: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        by_head[word[:HEAD]].append(word)
    begins = np.zeros(1 << BITS, np.bool_)
    for head in by_head:
        begins[heads(codes_of(head))] = True

    def standing_in(text: str) -> list[str]:
        if len(text) < HEAD:
            return []
        places = np.flatnonzero(begins[heads(codes_of(text))]).tolist()
        return [
            word
            for place in places
            for word in by_head.get(text[place : place + HEAD], ())
            if text.startswith(word, place)
        ]

    return standing_in
