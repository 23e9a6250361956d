"""Stops what DuckDB does when its time is over: one thread for all questions, for a timer each would cost more
than a short answer takes."""

from __future__ import annotations

import itertools
import os
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Watch:
    """Interrupts the connections that it was told of, unless it is told in time that they are done."""

    def __init__(self) -> None:
        self._due: dict[int, tuple[float, DuckDBPyConnection]] = {}
        self._changed = threading.Condition()
        self._next = float("inf")
        self._names = itertools.count()
        self._process = 0

    def begin(self, connection: DuckDBPyConnection, seconds: float) -> int:
        """Watch a connection; returns what `end` takes."""
        due = time.monotonic() + seconds
        with self._changed:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._run, name="deadlines", daemon=True).start()
            name = next(self._names)
            self._due[name] = (due, connection)
            if due < self._next:
                self._next = due
                self._changed.notify()
        return name

    def end(self, name: int) -> None:
        """The connection is done: it is not interrupted any more."""
        with self._changed:
            self._due.pop(name, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for name, (due, connection) in list(self._due.items()):
                    if due <= now:
                        connection.interrupt()
                        del self._due[name]
                self._next = min((due for due, _ in self._due.values()), default=float("inf"))
                self._changed.wait(None if self._next == float("inf") else self._next - now)
