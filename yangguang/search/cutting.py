"""Cutting texts into terms, on every core.

It is most of the work of a rebuild, and Python does one thing at a time: processes of their own cut, while this
one reads records and the index sorts in its own threads. They know neither records nor index, and end with
the process that started them.
"""

import itertools
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import connection, get_context, parent_process
from typing import NamedTuple

from yangguang.search import sounds, tokens
from yangguang.search.folding import closed, fold

AT_ONCE = 500
"""Texts handed over at once. Fewer in all are cut here: starting a process takes as long as cutting a thousand."""


class Cut(NamedTuple):
    """The terms of one text, see `tokens.cut`: of all of it and of its title; and how the title is spoken."""

    text: str
    title: str
    spoken: Sequence[tuple[int, str]]


Texts = Sequence[str]
"""What is public about one thing, title first."""


def cut(texts: Texts) -> Cut:
    title = texts[0]
    return Cut(
        text=tokens.cut(tokens.joined(texts)),
        title=tokens.cut(tokens.joined([title])),
        spoken=sounds.spoken(fold(closed(title))),
    )


def cut_all(many: Iterable[Texts]) -> Iterator[Cut]:
    """Every one cut, in order. What is handed over but not yet taken is bounded."""
    rest = iter(many)
    first = list(itertools.islice(rest, AT_ONCE))
    if len(first) < AT_ONCE:
        yield from map(cut, first)
        return
    cores = os.cpu_count() or 1
    pool = ProcessPoolExecutor(cores, get_context("spawn"), _end_with_parent)
    try:
        waiting: deque[Future[list[Cut]]] = deque([pool.submit(_each, first)])
        while chunk := list(itertools.islice(rest, AT_ONCE)):
            waiting.append(pool.submit(_each, chunk))
            if len(waiting) > 2 * cores:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _each(chunk: Sequence[Texts]) -> list[Cut]:
    return [cut(texts) for texts in chunk]


def _end_with_parent() -> None:
    """A pool's process waits for ever where its parent was killed: it ends with it instead."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True).start()


def _wait_for_end(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
