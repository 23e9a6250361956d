"""What a page read while it was rendered.

Every statement asked of the database is kept with a digest of the rows it gave. A room that works values out
of many rows may tell the values instead: a query of a day as `told`, anything else by `note` and `aside`.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.db import connection
from django.utils.module_loading import import_string

T = TypeVar("T")
TOLD = "told"
Statement = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""


@dataclass
class ReadSet:
    """Statement → digest of its rows; name of a value → digest of the value."""

    statements: dict[Statement, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


_reading: ContextVar[ReadSet | None] = ContextVar("reading", default=None)


@contextmanager
def recorded() -> Iterator[ReadSet]:
    """Record what the block reads from the database."""
    found = ReadSet()
    token = _reading.set(found)
    try:
        with connection.execute_wrapper(_record):
            yield found
    finally:
        _reading.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """Record nothing inside the block: its result is told with `note`."""
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


def note(name: str, digest: Callable[[], str]) -> None:
    """Tell of a value that was read. `digest` is asked for only where somebody records."""
    found = _reading.get()
    if found is not None:
        found.values[name] = digest()


def told(query: Callable[[dt.date], T]) -> Callable[[dt.date], T]:
    """Make a page depend on what a query gives, not on the rows that it is worked out of.

    For pages that are not about one document. What it gives must be plain values all through (tuples,
    strings, numbers, days), so that equal values have equal digests.
    """

    @wraps(query)
    def ask(day: dt.date) -> T:
        with aside():
            found = query(day)
        note(f"{TOLD} {query.__module__}.{query.__qualname__} {day}", lambda: digest_of(found))
        return found

    return ask


def tell_again(name: str) -> str:
    """The digest of what the `told` query of this name gives now."""
    _, query, day = name.split(" ")
    return digest_of(import_string(query)(dt.date.fromisoformat(day)))


def digest_of(rows: object) -> str:
    """A digest of plain values: rows as the database's driver gives them, or tuples of them."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


def ask_again(statement: Statement) -> str:
    """The digest of a statement's rows now."""
    sql, parameters = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return digest_of(_plain(cursor.fetchall()))


def _record(
    execute: Callable[..., Any], sql: str, parameters: Sequence[Any] | None, many: bool, context: Any
) -> Any:
    """Take all rows at once and hand them on, so that what is kept is exactly what was seen."""
    result = execute(sql, parameters, many, context)
    found = _reading.get()
    if found is None or many or not sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
        return result
    cursor = context["cursor"]
    played = _Played(cursor.cursor)
    cursor.cursor = played
    found.statements[(sql, tuple(parameters or ()))] = digest_of(played.rows)
    return result


def _plain(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows]


class _Played:
    """A cursor whose rows have been fetched; what else it is asked for, the real one answers."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.rows = _plain(cursor.fetchall())
        self._given = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        while (row := self.fetchone()) is not None:
            yield row

    def fetchone(self) -> tuple[Any, ...] | None:
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        rows = self.rows[self._given : self._given + size]
        self._given += len(rows)
        return rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.fetchmany(len(self.rows))
