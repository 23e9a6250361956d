"""DuckDB connections, always in memory and offline, and its failures as sentences.

One connection of the process answers our own queries, a cursor for each call. Work that may take much
memory (loading, files) opens a connection of its own, with a folder to spill to.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from yangguang.warehouse.full import is_full
from yangguang.warehouse.tables.deadlines import Watch

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Half of what a large file may take altogether; the rest is for what DuckDB does not count.
WORK_MEMORY = "700MB"
ASK_MEMORY = "512MB"
# A page of so many rows is found by the sorted column alone; the other columns are read afterwards.
LATE_ROWS = 2_000

_shared: dict[int, DuckDBPyConnection] = {}
_lock = threading.Lock()
_watch = Watch()


class TableError(Exception):
    """A table could not be written or asked; the text is a sentence for people, in Chinese."""


class DiskFull(TableError):
    """No room for a new file. What stood before still stands."""


class TooLarge(TableError):
    """A query wanted more memory than one may have."""


class TooSlow(TableError):
    """A query ran longer than one may."""


def connect(*, memory: str = ASK_MEMORY, scratch: Path | None = None) -> DuckDBPyConnection:
    """A new connection in memory that loads nothing and, without `scratch`, writes nothing to disk."""
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory,
            "threads": threads(),
            "temp_directory": str(scratch or ""),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_persistent_secrets": "false",
            "python_enable_replacements": "false",
            "late_materialization_max_rows": str(LATE_ROWS),
        },
    )
    # Our files never change: their footers need reading only once.
    connection.execute("SET parquet_metadata_cache = true")
    connection.execute("SET enable_progress_bar = false")
    return connection


def threads() -> str:
    """How many threads our own work may use."""
    return str(min(os.cpu_count() or 1, 4))


def reader() -> DuckDBPyConnection:
    """A cursor of the process's own connection; close it after use. A forked process opens its own."""
    with _lock:
        if (shared := _shared.get(os.getpid())) is None:
            _shared.clear()
            shared = _shared[os.getpid()] = connect()
        return shared.cursor()


@contextmanager
def asking(*, seconds: float = 10.0) -> Iterator[DuckDBPyConnection]:
    """A cursor for one question, stopped after `seconds`. Raises TooSlow, TooLarge, DiskFull."""
    cursor = reader()
    try:
        with told(), deadline(cursor, seconds):
            yield cursor
    finally:
        cursor.close()


@contextmanager
def working(scratch: Path) -> Iterator[DuckDBPyConnection]:
    """A connection for heavy work that spills to the folder. Raises TooLarge and DiskFull."""
    connection = connect(memory=WORK_MEMORY, scratch=scratch)
    try:
        with told():
            yield connection
    finally:
        connection.close()


@contextmanager
def deadline(connection: DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt what the connection does when the time is over."""
    name = _watch.begin(connection, seconds)
    try:
        yield
    finally:
        _watch.end(name)


@contextmanager
def told() -> Iterator[None]:
    """DuckDB's and the system's failures of room, memory and time, as ours."""
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise TooSlow("查询用时过长，已停止；请加上筛选条件或减少列") from error
    except duckdb.OutOfMemoryException as error:
        raise TooLarge("查询需要的内容超过允许的内存，已停止；请加上筛选条件或减少列") from error
    except (duckdb.IOException, OSError) as error:
        if is_full(error):
            raise DiskFull(_FULL) from error
        raise


_FULL = "磁盘空间不足，没有写入新的版本，上一版本不受影响；请腾出空间后重试"
