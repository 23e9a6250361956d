"""Search over what the units published, the plan and the units.

Every place where the words stand is found: pairs of characters decide, not a dictionary (decision record 0012).
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

from yangguang.search import datasets, documents, numbers, pages, records
from yangguang.search.answering import answered, letters_of, one_by_one
from yangguang.search.folding import fold, words_of
from yangguang.search.freshness import usable
from yangguang.search.hits import Found, Group, Kind
from yangguang.search.index import asking, place, suggesting
from yangguang.search.index.asking import Question
from yangguang.search.index.place import Reader

T = TypeVar("T")

log = logging.getLogger(__name__)

LIMIT = 10
LONGEST_QUERY = 200
DEEPEST = 10_000
"""Hits beyond which nobody pages; a narrower question is the better way."""
NONE = Group(Kind.DOCUMENT, (), 0)
REBUILDING = "全文索引正在准备，暂时只能按文件的标题、文号和索引号查找，也没有分类统计。请稍后再试。"


def search(
    query: str,
    *,
    as_of: dt.date,
    filters: Mapping[str, str] | None = None,
    newest: bool = False,
    offset: int = 0,
    limit: int = LIMIT,
) -> Found:
    """What holds every word of the query.

    `query` is what was typed: one or more words, of one character or more; beyond 200 characters it is cut.
    An empty query finds nothing. Documents are seen as they stood at the end of `as_of`, `limit` of them from
    `offset` on (at most 10,000): the best first, or the `newest`. `filters` maps unit (slug), topic, form,
    status and year to the one value wanted; then only documents are searched. The number of database
    queries does not depend on what is found, only on whether anything stands as typed.
    """
    words = words_of(query[:LONGEST_QUERY])
    if not words:
        return Found(NONE)
    question = asked(query, as_of=as_of, filters=filters)
    offset = min(max(offset, 0), DEEPEST)
    reader = usable()
    finish = begin(reader, question, newest=newest, offset=offset, limit=limit) if reader else None
    all_kinds = not question.filters and offset == 0
    listed = records.groups((question.number,) if question.number else words, limit) if all_kinds else ()
    found = _unless_broken(finish) if finish else None
    if reader is None or found is None:
        return Found(documents.by_title(question, limit), listed, notice=REBUILDING)
    if all_kinds:
        found = replace(found, others=(*listed, *_indexed(reader, question, limit)))
    if all_kinds and not found.others and (found.one_by_one or not found.documents.total):
        found = _one_by_one(found, reader, question, limit)
    return _or_else(found, reader, question, limit)


def _indexed(reader: Reader, question: Question, limit: int) -> tuple[Group, ...]:
    return (*datasets.groups(reader, question, limit), *pages.groups(reader, question, limit))


def _one_by_one(found: Found, reader: Reader, question: Question, limit: int) -> Found:
    """With what is no document, where that does not hold the query as typed either."""
    several = one_by_one(question)
    if several is None:
        return found
    others = (*records.groups(several.words, limit), *_indexed(reader, several, limit))
    return replace(found, others=others, one_by_one=several.words) if others else found


class Listed(NamedTuple):
    """A page of the documents found, by the journal lines of their editions, and how many there are in all."""

    seqs: tuple[int, ...]
    total: int


def listed(
    query: str, *, as_of: dt.date, filters: Mapping[str, str], offset: int, limit: int
) -> Listed | None:
    """The documents that `search` finds, best first, to be shown otherwise; any page of them. None without an index."""
    if not words_of(query[:LONGEST_QUERY]):
        return Listed((), 0)
    question, reader = asked(query, as_of=as_of, filters=filters), usable()
    if reader is None:
        return None
    offset = min(offset, reader.searcher.num_docs)
    found = _unless_broken(lambda: answered(reader, question, newest=False, offset=offset, limit=limit))
    return None if found is None else Listed(found.answer.seqs, found.answer.counts.total)


def _unless_broken(work: Callable[[], T]) -> T | None:
    """What the index answers; None where its files cannot be read: it is given up, to be built anew."""
    try:
        return work()
    except BaseException as problem:
        if not place.is_broken(problem):
            raise
        log.exception("索引读不出来，将重新建立")
        place.discard()
        return None


def asked(query: str, *, as_of: dt.date, filters: Mapping[str, str] | None = None) -> Question:
    """What a query with at least one word asks of the index."""
    words = tuple(map(fold, words_of(query[:LONGEST_QUERY])))
    return Question(words, as_of, numbers.printed(query), dict(filters or {}))


def find(reader: Reader, question: Question) -> Found:
    """The ten best documents only: as written, or else, where the question is letters, by pinyin."""
    return begin(reader, question, newest=False, offset=0, limit=LIMIT)()


def begin(
    reader: Reader, question: Question, *, newest: bool, offset: int, limit: int
) -> Callable[[], Found]:
    """Begin to ask the index, which does not hinder what else is done meanwhile; what is given waits for it."""
    work = partial(answered, reader, question, newest=newest, offset=offset, limit=limit)
    pending = asking.THREADS.submit(work)

    def finish() -> Found:
        answer, understood, by_pinyin = pending.result()
        shown = Group(Kind.DOCUMENT, documents.shown(answer.seqs, understood), answer.counts.total)
        apart = understood.words if understood != question else ()
        return Found(shown, facets=answer.counts.facets, by_pinyin=by_pinyin, one_by_one=apart)

    return finish


def _or_else(found: Found, reader: Reader, question: Question, limit: int) -> Found:
    """Where nothing stands as written: units that sound so, and what may have been meant."""
    if found.total:
        return replace(found, by_pinyin=found.by_pinyin and found.documents.total > 0)
    if (letters := letters_of(question)) and (units := records.units_by_pinyin(letters, limit)):
        return replace(found, others=units, by_pinyin=True)
    return replace(found, by_pinyin=False, suggestions=_suggestions(reader, question))


def _suggestions(reader: Reader, question: Question) -> tuple[str, ...]:
    """The query with the words that stand nowhere replaced by what titles hold instead."""
    meant: list[str] = [""]
    for word in question.words:
        alone = Question((word,), question.as_of)
        known = asking.is_there(reader, alone)
        ways = [word] if known else suggesting.suggestions(reader, word, question.as_of, documents.titles)
        ways = ways or suggesting.among([*records.titles(), *datasets.titles()], word)
        if not ways:
            return ()
        meant = [f"{before} {way}".strip() for before in meant for way in ways][: suggesting.MOST]
    return tuple(query for query in meant if query.split() != list(question.words))
