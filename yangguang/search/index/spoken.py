"""Titles as they are spoken: one term a character, with all its readings: `|zhong|chong| |qing|`.

Every reading is found, for a syllable is asked for as an expression over the few thousand such terms. (Readings of
one place as terms of their own would have to be handed to the index one by one: ten times the work of a text.)
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from tantivy import Query, Schema

from yangguang.search import sounds
from yangguang.search.index.standing import escaped

FIELD = "sounds"
BETWEEN = "|"
NOTHING = "_"
"""Keeps the place of white space, which has no sound."""


def spoken(folded: str) -> str:
    """The terms of a folded title, with a space between two."""
    return " ".join(map(_term, folded))


@lru_cache(maxsize=20_000)
def _term(char: str) -> str:
    return NOTHING if char.isspace() else f"{BETWEEN}{BETWEEN.join(sounds.readings(char))}{BETWEEN}"


def syllable(readings: Iterable[str]) -> str:
    """The pattern of a character that can be read in one of these ways."""
    ways = BETWEEN.join("".join(map(escaped, reading)) for reading in readings)
    return rf".*\{BETWEEN}({ways})\{BETWEEN}.*"


def initial(letter: str) -> str:
    """The pattern of a character with a reading that begins with a letter."""
    return rf".*\{BETWEEN}{escaped(letter)}.*"


def said(schema: Schema, patterns: Sequence[str]) -> Query:
    """The titles in which characters of these patterns follow each other."""
    if len(patterns) == 1:
        return Query.regex_query(schema, FIELD, patterns[0])
    placed: list[str | tuple[int, str]] = list(patterns)
    return Query.regex_phrase_query(schema, FIELD, placed)
