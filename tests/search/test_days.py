"""An entry is found on the days on which it stood, and on no other."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yangguang.search.cutting import cut
from yangguang.search.index import asking, place, schema
from yangguang.search.index.asking import Question
from yangguang.search.index.entry import EVER, Entry, as_document, day_number

TEXT = ("通知",)
# Few days, on both sides of the turns of months and years.
DAYS = st.sampled_from(
    [
        dt.date(year, month, day)
        for year in (2016, 2017, 2018)
        for month in (1, 6, 12)
        for day in (1, 2, 28, 30)
    ]
)
SPANS = st.lists(st.tuples(DAYS, st.none() | DAYS), min_size=1, max_size=12)


@given(spans=SPANS, days=st.lists(DAYS, min_size=4, max_size=8))
@settings(max_examples=30)
def test_it_is_found_from_its_first_day_to_its_last(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[dt.date, dt.date | None]], days: list[dt.date]
) -> None:
    index = schema.open_in(tmp_path_factory.mktemp("index"))
    writer = index.writer(15_000_000, 1)
    for number, (since, until) in enumerate(spans):
        last = EVER if until is None else day_number(until)
        writer.add_document(
            as_document(Entry("document", str(number), number, day_number(since), last, TEXT), cut(TEXT))
        )
    writer.commit()
    index.reload()
    reader = place.Reader(Path(), (0, 0), index, index.searcher(), place.Position(0, ""))
    for day in days:
        question = Question(TEXT, day)
        written = asking.as_written(reader, question)
        answer = asking.ask(reader, written, question, newest=False, offset=0, limit=100)
        standing = {
            n for n, (since, until) in enumerate(spans) if since <= day and (until is None or day <= until)
        }
        assert set(answer.seqs) == standing
