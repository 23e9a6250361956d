"""How long a page takes that is not baked: every kind of public page of the demonstration, over HTTP, one request
at a time, by the clock on the wall; beside a cached Django page behind the same middleware.

    python benchmarks/unbaked.py [--quick] [--folder FOLDER]

A day of the visitor's own makes Django render any page: the demonstration's day, and another one. Of a kind at most
sixty pages are asked for, spread over all of them, each three times; the first time counts as well. A FOLDER is
kept, and saves preparing the demonstration the next time.
"""

import argparse
import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import measure
from benchmarks.parts.server import ask, cached_page, free_port, running, until_baked, wait_for

DAY, OTHER_DAY = "2017-11-30", "2017-11-20"
PAGES, TIMES = 60, 3
BAR = 50.0
MAIL = {"YANGGUANG_MAIL_HOST": "127.0.0.1"}
"""Without it the page where mail is asked for shows no form. Nobody listens there, and nothing is sent."""


@dataclass(frozen=True)
class Taken:
    """Milliseconds of every request, by page, and the server's processor time for one of them."""

    kind: str
    by_page: dict[str, list[float]]
    processor: float

    @property
    def all(self) -> list[float]:
        return [each for taken in self.by_page.values() for each in taken]

    @property
    def p50(self) -> float:
        return statistics.median(self.all)

    @property
    def slowest(self) -> tuple[float, str]:
        """The slowest page, by the median of its requests."""
        return max((statistics.median(taken), page) for page, taken in self.by_page.items())


class Visitor:
    """Asks one page after the other over an open socket."""

    def __init__(self, port: int, day: str = "") -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": f"on={day}"} if day else {}

    def ask(self, path: str) -> float:
        """Milliseconds until the last byte. Fails where the page came from the bakery or did not come."""
        started = time.perf_counter()
        self._line.request("GET", quote(path, safe="/?&=%"), headers=self._headers)
        got = self._line.getresponse()
        got.read()
        taken = 1000 * (time.perf_counter() - started)
        assert got.status in (200, 404), (path, got.status)
        assert "etag" not in got.headers, path
        return taken


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    pages, times = (3, 2) if given.quick else (PAGES, TIMES)
    with tempfile.TemporaryDirectory(prefix="yangguang-unbaked-") as folder:
        take((given.folder or Path(folder)) / "var", pages, times)


def take(var: Path, pages: int, times: int) -> None:
    port, cached = free_port(), free_port()
    settings = {"YANGGUANG_VAR": str(var), "YANGGUANG_DEMONSTRATION_DAY": DAY, **MAIL}
    served = settings | {"YANGGUANG_PORT": str(port)}
    with running([sys.executable, "-m", "yangguang.cli.main", "serve"], **served) as server:
        wait_for(port, "/")
        until_baked(port, "/units/")
        script = str(Path(__file__).parent / "parts" / "kinds.py")
        kinds: dict[str, list[str]] = measure.in_own_process(script, **served)
        page = var / "page.html"
        page.write_bytes(ask(port, "/units/")[2])
        with cached_page(cached, page, **settings):
            for day in (DAY, OTHER_DAY):
                visitor = Visitor(port, day)
                for first, *_ in kinds.values():
                    visitor.ask(first)
                found = [
                    of_kind(visitor, server, kind, spread(all, pages), times) for kind, all in kinds.items()
                ]
                peer = Visitor(cached)
                beside = statistics.median(peer.ask("/page/") for _ in range(100 * times))
                show(day, found, beside)


def of_kind(visitor: Visitor, server: int, kind: str, pages: Sequence[str], times: int) -> Taken:
    spent = measure.processor_seconds(server)
    by_page: dict[str, list[float]] = {page: [] for page in pages}
    for _ in range(times):
        for page in pages:
            by_page[page].append(visitor.ask(page))
    spent = measure.processor_seconds(server) - spent
    return Taken(kind, by_page, 1000 * spent / (times * len(pages)))


def spread(all: Sequence[str], most: int) -> Sequence[str]:
    """At most so many, as far from each other as can be."""
    step = max(1, -(-len(all) // most))
    return all[::step]


def show(day: str, found: Iterable[Taken], peer: float) -> None:
    print(f"\n{day}，没有烘焙的页面（毫秒）；缓存的 Django 页面中位数 {peer:.2f}")
    head = ("种类", "页", "中位数", "最慢一页", "最长", "处理器", "对缓存的 Django", "最慢的是")
    rows: list[tuple[object, ...]] = [head]
    ranked = sorted(found, key=lambda taken: -taken.slowest[0])
    for taken in ranked:
        slowest, page = taken.slowest
        rows.append(
            (
                *(taken.kind, len(taken.by_page), taken.p50, slowest, max(taken.all), taken.processor),
                *(taken.p50 / peer, page),
            )
        )
    measure.show(rows)
    over = [taken.kind for taken in ranked if taken.slowest[0] > BAR]
    asked = sorted(each for taken in ranked for each in taken.all)
    print(f"{len(asked)} 次请求，p50 {statistics.median(asked):.1f}，p95 {asked[len(asked) * 95 // 100]:.1f}")
    print(f"要求不超过 {BAR:.0f}：" + ("每一种都达到" if not over else f"没有达到的种类 {'、'.join(over)}"))


if __name__ == "__main__":
    main()
