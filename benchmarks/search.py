"""Search 20,000 to 200,000 invented Chinese documents: building the index, asking it, and asking others.

A query gives the ranked top ten with facet counts (unit, topic, form, status, year), highlights and the total.
The peers answer the same queries over the same documents, segmented with the same library: SQLite FTS5 (bm25,
snippet, GROUP BY) and PostgreSQL (tsvector 'simple', GIN, ts_rank, ts_headline, GROUP BY).

    .venv/bin/python benchmarks/search.py                          # 20,000 and 200,000, with both peers
    .venv/bin/python benchmarks/search.py 20000                    # one size
    .venv/bin/python benchmarks/search.py 20000 --without-peers

Or one part at a time, each printing its JSON, in a folder that is kept: `enter 200000 FOLDER` first, then
`index`, `ask`, `http` and `sqlite` with the same size and folder; `postgres 200000` under `scripts/with_postgres.py`.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import city, library, measure

SIZES = (20_000, 200_000)
QUERIES = 200
WARM = 10
ROOT = Path(__file__).resolve().parents[1]


def one(size: int, peers: bool) -> None:
    """Enter documents in one process; build, ask and let others answer each in its own."""
    with city.folder() as folder:
        measure.in_own_process(__file__, "enter", size, folder)
        found = measure.in_own_process(__file__, "index", size, folder)
        found |= measure.in_own_process(__file__, "ask", size, folder)
        found |= measure.in_own_process(__file__, "http", size, folder)
        if peers:
            found |= measure.in_own_process(__file__, "sqlite", size, folder)
            found |= postgres(size)
    print(json.dumps(found))


def postgres(size: int) -> dict[str, Any]:
    """The peer with a server of its own; nothing where there is none."""
    script = str(ROOT / "scripts" / "with_postgres.py")
    command = [sys.executable, script, sys.executable, __file__, "postgres", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1]
    return dict(json.loads(last)) if last.startswith("{") else {}


def enter(size: int, folder: str) -> None:
    city.start(folder)
    library.enter(size)
    print("{}")


def index(size: int, folder: str) -> None:
    """Build the whole index from the records. Sizes in MB."""
    city.start(folder)
    from yangguang.search import actions
    from yangguang.search.index import place

    started, used = time.perf_counter(), measure.all_cpu()
    entries = actions.rebuild()
    wall, cpu = time.perf_counter() - started, measure.all_cpu() - used
    used_mb = sum(file.stat().st_size for file in (place.current() or place.root()).iterdir()) / 1e6
    print(
        json.dumps(
            {"entries": entries, "build": wall, "build_cpu": cpu, "mb": used_mb, "peak": measure.peak_mb()}
        )
    )


def ask(size: int, folder: str) -> None:
    city.start(folder)
    from yangguang.search import queries as search
    from yangguang.search.freshness import usable

    def answer(query: str) -> int:
        reader = usable() or sys.exit("no index")
        return search.find(reader, search.asked(query, as_of=library.AS_OF)).documents.total

    queries = library.Library().queries(QUERIES)
    times, hits = timed(queries, answer)
    few, _ = timed(queries[: library.FOR_PEERS], answer)
    print(json.dumps({"ours": times, "ours_few": few, "hits": hits, "rss": measure.peak_mb()}))


def http(size: int, folder: str) -> None:
    """The same queries as pages, over one connection to the server that `make run` starts."""
    import http.client
    from urllib.parse import quote

    from django.core.management import call_command

    city.start(folder)
    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port()
    environment = {
        **os.environ,
        "YANGGUANG_VAR": folder,
        "YANGGUANG_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "yangguang.config.settings",
    }
    options = ["--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "3"]
    command = [
        sys.executable,
        "-m",
        "granian",
        *options,
        "--log-level",
        "error",
        "yangguang.config.wsgi:application",
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        wait_for(connection)

        def fetch(query: str) -> int:
            connection.request("GET", f"/search/?q={quote(query)}&on={library.AS_OF}")
            response = connection.getresponse()
            response.read()
            return 1 if response.status == 200 else sys.exit(f"{query}: HTTP {response.status}")

        times, _ = timed(library.Library().queries(QUERIES), fetch)
    finally:
        server.terminate()
        server.wait()
    print(json.dumps({"http": times}))


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


def wait_for(connection: Any) -> None:
    for _ in range(300):
        try:
            connection.request("GET", "/search/")
            connection.getresponse().read()
            return
        except OSError:
            connection.close()
            time.sleep(0.2)
    sys.exit("the server did not answer")


def timed(queries: Sequence[str], answer: Callable[[str], int]) -> tuple[list[float], int]:
    """Milliseconds by the clock on the wall of every query, after a few others; and all hits."""
    for query in queries[:WARM]:
        answer(query)
    times, hits = [], 0
    for query in queries:
        started = time.perf_counter()
        hits += answer(query)
        times.append((time.perf_counter() - started) * 1000)
    return times, hits


def at(times: Sequence[float], share: float) -> float:
    """The value that this share of the measurements does not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    words = sys.argv[1:]
    sizes = [int(word) for word in words if word.isdigit()] or list(SIZES)
    peers = "--without-peers" not in words
    found = [(size, measure.in_own_process(__file__, "one", size, int(peers))) for size in sizes]
    measure.show(building(found))
    print()
    measure.show(answering(found))
    print()
    print("ms by the clock on the wall; ratio: the peer's p95 to ours in process, on the same queries")


def building(found: Sequence[tuple[int, dict[str, Any]]]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [
        ("documents", "entries", "build_s", "docs/s", "cpu_us/doc", "index_MB", "peak_MB")
    ]
    for size, one in found:
        rate, cost = f"{size / one['build']:,.0f}", f"{one['build_cpu'] / size * 1e6:.0f}"
        entries, mb, peak = f"{one['entries']:,}", f"{one['mb']:.0f}", f"{one['peak']:.0f}"
        rows.append((f"{size:,}", entries, one["build"], rate, cost, mb, peak))
    return rows


def answering(found: Sequence[tuple[int, dict[str, Any]]]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [("documents", "asked", "p50_ms", "p95_ms", "max_ms", "growth", "ratio")]
    before: dict[str, float] = {}
    names = {"ours": "in process", "http": "over HTTP", "sqlite": "SQLite FTS5", "postgres": "PostgreSQL"}
    for size, one in found:
        for key, name in names.items():
            if key not in one:
                continue
            p95 = at(one[key], 0.95)
            growth = f"{p95 / before[key]:.1f}" if key in before else "-"
            ratio = f"{p95 / at(one['ours_few'], 0.95):.1f}" if key in ("sqlite", "postgres") else "-"
            rows.append((f"{size:,}", name, at(one[key], 0.5), p95, max(one[key]), growth, ratio))
            before[key] = p95
    return rows


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["one", size, peers]:
            one(int(size), peers == "1")
        case ["enter", size, folder]:
            enter(int(size), folder)
        case ["index", size, folder]:
            index(int(size), folder)
        case ["ask", size, folder]:
            ask(int(size), folder)
        case ["http", size, folder]:
            http(int(size), folder)
        case ["sqlite", size, folder]:
            from benchmarks.parts import search_peers

            search_peers.sqlite(int(size), folder)
        case ["postgres", size]:
            from benchmarks.parts import search_peers

            search_peers.postgres(int(size))
        case _:
            main()
