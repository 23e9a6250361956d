"""Keep the index in step with the journal.

The index is derived: every entry can be made again from the records. Its position changes in the same commit
as its entries, so that a process killed at any moment leaves an index that knows how far it has read.
"""

import itertools
import json
import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import tantivy

from yangguang.journal.models import Head, Line
from yangguang.rules.chain import GENESIS
from yangguang.search import tokens, vocabulary
from yangguang.search.cutting import cut
from yangguang.search.index import place, schema
from yangguang.search.index.entry import Entry, as_document
from yangguang.search.index.place import Position
from yangguang.search.sources import SOURCES
from yangguang.search.vocabulary import Longer

log = logging.getLogger(__name__)

HEAP, THREADS = 400_000_000, 2
"""Bytes at most and threads of a rebuild: 200,000 documents become seven segments, one less than are merged."""
SMALL_HEAP = 15_000_000
"""Bytes of a follow-up: the least that tantivy allows."""
LINES_AT_ONCE = 2000
CUT_AT_ONCE = 64
LEARNED_FROM = 2000
"""Entries whose longer words an index of more entries lists. One of fewer lists all that the dictionary knows."""

Progress = Callable[[int, int], None]
"""Called with the entries written so far and the number expected."""


def head() -> Position:
    """Where the journal ends."""
    row = Head.objects.filter(pk=1).values_list("size", "digest").first()
    return Position(*row) if row else Position(0, GENESIS)


def follow(*, wait: bool = True, progress: Progress | None = None) -> int:
    """Bring the index up to the journal's end; returns how many lines were read, entries when built anew.

    Does nothing but look when there are none, and nothing at all where another process is writing and
    `wait` is false. An index that is missing, broken, of another format or of another journal is built anew.
    """
    reader = place.reader()
    if reader is not None and reader.position == head():
        return 0
    with place.writing(wait=wait) as mine:
        if not mine:
            return 0
        reader = place.reader()
        if reader is not None and is_of_this_journal(reader.position):
            try:
                return _read_on(reader, settle=wait)
            except BaseException as problem:
                if not place.is_broken(problem):
                    raise
                log.exception("索引续写失败，重新建立")
        return _build(progress)


def rebuild(*, progress: Progress | None = None) -> int:
    """Build the index from the records, beside the one in use, and change over; returns the number of entries."""
    with place.writing(wait=True):
        return _build(progress)


def is_of_this_journal(position: Position) -> bool:
    """Whether the journal still has the line up to which the index has read."""
    if position.size == 0:
        return position.digest == GENESIS
    return Line.objects.filter(seq=position.size, digest=position.digest).exists()


def _read_on(reader: place.Reader, *, settle: bool) -> int:
    """Replace the entries of everything that the new lines touch. Small pieces are merged where `settle`."""
    start, end = reader.position, head()
    writer = reader.index.writer(SMALL_HEAP, 1)
    longer = tokens.longer if reader.listed is None else vocabulary.finder(reader.listed)
    for low in range(start.size, end.size, LINES_AT_ONCE):
        high = min(low + LINES_AT_ONCE, end.size)
        bodies = Line.objects.filter(seq__gt=low, seq__lte=high).values_list("body", flat=True)
        _replace(writer, bodies, longer)
    _commit(writer, end)
    if settle:
        writer.wait_merging_threads()
    return end.size - start.size


def _replace(writer: tantivy.IndexWriter, bodies: Iterable[str], longer: Longer) -> None:
    lines = [json.loads(body) for body in bodies]
    for source in SOURCES:
        keys = {key for line in lines for key in source.touched(line)}
        for key in keys:
            writer.delete_documents_by_term("entry", f"{source.name}:{key}")
        if keys:
            _add(writer, source.entries(keys), longer)


def _build(progress: Progress | None) -> int:
    # Asked for before the records are read: what is published meanwhile is read again by `follow`.
    position = head()
    folder = place.new_folder()
    try:
        writer = schema.open_in(folder).writer(HEAP, THREADS)
        expected = sum(source.count() for source in SOURCES) if progress else 0
        entries = itertools.chain.from_iterable(source.entries(None) for source in SOURCES)
        written = _add_all(writer, _told(entries, expected, progress), folder)
        _commit(writer, position)
        writer.wait_merging_threads()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    place.use(folder)
    return written


def _add_all(writer: tantivy.IndexWriter, entries: Iterator[Entry], folder: Path) -> int:
    """Add all entries of a new index, whose longer words are told beside it where it is large."""
    first = list(itertools.islice(entries, LEARNED_FROM))
    if len(first) < LEARNED_FROM:
        return _add(writer, first)
    words = vocabulary.seen_in(tokens.joined(entry.texts) for entry in first)
    place.list_words(folder, words)
    return _add_many(writer, itertools.chain(first, entries), words)


def _add_many(writer: tantivy.IndexWriter, entries: Iterator[Entry], words: Collection[str]) -> int:
    # It brings numpy, which a process that only follows the journal does without.
    from yangguang.search.bulk import Cutter

    cutter, written = Cutter(words), 0
    while batch := list(itertools.islice(entries, CUT_AT_ONCE)):
        for entry, cut_ in zip(batch, cutter.cut([entry.texts for entry in batch]), strict=True):
            writer.add_document(as_document(entry, cut_))
        written += len(batch)
    return written


def _add(writer: tantivy.IndexWriter, entries: Iterable[Entry], longer: Longer = tokens.longer) -> int:
    written = 0
    for entry in entries:
        writer.add_document(as_document(entry, cut(entry.texts, longer)))
        written += 1
    return written


def _commit(writer: tantivy.IndexWriter, position: Position) -> None:
    writer.delete_documents_by_term("entry", schema.POSITION)
    writer.add_document(position.as_document())
    writer.commit()


def _told(entries: Iterable[Entry], expected: int, progress: Progress | None) -> Iterator[Entry]:
    if progress is None:
        yield from entries
        return
    number = 0
    for number, entry in enumerate(entries, 1):
        if number % 500 == 0:
            progress(number, max(number, expected))
        yield entry
    progress(number, number)
