"""Where a word stands, as the index is asked for it."""

from collections.abc import Sequence

from tantivy import Occur, Query, Schema

from yangguang.search import tokens
from yangguang.search.index.place import Reader

_SPECIAL = frozenset(r".?+*|{}[]()\"#@&<>~^$-/:,!=%_;'`")


def standing(reader: Reader, name: str, word: str, score: float) -> Query:
    """The texts with a folded word in one field, each with the same score."""
    return Query.const_score_query(_place(reader, name, word), score)


def _place(reader: Reader, name: str, word: str) -> Query:
    schema = reader.schema
    if reader.lists(word):
        return Query.term_query(schema, name, word, "basic")
    placed = tokens.phrase(word) if len(word) > 1 else []
    whole = phrase(schema, name, placed, word)
    # They follow from the places, but the rarest of all then tells where looking at places is worth it.
    between = [word[place + 1 : place + 3] for place, _ in placed[:-1]]
    listed = [part for part in tokens.longer(word) if reader.lists(part)]
    rare = [
        Query.const_score_query(Query.term_query(schema, name, term, "basic"), 0.0)
        for term in [*between, *listed]
    ]
    return all_of([whole, *rare])


def all_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def phrase(schema: Schema, name: str, placed: Sequence[tuple[int, str]], word: str = "") -> Query:
    """The texts that hold these pieces at these distances; for one character, those with a pair that begins with it."""
    if len(word) == 1:
        return Query.regex_query(schema, name, f"{escaped(word)}.")
    start = placed[0][0]
    if len(placed) == 1:
        return Query.term_query(schema, name, placed[0][1])
    return Query.phrase_query(schema, name, [(place - start, piece) for place, piece in placed])


def escaped(char: str) -> str:
    """A character as it stands for itself in an expression over terms."""
    return f"\\{char}" if char in _SPECIAL else char
