"""The background worker: does each chore when its time has come, one after another.

A chore that fails is tried again later and later and never holds up the others. The journal's length is
asked for twice a second; chores that follow the journal run when it has grown.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from django.db import close_old_connections, connection

from yangguang.chores import actions, queries

log = logging.getLogger(__name__)

TICK = 0.4
"""Seconds between two looks at the journal."""
LONGEST_PAUSE = 300.0
"""Seconds after which a failing chore is tried again at the latest."""
TOLD_EVERY = 60.0
"""Seconds between two notes of a success, where nothing else changed."""


@dataclass(frozen=True)
class Job:
    """A named piece of work, and when to do it: as the journal grows, every n seconds, or daily at a time.

    `run` is handed the moment. `alone` is for acts on the shared records, which one worker does for all
    machines; other jobs keep what each machine holds for itself.
    """

    name: str
    run: Callable[[dt.datetime], object]
    follows: bool = False
    every: float | None = None
    daily: dt.time | None = None
    alone: bool = False


class Turn(Protocol):
    def is_mine(self) -> bool: ...

    def give_back(self) -> None: ...


@dataclass
class _Pace:
    """When a job was last done and may be done again; in monotonic seconds."""

    size: int = -1
    again: float = 0.0
    failures: int = 0
    told: float = -TOLD_EVERY


class Worker:
    """Does jobs until it is told to stop."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        clock: Callable[[], dt.datetime],
        journal_size: Callable[[], int],
        here: Turn,
        everywhere: Turn,
    ) -> None:
        self._jobs = [(job, _Pace()) for job in jobs]
        self._clock, self._journal_size = clock, journal_size
        self._here, self._everywhere = here, everywhere

    def run(self, stop: Event) -> None:
        """Work until `stop` is set. Another worker in the same folder makes this one wait."""
        try:
            while not stop.is_set():
                self._round(stop)
                stop.wait(TICK)
        finally:
            self._everywhere.give_back()
            self._here.give_back()
            connection.close()

    def _round(self, stop: Event) -> None:
        """One look at everything. A database that is away is waited for."""
        try:
            if not self._here.is_mine():
                return
            self.do_due(stop)
        except Exception:
            log.exception("后台工作暂停一下：读不到数据库")
            stop.wait(5)
            close_old_connections()

    def do_due(self, stop: Event | None = None) -> list[str]:
        """Do what is due now; returns the names of the jobs tried. Stops between two jobs when told to."""
        size = self._journal_size()
        shared = self._everywhere.is_mine()
        tried = []
        for job, pace in self._jobs:
            if stop is not None and stop.is_set():
                break
            if (shared or not job.alone) and self._is_due(job, pace, size):
                self._try(job, pace, size)
                tried.append(job.name)
        return tried

    def _is_due(self, job: Job, pace: _Pace, size: int) -> bool:
        if time.monotonic() < pace.again:
            return False
        if job.follows and size != pace.size:
            return True
        if job.daily is not None:
            now = self._clock()
            return now.time() >= job.daily and queries.done_on(job.name, now.tzinfo) != now.date()
        return job.every is not None

    def _try(self, job: Job, pace: _Pace, size: int) -> None:
        now = self._clock()
        try:
            job.run(now)
        except Exception as problem:
            log.exception("例行事务“%s”失败，稍后再试", job.name)
            pace.failures += 1
            pace.again = time.monotonic() + min(2.0**pace.failures, LONGEST_PAUSE)
            close_old_connections()
            actions.failed(name=job.name, now=now, problem=f"{type(problem).__name__}：{problem}")
            return
        recovered, pace.failures = pace.failures > 0, 0
        pace.size = size
        moment = time.monotonic()
        # A daily job asks again in a minute whether a new day has begun.
        pace.again = moment + (job.every or (60 if job.daily else 0))
        if recovered or job.daily or moment - pace.told >= TOLD_EVERY:
            pace.told = moment
            actions.succeeded(name=job.name, now=now)
