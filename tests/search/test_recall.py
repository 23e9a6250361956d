"""Whatever stands in a public text is found, and nothing else: the index beside plain `in`."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from yangguang.search import tokens
from yangguang.search.bulk import Cutter
from yangguang.search.cutting import cut
from yangguang.search.folding import fold, words_of
from yangguang.search.index import asking, place, schema
from yangguang.search.index.asking import Question
from yangguang.search.index.entry import EVER, Entry, as_document

DAY = dt.date(2017, 11, 30)
# Han of both planes, Latin, digits of both widths, brackets, marks, characters special to regular expressions
# and to index queries, combining and invisible ones, and every kind of white space.
ALPHABET = "政务公开信息财\U00020b9f\U0002a6a5ABabß１2３4〔[（)。，、“%_*.?+|{}\\\"&~#@<>^$-/:'é\u0301ı\u200b\ue000　\t\n \r\u2028\x1c"
TEXTS = st.lists(st.text(ALPHABET, max_size=60), min_size=1, max_size=3)


def slow_closed(text: str) -> str:
    """The twin of `closed`: one white space run at a time, by looking at its neighbours."""
    pieces = re.split(r"(\s+)", text)
    for place_ in range(1, len(pieces) - 1, 2):
        before, gap, after = pieces[place_ - 1][-1:], pieces[place_], pieces[place_ + 1][:1]
        apart = "\t" in gap or gap.count("\n") > 1
        if not apart and slow_is_han(before) and slow_is_han(after):
            pieces[place_] = ""
    return "".join(pieces)


def slow_is_han(char: str) -> bool:
    blocks = ((0x2E80, 0x303F), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
    code = ord(char) if char else 0
    return any(low <= code <= high for low, high in (*blocks, (0xFF00, 0xFFEF), (0x20000, 0x3FFFF)))


def slow_found(query: str, texts: Sequence[str]) -> bool:
    return all(any(fold(word) in fold(slow_closed(text)) for text in texts) for word in words_of(query))


def index_of(*documents: Sequence[str], listed: frozenset[str] | None = None) -> place.Reader:
    index = tantivy.Index(schema.make())
    index.register_tokenizer("spaces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(15_000_000, 1)
    cuts = map(cut, documents) if listed is None else Cutter(listed).cut(documents)
    for number, (texts, terms) in enumerate(zip(documents, cuts, strict=True)):
        entry = Entry("document", str(number), number, 20170101, EVER, texts)
        writer.add_document(as_document(entry, terms))
    writer.commit()
    index.reload()
    return place.Reader(Path(), (0, 0), index, index.searcher(), place.Position(0, ""), listed)


def found(reader: place.Reader, query: str) -> set[int]:
    question = Question(tuple(map(fold, words_of(query))), DAY)
    asked = asking.as_written(reader, question)
    answer = asking.ask(reader, asked, question, newest=False, offset=0, limit=100)
    assert len(answer.seqs) == answer.counts.total
    return set(answer.seqs)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_piece_of_every_text_is_found_and_nothing_else(data: st.DataObject) -> None:
    documents = data.draw(st.lists(TEXTS, min_size=1, max_size=4))
    reader = index_of(*documents)
    for _ in range(8):
        text = data.draw(st.sampled_from(documents[data.draw(st.integers(0, len(documents) - 1))]))
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        query = text[start : data.draw(st.integers(start, len(text)))]
        query += data.draw(st.sampled_from(["", "", " ", "公"]))
        if words_of(query):
            expected = {number for number, texts in enumerate(documents) if slow_found(query, texts)}
            assert found(reader, query) == expected, query


PRINTED = [
    # query, in the text
    ("公开", "政务公开"),
    ("开", "政务公开"),
    ("开工", "公\n开\n工作"),
    ("通知", "通　　知"),
    ("深府办函[2017]123号", "深府办函〔２０１７〕123号"),
    ("\U00020b9f家", "\U00020b9f家屯"),
    ("A_B", "用于Ａ＿Ｂ项目"),
    ("3136.5亿", "收入3136.5亿元"),
    ("B公司2", "某AB公司2017年"),
    ("。”公", "完。”公布"),
    ("10.1234/ab", "doi 10.1234/AB-c"),
    ("*", "5*3"),
    ("进一步", "更进一步走"),
    ("进一步", "进一\n步"),
    ("二十二", "一百二十二年"),
    ("管理文件", "规范性管理文件夹"),
    ("环境政策", "营商环境政策性"),
    ("\\", "a\\b"),
]
NOT_PRINTED = [
    ("公开信息", "政务公开\n\n信息"),
    ("进一步", "进\t一步"),
    ("公开信息", "公开\t信息"),
    ("opendata", "open data"),
    ("务开", "政务公开"),
    ("政公", "政务公开"),
    ("2071", "2017"),
]


@pytest.mark.parametrize(("query", "text"), PRINTED)
def test_what_is_printed_is_found(query: str, text: str) -> None:
    assert found(index_of([text]), query) == {0}


@pytest.mark.parametrize(("query", "text"), NOT_PRINTED)
def test_what_is_not_printed_is_not_found(query: str, text: str) -> None:
    assert found(index_of([text]), query) == set()


def test_a_word_does_not_reach_from_one_text_into_the_next() -> None:
    reader = index_of(["政务公开", "信息", "财政"])
    assert found(reader, "公开信息") == set()
    assert found(reader, "公开 信息 财政") == {0}


def test_a_phrase_at_the_end_of_a_very_long_text_without_a_break_is_found() -> None:
    long = "政务公开信息" * 20_000
    reader = index_of([f"{long}末尾一句", "x" * 70_000 + "尾巴yz"])
    assert found(reader, "开信息末尾一句") == {0}
    assert found(reader, f"{'x' * 150}尾巴y") == {0}
    assert found(reader, "末尾两句") == set()


@given(st.text("政务公开信息", min_size=2, max_size=30))
def test_the_pairs_of_a_phrase_cover_every_character(word: str) -> None:
    covered = {place_ + at for place_, pair in tokens.phrase(word) for at in range(len(pair))}
    assert covered == set(range(len(word)))
    assert all(word[place_ : place_ + 2] == pair for place_, pair in tokens.phrase(word))


def corpus() -> Iterator[str]:
    plan = Path(__file__).resolve().parents[2] / "plans" / "shenzhen-2017" / "plan.txt"
    yield from plan.read_text(encoding="utf-8").splitlines()


def test_every_pair_of_the_real_plan_is_found_where_it_stands() -> None:
    texts = [text for text in corpus() if len(text) > 40][:60]
    reader = index_of(*([text] for text in texts))
    joined = [fold(slow_closed(text)) for text in texts]
    pieces = {text[at : at + 2] for text in joined for at in range(0, len(text) - 1, 3)}
    for piece in sorted(piece for piece in pieces if not re.search(r"\s", piece) and piece.isprintable()):
        assert found(reader, piece) == {number for number, text in enumerate(joined) if piece in text}


@pytest.mark.parametrize("lists_all", [True, False])
def test_a_word_of_the_dictionary_is_found_inside_other_words_too(lists_all: bool) -> None:
    texts = [fold(slow_closed(text)) for text in corpus() if len(text) > 40]
    words = {text[at : at + size] for text in texts for size in (3, 4) for at in range(len(text) - size)}
    known = sorted(word for word in words if word in tokens.longer(word))
    assert len(known) > 150
    # Every second word has a list of its own; the others are found by their pairs.
    reader = index_of(*([text] for text in texts), listed=None if lists_all else frozenset(known[::2]))
    for word in known[::3]:
        assert found(reader, word) == {number for number, text in enumerate(texts) if word in text}, word
