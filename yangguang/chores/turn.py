"""Whose turn it is to do the chores: one worker in each folder, one worker for each database."""

import fcntl
import os
from pathlib import Path
from typing import IO

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEY = 7_946_511_020_533_114
"""The number of our advisory lock on PostgreSQL. Any number will do that nobody else takes."""


class FolderTurn:
    """A lock on a file: for what each machine keeps for itself (its index, its baked pages)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: IO[str] | None = None

    def is_mine(self) -> bool:
        """Take the turn if nobody has it. The system gives it back when the process ends, however it ends."""
        if self._held is not None:
            return True
        self._file.parent.mkdir(parents=True, exist_ok=True)
        opened = self._file.open("w")
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            opened.close()
            return False
        opened.write(str(os.getpid()))
        opened.flush()
        self._held = opened
        return True

    def give_back(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


class DatabaseTurn:
    """An advisory lock of PostgreSQL, on a connection of its own: for acts that must happen once.

    It ends with its connection. SQLite serves one machine, whose `FolderTurn` is enough.
    """

    def __init__(self) -> None:
        self._connection: BaseDatabaseWrapper | None = None

    def is_mine(self) -> bool:
        if connections["default"].vendor != "postgresql":
            return True
        try:
            if self._connection is not None:
                _ask(self._connection, "SELECT 1")
                return True
            self._connection = connections.create_connection("default")
            if _ask(self._connection, "SELECT pg_try_advisory_lock(%s)", [KEY]):
                return True
        except DatabaseError:
            pass
        self.give_back()
        return False

    def give_back(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _ask(holder: BaseDatabaseWrapper, sql: str, parameters: list[int] | None = None) -> object:
    with holder.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]
