"""What a text is in the index: every pair of neighbouring characters for finding, its words for ranking.

Pairs overlap and carry their places, so that a phrase of pairs is found exactly where its characters stand:
no dictionary decides what can be found. Words (rjieba) decide what comes first, and answer for a phrase that is
itself a word the index lists: those are taken out of a text wherever they stand (decision 0012). Most words of
Chinese are two characters and so pairs already; only longer ones are terms of their own (`vocabulary`).
"""

import re
from array import array
from collections.abc import Iterable, Sequence

from yangguang.search.folding import closed, fold

BOUNDARY = "\x1f"
"""Stands where a text has a space, and between two texts. White space for Python, so that no word holds it;
a character like any other for the index."""

_SPACE = ord(" ")
_HAN_WORD = re.compile("[一-鿿]{2,}")


def joined(texts: Iterable[str]) -> str:
    """The texts as one, folded, with boundaries for all white space that counts."""
    return fold(apart(texts))


def apart(texts: Iterable[str]) -> str:
    """The texts as one, as printed, with boundaries for all white space that counts."""
    whole = "\n\n".join(filter(None, texts))
    pieces = whole.split()
    # Most texts hold no white space but empty lines, which always count.
    if "\n\n".join(pieces) != whole:
        pieces = closed(whole).split()
    return BOUNDARY.join(pieces)


def pairs(folded: str) -> str:
    """All pairs of neighbouring characters of `joined` texts, in order, with a space behind each.

    The place of a pair is the place of its first character. The last character is paired with a boundary,
    so that every character begins a pair.
    """
    codes = array("I", f"{folded}{BOUNDARY}".encode("utf-32-le", "replace"))
    spaced = array("I", [_SPACE]) * (3 * (len(codes) - 1))
    spaced[0::3], spaced[1::3] = codes[:-1], codes[1:]
    return spaced.tobytes().decode("utf-32-le")


def cut(folded: str, words: Sequence[str]) -> str:
    """The terms of a `joined` text, with a space between two: its pairs in order, then its longer words.

    No pair is a word of three: places that follow from pairs are not disturbed.
    """
    return pairs(folded) + " ".join(words)


def phrase(word: str) -> list[tuple[int, str]]:
    """The pairs that cover a folded word of two characters or more, each with its place in the word.

    Every second pair is enough, with the last one: what stands between is fixed by the places.
    """
    last = len(word) - 2
    places = [*range(0, last, 2), last]
    return [(place, word[place : place + 2]) for place in places]


def words(folded: str) -> list[str]:
    """Every word of the dictionary, of two characters or more, wherever it stands in a folded text; runs of letters."""
    # Its dictionary takes 33 MB: a process that neither searches nor indexes does not load it.
    import rjieba

    return [word for word in rjieba.cut_all(folded) if len(word) > 1]


def parts(word: str) -> list[str]:
    """The words, of two characters or more, that a folded word is made of, one after the other."""
    import rjieba

    return [part for part in rjieba.cut(word) if len(part) > 1]


def longer(folded: str) -> list[str]:
    """Those of `words` that are longer than pairs: only these are taken out wherever they stand."""
    return [word for word in words(folded) if is_longer(word)]


def is_longer(word: str) -> bool:
    """Whether a word is longer than a pair, and of Han characters alone."""
    return len(word) > 2 and _HAN_WORD.fullmatch(word) is not None
