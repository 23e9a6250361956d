"""What comes first among the texts that hold every word: those with all words in the title, then by BM25.

Where every word is a term of the index, a text without them in its title cannot reach a certain rank. As soon as
enough texts with them in the title lie above it, no other need be ranked (`Leading`): for a word that stands in half
of all texts, a tenth of the work.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from tantivy import Occur, Query, Searcher

from yangguang.search import tokens
from yangguang.search.index.entry import HEAVIEST
from yangguang.search.index.place import Reader
from yangguang.search.index.schema import DOCUMENT, OTHERS, POSITION
from yangguang.search.index.standing import all_of, phrase, standing

TITLE, TITLE_WORDS, LEAST = 6.0, 2.0, 0.1
"""What it adds to a rank that the words stand in the title; that parts of them do. The least is for what no word of
two characters ranks, so that there is something for the weights to multiply."""
TELLING = 3
"""Parts of phrases that rank."""
SATURATED = 1 + 1.2
"""BM25 with k1 = 1.2, as tantivy counts: however often a word stands in a text, it adds less than this times its idf."""
ROUNDING = 1.001


class Leading(NamedTuple):
    """The texts with every word in the title, ranked as among all; no other text ranks above `others_at_most`."""

    query: Query
    others_at_most: float


def ranked(reader: Reader, words: Sequence[str]) -> Query:
    """The texts that hold every folded word, ranked."""
    known = [word for word in words if reader.lists(word)]
    unknown = [word for word in words if word not in known]
    # What is a term is found and ranked by one list.
    query = all_of(
        [
            *(Query.term_query(reader.schema, "text", word, "freq") for word in known),
            *(standing(reader, "text", word, LEAST) for word in unknown),
        ]
    )
    for part in _telling(reader, unknown, known):
        query = _rather(query, _counted(reader, "text", part))
        query = _rather(query, Query.boost_query(_counted(reader, "title", part), TITLE_WORDS))
    return _rather(query, _in_title(reader, words))


def _telling(reader: Reader, unknown: Sequence[str], known: Sequence[str]) -> list[str]:
    """The rarest parts of words that are no terms. Every text has all of them, only some more often than others."""
    # Numbers rank nothing: where a text stands out by one, it is its 文号.
    pieces = {part for word in unknown for part in tokens.parts(word) if part.isalpha()}
    parts = pieces - set(known) - set(unknown)
    terms = [part for part in parts if reader.lists(part)]
    having = {part: reader.searcher.doc_freq("text", part) for part in terms}
    return sorted(terms or parts, key=lambda part: (having.get(part, 0), part))[:TELLING]


def leading(reader: Reader, words: Sequence[str]) -> Leading | None:
    """The texts that come first; None where that cannot be told before they are ranked."""
    if not words or not all(reader.lists(word) for word in words):
        return None
    inside = Query.const_score_query(_in_title(reader, words), 0.0)
    most = sum(SATURATED * _idf(reader.searcher, word) for word in words)
    return Leading(all_of([ranked(reader, words), inside]), most * HEAVIEST * ROUNDING)


def _in_title(reader: Reader, words: Sequence[str]) -> Query:
    return all_of([standing(reader, "title", word, TITLE / len(words)) for word in words])


def _rather(query: Query, better: Query) -> Query:
    """The texts of `query`, those of `better` with its score added.

    One within the other: several optional clauses side by side would be counted together over all texts, not only
    over those of `query`.
    """
    return Query.boolean_query([(Occur.Must, query), (Occur.Should, better)])


def _counted(reader: Reader, name: str, part: str) -> Query:
    """A part of a word, the more the oftener it stands in a text."""
    if reader.lists(part):
        return Query.term_query(reader.schema, name, part, "freq")
    return phrase(reader.schema, name, tokens.phrase(part))


def _idf(searcher: Searcher, word: str) -> float:
    """How rare a word is, counted as tantivy does: with texts that were replaced and are not yet cleared away."""
    entries = sum(searcher.doc_freq("source", one) for one in (DOCUMENT, *OTHERS))
    every = entries + searcher.doc_freq("entry", POSITION)
    having = searcher.doc_freq("text", word)
    return math.log(1 + (every - having + 0.5) / (having + 0.5))
