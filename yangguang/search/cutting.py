"""Cutting what is public about one thing into the terms of the index."""

from collections.abc import Sequence
from typing import NamedTuple

from yangguang.search import tokens
from yangguang.search.index.spoken import spoken
from yangguang.search.vocabulary import Longer


class Cut(NamedTuple):
    """The terms of one text, see `tokens.cut`: of all of it and of its title; and how the title is spoken, see `spoken`."""

    text: str
    title: str
    spoken: str


def cut(texts: Sequence[str], longer: Longer = tokens.longer) -> Cut:
    """The terms of texts, title first. `longer` finds the longer words."""
    whole, title = tokens.joined(texts), tokens.joined(texts[:1])
    words = longer(whole)
    return Cut(
        text=tokens.cut(whole, words),
        title=tokens.cut(title, [word for word in dict.fromkeys(words) if word in title]),
        spoken=spoken(title),
    )
