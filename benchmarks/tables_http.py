"""Questions to a table of 1,000,000 rows: ours with its side index, beside Datasette with indexes and full-text index.

    .venv/bin/python benchmarks/tables_http.py
    .venv/bin/python benchmarks/tables_http.py 200000

Datasette answers over HTTP from its own process, ours in this one, so that some milliseconds of HTTP are to be
added to ours. Each question is asked with other values every time. Milliseconds on the wall, median and 95th
percentile; both sides are asked in turn, so that a busy machine weighs on both.
"""

import json
import random
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx

from benchmarks.parts import city, measure, permits

ROOT = Path(__file__).resolve().parents[1]
TIMES = 30
LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="yangguang-benchmark-") as folder:
        file = Path(folder) / "permits.csv"
        permits.write(file, rows)
        peer(file, Path(folder) / "peer.db")
        with datasette(Path(folder) / "peer.db") as address:
            compare(rows, folder, address)


def compare(rows: int, folder: str, address: str) -> None:
    city.start(folder)
    from yangguang.rules.tables.query import All, Compare, Op, Sort, TableQuery
    from yangguang.warehouse.tables import loading, reading
    from yangguang.warehouse.tables import rows as side
    from yangguang.warehouse.tables.stored import Stored

    loaded = loading.load_csv(Path(folder) / "permits.csv", permits.REGISTER, permits.NAMES)
    assert loaded.whole is not None
    version = Stored.public(loaded.whole.public.sha256, permits.REGISTER)
    side.make(version)
    chance = random.Random(7)
    departments = [value for value, _ in reading.facets(version, TableQuery(), "department").values]

    def ask(query: TableQuery) -> Callable[[], object]:
        return lambda: reading.page(version, query)

    def facet(query: TableQuery, column: str) -> Callable[[], object]:
        return lambda: (reading.page(version, query), reading.facets(version, query, column))

    def pairs() -> Iterator[tuple[str, Callable[[], object], dict[str, Any]]]:
        """Name, our question, Datasette's."""
        department, day = chance.choice(departments), f"201{chance.randrange(8)}-06-01"
        number = f"XK2017{chance.randrange(rows):08d}"
        word = f"科技{chance.randrange(9000)}有限"
        sums = str(chance.randrange(100_000, 900_000))
        filtered = All((Compare("department", Op.EQ, department), Compare("decided_on", Op.GTE, day)))
        yield "first page", ask(TableQuery()), {}
        yield "page 9,000", ask(TableQuery(after=(rows * 9 // 10,))), {"_next": rows * 9 // 10}
        yield (
            "filter + sort",
            ask(TableQuery(where=filtered, sort=(Sort("decided_on", descending=True),))),
            {"department": department, "decided_on__gte": day, "_sort_desc": "decided_on"},
        )
        yield "facet", facet(TableQuery(), "department"), {"_facet": "department"}
        yield (
            "filter without index + facet",
            facet(TableQuery(where=Compare("amount", Op.GT, sums)), "category"),
            {"amount__gt": sums, "_facet": "category"},
        )
        yield "point", lambda: reading.row(version, {"permit_no": number}), {"permit_no": number, "_size": 1}
        yield "substring", ask(TableQuery(search=word)), {"_search": f'"{word}"'}

    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    with httpx.Client(base_url=address, timeout=60) as client:
        for _ in range(TIMES):
            for name, question, parameters in pairs():
                ours.setdefault(name, []).append(timed(question))
                theirs.setdefault(name, []).append(timed(lambda asked=parameters: get(client, asked)))
    shown: list[tuple[object, ...]] = [("ms", "ours p50", "p95", "datasette p50", "p95", "times")]
    for name in ours:
        a, b = sorted(ours[name]), sorted(theirs[name])
        p95 = int(len(a) * 0.95)
        shown.append((name, a[len(a) // 2], a[p95], b[len(b) // 2], b[p95], b[len(b) // 2] / a[len(a) // 2]))
    print(json.dumps({"rows": rows, "ours": ours, "datasette": theirs}))
    measure.show(shown)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def get(client: httpx.Client, parameters: dict[str, Any]) -> None:
    answer = client.get("/peer/permits.json", params={"_size": 100, "_nosuggest": 1, **parameters})
    answer.raise_for_status()


def peer(file: Path, database: Path) -> None:
    """Datasette's file: rows, indexes on the columns that are filtered, trigram full text on the columns of text."""
    import csv

    with sqlite3.connect(database) as connection, file.open(encoding="utf-8", newline="") as source:
        connection.execute(
            "CREATE TABLE permits (permit_no TEXT, department TEXT, category TEXT, decided_on TEXT, amount REAL,"
            " holder TEXT, content TEXT, hash TEXT)"
        )
        connection.executemany("INSERT INTO permits VALUES (?,?,?,?,?,?,?,?)", list(csv.reader(source))[1:])
        for column in ("permit_no", "department", "category", "decided_on"):
            connection.execute(f"CREATE INDEX by_{column} ON permits ({column})")
        connection.execute(
            "CREATE VIRTUAL TABLE permits_fts USING fts5 (holder, content, department, content='permits',"
            " tokenize='trigram')"
        )
        connection.execute("INSERT INTO permits_fts (permits_fts) VALUES ('rebuild')")


@contextmanager
def datasette(database: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        port = plug.getsockname()[1]
    settings = [part for name in LIMITS for part in ("--setting", name, "60000")]
    command = [str(ROOT / ".venv/bin/datasette"), str(database), "--port", str(port), *settings]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                httpx.get(f"{address}/-/versions.json").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
