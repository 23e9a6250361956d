"""The peers of the search benchmark: the same documents, words, queries and answers, in two databases."""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.parts import library

FACETS = ("unit", "topic", "form", "status", "year")
COLUMNS = "number INTEGER PRIMARY KEY, unit TEXT, topic TEXT, form TEXT, status TEXT, year TEXT"
BUDGET = 60.0
"""Seconds after which a peer is asked no more; what it answered is reported."""


def rows(size: int) -> Iterator[tuple[Any, ...]]:
    """Number, facets, words of the title, words of the body."""
    for text in library.Library().texts(size):
        facets = (str(text.unit), text.topic, text.form, text.status, str(text.online_at.year))
        yield (text.number, *facets, library.segmented([text.title]), library.segmented([text.body]))


def sqlite(size: int, folder: str) -> None:
    """FTS5 over segmented text with bm25 (title thrice), snippet and GROUP BY."""
    _setup(folder)
    database = sqlite3.connect(Path(folder) / "fts.sqlite3")
    database.execute(f"CREATE TABLE documents ({COLUMNS})")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(title, body)")
    started = time.perf_counter()
    for row in rows(size):
        database.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", row[:6])
        database.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (row[0], *row[6:]))
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.commit()
    built = time.perf_counter() - started

    def answer(query: str) -> None:
        asked = " AND ".join(f'"{_words(word)}"' for word in query.split())
        top = (
            "SELECT rowid, snippet(words, 1, '[', ']', '…', 40) FROM words WHERE words MATCH ? "
            "ORDER BY bm25(words, 3.0, 1.0) LIMIT 10"
        )
        database.execute(top, (asked,)).fetchall()
        for facet in FACETS:
            counted = f"SELECT {facet}, count(*) FROM documents JOIN words ON words.rowid = number WHERE words MATCH ? GROUP BY 1"
            database.execute(counted, (asked,)).fetchall()

    print(json.dumps({"sqlite": _timed(answer), "sqlite_build": built}))


def postgres(size: int) -> None:
    """tsvector('simple') over segmented text, GIN, ts_rank, ts_headline and GROUP BY."""
    import tempfile

    import psycopg

    _setup(tempfile.mkdtemp())
    connection = psycopg.connect(os.environ["YANGGUANG_DATABASE"], autocommit=True)
    connection.execute(f"CREATE TABLE documents ({COLUMNS}, title TEXT, body TEXT, words TSVECTOR)")
    started = time.perf_counter()
    with connection.cursor() as cursor:
        columns = "number, unit, topic, form, status, year, title, body"
        with cursor.copy(f"COPY documents ({columns}) FROM STDIN") as copy:
            for row in rows(size):
                copy.write_row(row)
    weighted = "setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)"
    connection.execute(f"UPDATE documents SET words = {weighted}")
    connection.execute("CREATE INDEX ON documents USING gin (words)")
    connection.execute("VACUUM ANALYZE documents")
    built = time.perf_counter() - started
    best = (
        "SELECT number, body FROM documents, q WHERE words @@ q.asked "
        "ORDER BY ts_rank(words, q.asked) DESC LIMIT 10"
    )
    top = (
        "WITH q AS (SELECT to_tsquery('simple', %s) AS asked) "
        f"SELECT number, ts_headline('simple', body, q.asked) FROM ({best}) AS best, q"
    )

    def answer(query: str) -> None:
        asked = " & ".join(f"({' <-> '.join(_words(word).split())})" for word in query.split())
        connection.execute(top, (asked,)).fetchall()
        for facet in FACETS:
            counted = (
                f"SELECT {facet}, count(*) FROM documents WHERE words @@ to_tsquery('simple', %s) GROUP BY 1"
            )
            connection.execute(counted, (asked,)).fetchall()

    print(json.dumps({"postgres": _timed(answer), "postgres_build": built}))


def _words(word: str) -> str:
    """A query's word as it was cut in the texts, without marks, which neither database keeps."""
    import rjieba

    cut = rjieba.cut_for_search(word, False)
    return " ".join(part for part in cut if any(char.isalnum() for char in part))


def _timed(answer: Callable[[str], None]) -> Sequence[float]:
    queries = library.Library().queries(library.FOR_PEERS)
    for query in queries[:5]:
        answer(query)
    times, until = [], time.monotonic() + BUDGET
    for query in queries:
        started = time.perf_counter()
        answer(query)
        times.append((time.perf_counter() - started) * 1000)
        if time.monotonic() > until:
            print(f"stopped after {len(times)} queries", file=sys.stderr)
            break
    return times


def _setup(folder: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    os.environ["YANGGUANG_VAR"] = folder
    import django

    django.setup()
