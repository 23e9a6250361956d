"""Keep the baked pages as a full rebuild would make them, rendering only what changed."""

import datetime as dt
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yangguang.bakery import addresses, asking, tree, watch
from yangguang.bakery.addresses import Address
from yangguang.bakery.book import Book
from yangguang.bakery.oven import Oven
from yangguang.journal import queries as journal
from yangguang.readset import ReadSet

log = logging.getLogger(__name__)

LOOK = 10.0
"""Seconds between two looks at what no journal line tells of (a unit's new name)."""
SLICE = 2.0
"""Seconds of baking after which other work has its turn."""
BATCH = 64
BOOK = "book.sqlite3"


class NotBaked(Exception):
    """Some pages could not be baked; they are rendered when asked for. The text names the first."""


@dataclass
class Followed:
    """What was done: paths rendered, those among them whose bytes are new, and how many pages still wait."""

    rendered: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    waiting: int = 0


Progress = Callable[[int, int], None]


def follow(*, now: dt.datetime, seconds: float = SLICE) -> Followed:
    """Bring the baked pages up to the journal's end and to the day of `now`, for at most about `seconds`.

    Called again, it goes on where it stopped, also after the process was killed. Raises NotBaked where a page
    cannot be rendered; all others are done by then.
    """
    return _bakery(settings.BAKED_ROOT).follow(now, seconds)


def rebuild(*, now: dt.datetime, progress: Progress | None = None) -> Followed:
    """Drop all pages and bake them anew. Raises NotBaked as `follow` does, after baking the rest."""
    root = Path(settings.BAKED_ROOT)
    _bakery.cache_clear()
    shutil.rmtree(root, ignore_errors=True)
    bakery, done = _bakery(root), Followed()
    while True:
        step = bakery.follow(now, SLICE)
        done.rendered += step.rendered
        done.changed += step.changed
        if progress:
            progress(len(done.rendered), len(done.rendered) + step.waiting)
        if not step.waiting:
            return done


def baked() -> Iterator[tuple[str, str]]:
    """Every page that lies baked: its path and the hex SHA-256 of its bytes."""
    book = Book(settings.BAKED_ROOT / BOOK)
    try:
        yield from book.baked_pages()
    finally:
        book.close()


@lru_cache(maxsize=1)
def _bakery(root: Path) -> "_Bakery":
    return _Bakery(root)


class _Bakery:
    def __init__(self, root: Path) -> None:
        self._book = Book(root / BOOK)
        self._oven = Oven()
        self._code = watch.code_print()
        self._looked = 0.0

    def follow(self, now: dt.datetime, seconds: float) -> Followed:
        asked = asking.asked()
        self._look(now, asked)
        done = self._bake(seconds)
        done.waiting = self._book.count()[1]
        if not done.waiting:
            asking.answer(asked)
        return done

    # --- what changed

    def _look(self, now: dt.datetime, asked: str) -> None:
        book, size = self._book, journal.size()
        today = str(now.date())
        if book.fact("code") != self._code:
            # Old pages may ask for style sheets that are no longer there.
            shutil.rmtree(tree.root(), ignore_errors=True)
        if (book.fact("code"), book.fact("today")) != (self._code, today):
            # New code may write any page differently, and every page may speak of its day.
            self._enter([*addresses.summaries(), *addresses.documents()])
            book.mark_all()
            self._look_at_tables()
            book.set_fact("size", str(size))
            book.set_fact("today", today)
            book.set_fact("code", self._code)
            return
        followed = int(book.fact("size") or 0)
        if size != followed:
            self._read_journal(followed, size)
            book.set_fact("size", str(size))
        if size != followed or asked != asking.answered() or time.monotonic() - self._looked > LOOK:
            self._look_at_tables()

    def _read_journal(self, followed: int, size: int) -> None:
        named = watch.named_in(followed, size)
        for part in _parts(sorted(named), 500):
            self._book.expect(addresses.documents(part))
        self._enter(list(addresses.summaries()))
        near = self._book.known(named)
        near |= self._book.known(self._book.linked(near))
        watch.ask_statements(self._book, self._book.probes(["", *near]))
        watch.ask_values(self._book)

    def _look_at_tables(self) -> None:
        self._looked = time.monotonic()
        before = json.loads(self._book.fact("tables") or "{}")
        found = watch.prints(watch.watched_tables(self._book))
        if found == before:
            return
        other = [table for table in found if found[table] != before.get(table)]
        self._enter(list(addresses.summaries()))
        for table in other:
            watch.ask_statements(self._book, self._book.probes_of(table))
        watch.ask_statements(self._book, (probe for probe in self._book.probes([""]) if not probe.sql))
        watch.ask_values(self._book)
        self._book.set_fact("tables", json.dumps(found))
        self._book.sweep_out()

    def _enter(self, found: list[Address]) -> None:
        self._book.expect(found)
        for path in self._book.keep_only([address for address in found if not address.about]):
            tree.remove(path)

    # --- baking

    def _bake(self, seconds: float) -> Followed:
        done, problems, until = Followed(), [], time.monotonic() + seconds
        while time.monotonic() < until and (batch := self._book.stale(BATCH)):
            for address in batch:
                try:
                    is_new = self._bake_one(address)
                except Exception as problem:
                    log.exception("页面 %s 没有烘焙成", address.path)
                    problems.append(f"{address.path}（{problem}）")
                    tree.remove(address.path)
                    self._book.baked(address, None, ReadSet(), ())
                    continue
                done.rendered.append(address.path)
                if is_new:
                    done.changed.append(address.path)
                if time.monotonic() >= until:
                    break
        if problems:
            raise NotBaked(f"{len(problems)} 个页面没有烘焙成，改由程序即时生成；第一个是 {problems[0]}")
        return done

    def _bake_one(self, address: Address) -> bool:
        """Render one page and keep it; tells whether its bytes are new."""
        loaf = self._oven.bake(address.path)
        before, digest = self._book.sha256(address.path), None
        if loaf.body is None:
            tree.remove(address.path)
        else:
            digest = tree.write(address.path, loaf.body)
        links = watch.links(loaf.body or b"") - {address.about} if address.about else set()
        new_links = links - self._book.linked([address.about]) if links else set()
        self._book.baked(address, digest, loaf.reads, links)
        if new_links:
            watch.ask_statements(self._book, self._book.probes(new_links))
        return digest != before


def _parts(items: list[str], size: int) -> Iterable[list[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
