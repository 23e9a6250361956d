"""Questions over HTTP to a table of 1,000,000 rows: ours, beside Datasette with indexes and full-text index.

    .venv/bin/python benchmarks/tables_http.py
    .venv/bin/python benchmarks/tables_http.py 200000

Both serve on this machine, each from its own process; ours holds what `yangguang register publish` made of a
csv file, with the side index that the background work makes. Each question is asked with other values every
time. Milliseconds on the wall from the first byte sent to the last received, over one connection that stays
open, median and 95th percentile. The sides take turns of ten rounds of all questions, the same for both: a busy
machine weighs on both, and neither is asked with its memory emptied by the other's last answer. The client is a
socket, which costs both sides the least. CKAN's `datastore_search` has no peer here; `floor` is an address of
each that looks nothing up.
"""

import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx

from benchmarks.parts import city, measure, permits
from yangguang.rules.tables.grammar_datasette import token

ROOT = Path(__file__).resolve().parents[1]
TURNS, ROUNDS = 5, 10
OURS, THEIRS = "/table/permits/permits.json", "/peer/permits.json"
SEARCH = "/api/3/action/datastore_search"
FLOOR, FLOOR_THERE = "/api/3", "/-/versions.json"
LENGTH = re.compile(rb"(?i)\ncontent-length: *([0-9]+)")
LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms")


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="yangguang-benchmark-") as folder:
        file = Path(folder) / "permits.csv"
        permits.write(file, rows)
        peer(file, Path(folder) / "peer.db")
        measure.in_own_process(__file__, "fill", folder)
        with datasette(Path(folder) / "peer.db") as theirs, product(folder) as ours:
            compare(rows, ours, theirs)


def fill(folder: str) -> None:
    """Publish the file and make its side index."""
    city.start(folder)
    from yangguang.registers.actions import indexes

    permits.publish(permits.register(), Path(folder) / "permits.csv")
    print(json.dumps({"indexes": indexes.make_missing()}))


Question = tuple[str, dict[str, Any]]
Size = tuple[str, int]
Times = dict[str, list[float]]


def questions(rows: int, chance: random.Random, words: dict[str, list[str]]) -> Iterator[Question]:
    """Name and parameters, which both sides read alike (but for `as_ours`)."""
    department, day = chance.choice(words["department"]), f"201{chance.randrange(8)}-06-01"
    number = f"XK2017{chance.randrange(rows):08d}"
    word = f"科技{chance.randrange(9000)}有限"
    sums = str(chance.randrange(100_000, 900_000))
    yield "first page", {}
    yield "page 9,000", {"_next": rows * 9 // 10}
    yield "facet", {"_facet": chance.choice(["department", "category", "decided_on", "content"]), "_size": 0}
    yield "filter by department", {"department": department}
    yield "filter by category", {"category": chance.choice(words["category"])}
    yield "filter by day", {"decided_on__gte": day}
    yield "filter by sum", {"amount__gt": sums}
    yield "filter by holder", {"holder__startswith": chance.choice(words["holder"])[:7]}
    yield "filter by content", {"content": chance.choice(words["content"])}
    yield "filter + facet", {"amount__gt": sums, "_facet": "category"}
    yield (
        "filter + sort",
        {"department": department, "decided_on__gte": day, "_sort_desc": "decided_on"},
    )
    yield "point", {"permit_no": number, "_size": 1}
    yield "substring", {"_search": f'"{word}"'}


def compare(rows: int, ours: str, theirs: str) -> None:
    chance = random.Random(7)
    taken: dict[str, list[float]] = {}
    others: dict[str, list[float]] = {}
    with asking(ours) as us, asking(theirs) as them:
        words, resource = words_of(us), resource_of(us)
        for turn in range(TURNS + 1):
            asked = [list(questions(rows, chance, words)) for _ in range(ROUNDS)]
            sizes = ask_us(us, asked, resource, taken if turn else {})
            require_alike(sizes, ask_them(them, asked, others if turn else {}))
    print(json.dumps({"rows": rows, "ours": taken, "datasette": others}))
    measure.show(shown(taken, others))


def words_of(client: "Asking") -> dict[str, list[str]]:
    first = get(client, OURS, {"_size": 200})[1]["rows"]
    names = ("department", "category", "holder", "content")
    return {name: sorted({row[name] for row in first}) for name in names}


def ask_us(client: "Asking", asked: list[list[Question]], resource: str, taken: Times) -> list[Size]:
    """Ask a turn, note the milliseconds; tells how many rows came."""
    sizes = []
    for each in asked:
        for name, parameters in each:
            found = noted(client, taken, name, OURS, as_ours(parameters))
            sizes.append((name, len(found["rows"])))
        noted(client, taken, "datastore_search", SEARCH, {"resource_id": resource, "limit": 100})
        noted(client, taken, "floor", FLOOR, {})
    return sizes


def ask_them(client: "Asking", asked: list[list[Question]], taken: Times) -> list[Size]:
    """The same of the peer."""
    sizes = []
    for each in asked:
        for name, parameters in each:
            sizes.append((name, len(noted(client, taken, name, THEIRS, parameters)["rows"])))
        noted(client, taken, "floor", FLOOR_THERE, {})
    return sizes


def noted(client: "Asking", taken: Times, name: str, path: str, parameters: dict[str, Any]) -> dict[str, Any]:
    milliseconds, found = get(client, path, parameters)
    taken.setdefault(name, []).append(milliseconds)
    return found


def shown(taken: Times, others: Times) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = [("ms", "ours p50", "p95", "datasette p50", "p95", "times", "p95")]
    for name, values in taken.items():
        own = spread(values)
        peers = spread(others[name]) if name in others else None
        times = [there / here for there, here in zip(peers, own, strict=True)] if peers else ()
        lines.append((name, *own, *(peers or ("", "")), *(times or ("", ""))))
    return lines


def as_ours(asked: dict[str, Any]) -> dict[str, Any]:
    """The same for us, who write the number of the row that a page goes on after in another way."""
    return {**asked, "_next": token((asked["_next"],))} if "_next" in asked else asked


def spread(values: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    found = sorted(values) or [0.0]
    return found[len(found) // 2], found[int(len(found) * 0.95)]


def require_alike(ours: list[Size], theirs: list[Size]) -> None:
    """Both found as many rows, so that nobody is fast by leaving out."""
    for one, other in zip(ours, theirs, strict=True):
        if one != other and one[0] != "substring":
            raise SystemExit(f"{one[0]}: {one[1]} rows, {other[1]} of the peer")


def resource_of(client: "Asking") -> str:
    package = get(client, "/api/3/action/package_show", {"id": "permits"})[1]["result"]
    return str(next(one["id"] for one in package["resources"] if one.get("datastore_active")))


@contextmanager
def product(folder: str) -> Iterator[str]:
    """The product's server on the folder's database, as `yangguang serve` starts it."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        "1",
        "--log-level",
        "warning",
        "yangguang.config.rsgi:application",
    ]
    given = {**os.environ, "YANGGUANG_VAR": folder, "YANGGUANG_PORT": str(port)}
    process = subprocess.Popen(
        command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with stopping(process, f"http://127.0.0.1:{port}", "/api/v1/"):
        yield f"http://127.0.0.1:{port}"


class Asking:
    """A connection that stays open, and takes answers apart no further than to know where they end."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        name, _, port = self.host.partition(":")
        self.socket = socket.create_connection((name, int(port)), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, address: str) -> tuple[float, bytes]:
        """Milliseconds until the whole answer was there, and its body."""
        question = f"GET {address} HTTP/1.1\r\nHost: {self.host}\r\nAccept: */*\r\n\r\n".encode()
        started = time.perf_counter()
        self.socket.sendall(question)
        got, end = b"", -1
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        head, body = got[:end], [got[end + 4 :]]
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{address}: {got[:400]!r}")
        length = LENGTH.search(head)
        if length is None:
            while not b"".join(body[-2:]).endswith(b"0\r\n\r\n"):
                body.append(self._more())
            return (time.perf_counter() - started) * 1000, _joined(b"".join(body))
        missing = int(length[1]) - len(body[0])
        while missing > 0:
            body.append(self._more())
            missing -= len(body[-1])
        return (time.perf_counter() - started) * 1000, b"".join(body)

    def _more(self) -> bytes:
        if piece := self.socket.recv(1 << 20):
            return piece
        raise SystemExit(f"{self.host} has gone")


def _joined(chunked: bytes) -> bytes:
    """A body that was sent in chunks (RFC 9112, 7.1)."""
    found, at = b"", 0
    while size := int(chunked[at : (begin := chunked.index(b"\r\n", at) + 2)], 16):
        found += chunked[begin : begin + size]
        at = begin + size + 2
    return found


@contextmanager
def asking(address: str) -> Iterator[Asking]:
    asked = Asking(address)
    try:
        yield asked
    finally:
        asked.socket.close()


def get(client: Asking, path: str, parameters: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """Milliseconds until the whole answer was there, and what it holds."""
    own = {"_size": 100, "_nosuggest": 1, "_shape": "objects"} if path in (OURS, THEIRS) else {}
    taken, body = client.get(f"{path}?{urlencode({**own, **parameters})}")
    return taken, dict(json.loads(body))


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
    port = free_port()
    settings = [part for name in LIMITS for part in ("--setting", name, "60000")]
    command = [str(ROOT / ".venv/bin/datasette"), str(database), "--port", str(port), *settings]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with stopping(process, f"http://127.0.0.1:{port}", "/-/versions.json"):
        yield f"http://127.0.0.1:{port}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


@contextmanager
def stopping(process: "subprocess.Popen[bytes]", address: str, path: str) -> Iterator[None]:
    """Wait until the server answers; stop it in the end."""
    try:
        for _ in range(600):
            with suppress(httpx.HTTPError):
                httpx.get(f"{address}{path}", timeout=60).raise_for_status()
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        fill(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
