"""What comes first: the short way beside ranking every text that was found."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from yangguang.search.cutting import cut
from yangguang.search.index import asking, place, schema
from yangguang.search.index.asking import Question
from yangguang.search.index.entry import EVER, HEAVIEST, Entry, as_document

DAY = dt.date(2017, 11, 30)
WORDS = ("政务", "公开", "信息", "财政", "决算", "水质")
TEXT = st.lists(st.sampled_from(WORDS), min_size=0, max_size=6).map("".join)
WEIGHTS = st.sampled_from([1.0, 1.17, 3.0, 3.5, HEAVIEST])
ENTRIES = st.lists(st.tuples(st.sampled_from(WORDS), TEXT, TEXT, WEIGHTS), min_size=1, max_size=40)


def index_of(entries: Sequence[tuple[str, str, str, float]]) -> place.Reader:
    """Entries of a title of at least one word, a body and a weight; every third was replaced once."""
    index = tantivy.Index(schema.make())
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(15_000_000, 1)
    for time in (0, 1):
        for number, (first, title, body, weight) in enumerate(entries):
            texts = (first + title, body)
            entry = Entry("document", str(number), number, 20170101, EVER, texts, weight=weight)
            if time == 0 or number % 3 == 0:
                writer.delete_documents_by_term("entry", entry.address)
                writer.add_document(as_document(entry, cut(texts)))
        writer.add_document(place.Position(0, "").as_document())
        writer.commit()
    index.reload()
    return place.Reader(Path(), (0, 0), index, index.searcher(), place.Position(0, ""))


def ranks(reader: place.Reader, question: Question, matched: tantivy.Query) -> dict[int, float]:
    """The rank of every text that a query finds."""
    query = asking.within(reader.schema, matched, question)
    found = reader.searcher.search(query, 1000, weight_by_field="weight")
    seqs = asking.seqs(reader.searcher, found)
    return {seq: score for seq, (score, _) in zip(seqs, found.hits, strict=True)}


@given(entries=ENTRIES, words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True))
@settings(max_examples=60, deadline=None)
def test_no_text_without_the_words_in_its_title_ranks_above_what_is_promised(
    entries: list[tuple[str, str, str, float]], words: list[str]
) -> None:
    reader, question = index_of(entries), Question(tuple(words), DAY)
    asked = asking.as_written(reader, question)
    assert asked.leading is not None
    every, first = (ranks(reader, question, query) for query in (asked.ranked, asked.leading.query))
    titled = {
        n for n, (start, rest, _, _) in enumerate(entries) if all(word in start + rest for word in words)
    }
    assert set(first) == titled
    assert all(every[seq] == rank for seq, rank in first.items())
    assert all(rank < asked.leading.others_at_most for seq, rank in every.items() if seq not in titled)


@given(
    entries=ENTRIES,
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_the_short_way_gives_what_ranking_all_gives(
    entries: list[tuple[str, str, str, float]], words: list[str], data: st.DataObject
) -> None:
    reader, question = index_of(entries), Question(tuple(words), DAY)
    asked = asking.as_written(reader, question)
    offset, limit = data.draw(st.integers(0, 5)), data.draw(st.integers(1, 5))
    short, long = (
        asking.ask(reader, way, question, newest=False, offset=offset, limit=limit)
        for way in (asked, asked._replace(leading=None))
    )
    assert short.seqs == long.seqs
    assert short.counts == long.counts


def test_texts_with_the_words_in_their_titles_are_enough_where_there_are_many() -> None:
    entries = [("公开", "决算", "政务", 3.0)] * 12 + [("信息", "", "公开公开公开", HEAVIEST)] * 200
    reader, question = index_of(entries), Question(("公开",), DAY)
    asked = asking.as_written(reader, question)
    assert asked.leading is not None
    assert min(ranks(reader, question, asked.leading.query).values()) > asked.leading.others_at_most


def test_a_part_of_a_phrase_ranks_the_more_the_oftener_it_stands() -> None:
    reader = index_of([("财政", "", f"水质公告{'信息' * times}", 1.0) for times in (1, 3, 2)])
    question = Question(("公告信息",), DAY)
    asked = asking.as_written(reader, question)
    answer = asking.ask(reader, asked, question, newest=False, offset=0, limit=10)
    assert answer.seqs == (1, 2, 0)


def test_the_rarest_parts_of_a_phrase_tell() -> None:
    common = [("财政", "", "公开信息", 1.0)] * 5
    more = ("公开公开公开", "水质水质水质", "无无无无无无")
    whole = [("财政", "", f"公开信息决算水质政务{one}", 1.0) for one in more]
    reader, question = index_of([*common, *whole]), Question(("公开信息决算水质政务",), DAY)
    every = ranks(reader, question, asking.as_written(reader, question).ranked)
    assert every[6] > every[5]
    # What is common counts no more for being repeated.
    assert every[5] == pytest.approx(every[7])
