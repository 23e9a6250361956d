"""What is asked of the index: every word where it stands, within the filters, the best first."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

from tantivy import FieldType, Occur, Query, Schema, Searcher, SearchResult

from yangguang.search import numbers, sounds, tokens
from yangguang.search.index.entry import day_number, grains
from yangguang.search.index.place import Reader
from yangguang.search.index.schema import BESIDE, COUNTED, FACETS, column

TITLE, TITLE_WORDS, NUMBER, LEAST = 6.0, 2.0, 100.0, 0.1
"""What it adds to a rank that the words stand in the title; that parts of them do; that the 文号 is the one.
The least is for what no word of two characters ranks, so that there is something for the weights to multiply."""
INITIALS = (2, 12)
"""How many letters may be the initials of a title's characters."""
MOST_VALUES = 1000
OTHERS = ("gazette", "dataset")
"""Sources whose few entries are not documents."""
THREADS = ThreadPoolExecutor(4, "index")
"""The index lets Python run while it is asked; none of these threads touches the database."""
SPECIAL = frozenset(r".?+*|{}[]()\"#@&<>~^$-/:,!=%_;'`")


@dataclass(frozen=True)
class Question:
    """What a reader asks: folded words, all of which must stand in a text, and what it must be besides.

    `number` is the 文号 that the whole query means, printed; `filters` maps names of `FACETS` to values.
    """

    words: tuple[str, ...]
    as_of: dt.date
    number: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[str, ...]:
        """What is marked in a hit."""
        return (*self.words, self.number) if self.number else self.words


class Matching(NamedTuple):
    """The same texts twice: only found, and found and ranked."""

    found: Query
    ranked: Query


@dataclass(frozen=True)
class Answer:
    """Journal lines of the hits in order, how many there are in all, and how many with each value of a facet.

    The last is still being counted while the hits are read from the records.
    """

    seqs: tuple[int, ...]
    total: int
    counting: Future[dict[str, dict[str, int]]]

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        return self.counting.result()


def ask(
    reader: Reader, asked: Matching, question: Question, *, newest: bool, offset: int, limit: int
) -> Answer:
    """The hits of `asked` within the question's day and filters."""
    # Counting needs no ranks. It goes on beside the ranking, on another core.
    counting = THREADS.submit(count_facets, reader, within(reader.schema, asked.found, question))
    query = within(reader.schema, asked.ranked, question)
    searcher, most = reader.searcher, max(limit, 1)
    if newest:
        found = searcher.search(query, most, offset=offset, order_by_field="seq")
    else:
        found = searcher.search(query, most, offset=offset, weight_by_field="weight")
    total: int = found.count  # type: ignore[attr-defined]  # the stubs of tantivy 0.27 leave it out
    return Answer(tuple(seqs(searcher, found)), total, counting)


def seqs(searcher: Searcher, found: SearchResult) -> list[int]:
    """The journal lines of hits, in order."""
    addresses = [address for _, address in found.hits]
    values = searcher.fast_field_values("seq", addresses) if addresses else []
    return [int(value) for value in values if value is not None]


def others(reader: Reader, question: Question, source: str, limit: int) -> tuple[list[int], int]:
    """The best hits of a source that is not documents, by `Entry.seq`, and how many there are in all."""
    query = within(reader.schema, as_written(reader, question).ranked, question, source)
    found = reader.searcher.search(query, max(limit, 1))
    total: int = found.count  # type: ignore[attr-defined]  # the stubs of tantivy 0.27 leave it out
    return seqs(reader.searcher, found), total


def count_facets(reader: Reader, query: Query) -> dict[str, dict[str, int]]:
    """How many of the hits have each value of each facet, the most frequent first."""
    columns = {column(names): names for names in COUNTED}
    wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in columns}
    counted = reader.searcher.aggregate(query, wanted)
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for name, names in columns.items():
        for bucket in counted[name]["buckets"]:
            for facet, value in zip(names, bucket["key"].split(BESIDE), strict=True):
                found[facet][value] += bucket["doc_count"]
    return {name: {value: count for value, count in found[name].most_common() if value} for name in FACETS}


def within(schema: Schema, matched: Query, question: Question, source: str = "document") -> Query:
    """`matched`, as it stood on the day, with the filters: documents, or what another source gave."""
    clauses = [(Occur.Must, matched)]
    # Most entries have begun and not ended: leaving out the few others is cheaper than finding all the rest.
    left_out = list(_not_on(schema, question.as_of))
    if source == "document":
        left_out += [Query.term_query(schema, "source", other, "basic") for other in OTHERS]
    # As one clause, which every hit is held against once.
    clauses.append((Occur.MustNot, Query.boolean_query([(Occur.Should, one) for one in left_out])))
    if source != "document":
        clauses.append((Occur.Must, Query.const_score_query(Query.term_query(schema, "source", source), 0.0)))
    for name, value in question.filters.items():
        clauses.append((Occur.Must, Query.const_score_query(Query.term_query(schema, name, value), 0.0)))
    return Query.boolean_query(clauses)


def _not_on(schema: Schema, as_of: dt.date) -> Iterator[Query]:
    """The entries that had ended before a day or began after it, see `grains`."""
    year, month, day = grains(day_number(as_of))
    for first, grain, last in (
        (0, year, 9999),
        (100 * year, month, 100 * year + 99),
        (100 * month, day, 100 * month + 99),
    ):
        yield _between(schema, "until", first, grain - 1)
        yield _between(schema, "since", grain + 1, last)


def _between(schema: Schema, name: str, low: int, high: int) -> Query:
    return Query.range_query(schema, name, FieldType.Unsigned, low, high, use_inverted_index=True)


def as_written(reader: Reader, question: Question) -> Matching:
    """Every word stands somewhere in the text; ranked by words, the title first. Or the 文号 is the one."""
    schema = reader.schema
    found = _all([_stands(reader, "text", word, LEAST) for word in question.words])
    ranked = Query.boolean_query(_ranking(reader, question.words))
    if question.number is None:
        return Matching(found, ranked)
    own = Query.term_query(schema, "number", numbers.reduced(question.number))
    cited = _stands(reader, "text", question.number, LEAST)
    ours = [(Occur.Should, Query.const_score_query(own, NUMBER)), (Occur.Should, cited)]
    return Matching(
        Query.boolean_query([(Occur.Should, found), *ours]),
        Query.boolean_query([(Occur.Should, ranked), *ours]),
    )


def _stands(reader: Reader, name: str, word: str, score: float) -> Query:
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
    return _all([whole, *rare])


def _all(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def phrase(schema: Schema, name: str, placed: Sequence[tuple[int, str]], word: str = "") -> Query:
    """The texts that hold these pieces at these distances; for one character, those with a pair that begins with it."""
    if len(word) == 1:
        char = f"\\{word}" if word in SPECIAL else word
        return Query.regex_query(schema, name, f"{char}.")
    start = placed[0][0]
    if len(placed) == 1:
        return Query.term_query(schema, name, placed[0][1])
    return Query.phrase_query(schema, name, [(place - start, piece) for place, piece in placed])


def _ranking(reader: Reader, words: Sequence[str]) -> list[tuple[Occur, Query]]:
    known = [word for word in words if reader.lists(word)]
    unknown = [word for word in words if word not in known]
    # Numbers rank nothing: where a text stands out by one, it is its 文号.
    pieces = {part for word in unknown for part in tokens.parts(word) if part.isalpha()}
    parts = sorted(pieces - set(known) - set(unknown))
    # What is a term is found and ranked by one list.
    clauses = [(Occur.Must, Query.term_query(reader.schema, "text", word, "freq")) for word in known]
    clauses += [(Occur.Must, _stands(reader, "text", word, LEAST)) for word in unknown]
    for part in parts:
        clauses.append((Occur.Should, _counted(reader, "text", part)))
        clauses.append((Occur.Should, Query.boost_query(_counted(reader, "title", part), TITLE_WORDS)))
    return [
        *clauses,
        (Occur.Should, _all([_stands(reader, "title", word, TITLE / len(words)) for word in words])),
    ]


def _counted(reader: Reader, name: str, part: str) -> Query:
    """A part of a word, the more the oftener it stands in a text."""
    if reader.lists(part):
        return Query.term_query(reader.schema, name, part, "freq")
    return phrase(reader.schema, name, tokens.phrase(part))


def by_pinyin(schema: Schema, letters: str) -> Matching | None:
    """Titles that sound as the letters are read: `zhengwugongkai`, or their initials `zwgk`."""
    ways = [phrase(schema, "sounds", list(enumerate(way))) for way in sounds.split(letters)]
    if INITIALS[0] <= len(letters) <= INITIALS[1]:
        beginning: list[str | tuple[int, str]] = [f"{letter}.*" for letter in letters]
        ways.append(Query.regex_phrase_query(schema, "sounds", beginning))
    if not ways:
        return None
    either = Query.disjunction_max_query(ways)
    return Matching(either, either)


def is_there(reader: Reader, question: Question) -> bool:
    """Whether anything is found as written."""
    query = within(reader.schema, as_written(reader, question).found, question)
    return bool(reader.searcher.search(query, 1, count=False).hits)
