"""Which rows can hold a word: an index of each row's runs of two and of three neighbouring letters.

A row that holds a word holds all of its runs. The rows found here are looked at again, so that a row
whose runs only happen to be there is not shown. Words of one letter, and words whose runs are in too
many rows, are left to a look through the columns.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.rules.tables.query import quoted
from yangguang.rules.tables.schema import Type
from yangguang.warehouse.tables.stored import Stored

if TYPE_CHECKING:
    import tantivy
    from duckdb import DuckDBPyConnection

MOST_ROWS = 5_000
READ_AT_ONCE = 20_000
HEAP = 128_000_000
_BETWEEN = "chr(31)"

_searchers: dict[Path, tuple[tantivy.Index, tantivy.Searcher]] = {}


def make(connection: DuckDBPyConnection, version: Stored, folder: Path) -> None:
    """Index the texts of every row of a version."""
    import tantivy

    folder.mkdir()
    index = tantivy.Index(_schema(), path=str(folder))
    _register(index)
    names = [quoted(field.name) for field in version.fields if field.type in (Type.STRING, Type.YEARMONTH)]
    text = f"concat_ws({_BETWEEN}, {', '.join(names)})" if names else "''"
    writer = index.writer(HEAP, 1)
    found = connection.execute(f"SELECT _id, {text} FROM {version.relation}")  # noqa: S608 names are quoted
    while batch := found.fetchmany(READ_AT_ONCE):
        for number, texts in batch:
            writer.add_document(tantivy.Document(id=number, texts=texts))
    writer.commit()
    writer.wait_merging_threads()


@lru_cache(maxsize=256)
def candidates(folder: Path, search: str) -> tuple[int, ...] | None:
    """The numbers of the rows that hold all pairs of all words; None where that is no help."""
    import tantivy

    wanted = {run for word in search.lower().split() for run in _runs(word)}
    if not wanted or not search.isprintable():
        return None
    index, searcher = _opened(folder)
    query = tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, tantivy.Query.term_query(index.schema, "texts", run)) for run in sorted(wanted)]
    )
    if searcher.search(query, 1, count=True).count > MOST_ROWS:  # type: ignore[attr-defined]
        return None
    hits = searcher.search(query, MOST_ROWS, order_by_field="id", order=tantivy.Order.Asc).hits
    return tuple(int(number) for number, _ in hits)


def _runs(word: str) -> list[str]:
    """What to look up for a word: its runs of three letters, or the word itself where it has two."""
    return [word[at : at + 3] for at in range(max(len(word) - 2, 1))] if len(word) > 1 else []


def _opened(folder: Path) -> tuple[tantivy.Index, tantivy.Searcher]:
    import tantivy

    if folder not in _searchers:
        index = tantivy.Index.open(str(folder))
        _register(index)
        _searchers[folder] = (index, index.searcher())
    return _searchers[folder]


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=False, indexed=False, fast=True)
    builder.add_text_field("texts", stored=False, tokenizer_name="runs", index_option="basic")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    import tantivy

    split = tantivy.Tokenizer.ngram(2, 3, False)
    index.register_tokenizer(
        "runs", tantivy.TextAnalyzerBuilder(split).filter(tantivy.Filter.lowercase()).build()
    )


def forget() -> None:
    """Close every index that this process has open."""
    candidates.cache_clear()
    _searchers.clear()
