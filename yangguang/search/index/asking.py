"""What is asked of the index: every word where it stands, within the filters, the best first."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

from tantivy import FieldType, Occur, Query, Schema, Searcher, SearchResult

from yangguang.search import numbers, sounds
from yangguang.search.index.entry import day_number, grains
from yangguang.search.index.place import Reader
from yangguang.search.index.ranking import LEAST, Leading, leading, ranked
from yangguang.search.index.schema import BESIDE, COUNTED, DOCUMENT, FACETS, OTHERS, column
from yangguang.search.index.spoken import initial, said, syllable
from yangguang.search.index.standing import all_of, standing

NUMBER = 100.0
"""What it adds to a rank that the 文号 is the one."""
INITIALS = (2, 12)
"""How many letters may be the initials of a title's characters."""
EITHER = 4
"""So many letters that are syllables too may be initials: `da` is 大 and 档案. More are meant as they sound."""
MOST_VALUES = 1000
THREADS = ThreadPoolExecutor(4, "index")
"""The index lets Python run while it is asked; none of these threads touches the database."""


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
    """The same texts twice: only found, and found and ranked. And what comes first, where that can be told."""

    found: Query
    ranked: Query
    leading: Leading | None = None


class Counts(NamedTuple):
    """How many texts were found, and how many of them have each value of each facet, the most frequent first."""

    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Answer:
    """Journal lines of the hits in order, and how many there are in all and by facet.

    The latter are still being counted while the hits are read from the records.
    """

    seqs: tuple[int, ...]
    counting: Future[Counts]

    @property
    def counts(self) -> Counts:
        return self.counting.result()


def ask(
    reader: Reader, asked: Matching, question: Question, *, newest: bool, offset: int, limit: int
) -> Answer:
    """The hits of `asked` within the question's day and filters."""
    # Counting needs no ranks. It goes on beside the ranking, on another core.
    counting = THREADS.submit(count, reader, within(reader.schema, asked.found, question))
    most = max(limit, 1)
    if newest:
        query = within(reader.schema, asked.found, question)
        found = reader.searcher.search(query, most, count=False, offset=offset, order_by_field="seq")
    else:
        found = _best(reader, asked, question, offset, most)
    return Answer(tuple(seqs(reader.searcher, found)), counting)


def _best(reader: Reader, asked: Matching, question: Question, offset: int, most: int) -> SearchResult:
    def found(matched: Query) -> SearchResult:
        query = within(reader.schema, matched, question)
        return reader.searcher.search(query, most, count=False, offset=offset, weight_by_field="weight")

    if asked.leading is not None:
        first = found(asked.leading.query)
        if len(first.hits) == most and first.hits[-1][0] > asked.leading.others_at_most:
            return first
    return found(asked.ranked)


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


def count(reader: Reader, query: Query) -> Counts:
    """How many texts are found, in all and by facet."""
    columns = {column(names): names for names in COUNTED}
    wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in columns}
    counted = reader.searcher.aggregate(query, wanted)
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for name, names in columns.items():
        for bucket in counted[name]["buckets"]:
            for facet, value in zip(names, bucket["key"].split(BESIDE), strict=True):
                found[facet][value] += bucket["doc_count"]
    facets = {name: {value: count for value, count in found[name].most_common() if value} for name in FACETS}
    # Every text has one status, though perhaps an empty one.
    return Counts(found["status"].total(), facets)


def within(schema: Schema, matched: Query, question: Question, source: str = DOCUMENT) -> Query:
    """`matched`, as it stood on the day, with the filters: documents, or what another source gave."""
    clauses = [(Occur.Must, matched)]
    # Most entries have begun and not ended: leaving out the few others is cheaper than finding all the rest.
    left_out = list(_not_on(schema, question.as_of))
    if source == DOCUMENT:
        left_out += [Query.term_query(schema, "source", other, "basic") for other in OTHERS]
    # As one clause, which every hit is held against once.
    clauses.append((Occur.MustNot, Query.boolean_query([(Occur.Should, one) for one in left_out])))
    if source != DOCUMENT:
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
    words = question.words
    found = all_of([standing(reader, "text", word, LEAST) for word in words])
    if question.number is None:
        return Matching(found, ranked(reader, words), leading(reader, words))
    own = Query.term_query(reader.schema, "number", numbers.reduced(question.number))
    cited = standing(reader, "text", question.number, LEAST)
    ours = [(Occur.Should, Query.const_score_query(own, NUMBER)), (Occur.Should, cited)]
    return Matching(
        Query.boolean_query([(Occur.Should, found), *ours]),
        Query.boolean_query([(Occur.Should, ranked(reader, words)), *ours]),
    )


def by_pinyin(schema: Schema, letters: str) -> Matching | None:
    """Titles that sound as the letters are read: `zhengwugongkai`, or their initials `zwgk`."""
    ways = [said(schema, [syllable([one]) for one in way]) for way in sounds.split(letters)]
    if INITIALS[0] <= len(letters) <= (EITHER if ways else INITIALS[1]):
        ways.append(said(schema, [initial(letter) for letter in letters]))
    if not ways:
        return None
    either = Query.disjunction_max_query(ways)
    return Matching(either, either)


def is_there(reader: Reader, question: Question) -> bool:
    """Whether anything is found as written."""
    query = within(reader.schema, as_written(reader, question).found, question)
    return bool(reader.searcher.search(query, 1, count=False).hits)
