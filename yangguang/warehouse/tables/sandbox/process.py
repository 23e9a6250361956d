"""Keeps the processes that run somebody's SQL: started when asked, killed when they overrun."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from yangguang.warehouse import store
from yangguang.warehouse.tables.sandbox.outcome import Limits, Reason, Refused, Result

MOST_AT_ONCE = 2
WAIT = 10.0  # seconds that a question waits for its turn
START = 30.0  # seconds that a process may take to start
GRACE = 1.0  # seconds after the statement's own limit until the process is killed

_turns = threading.BoundedSemaphore(MOST_AT_ONCE)
_idle: list[_Worker] = []
_lock = threading.Lock()


def run(
    sql: str,
    *,
    views: Mapping[str, tuple[str, Sequence[str]]],
    parameters: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
) -> Result:
    """Answer one SELECT over views: name → (SHA-256 of a version, its public columns).

    A view begins with `_id`, the number of the row from 1. Raises Refused.
    """
    limits = limits or Limits()
    question = {
        "sql": sql,
        "views": {
            name: {"path": str(store.path(sha256).resolve()), "columns": list(columns)}
            for name, (sha256, columns) in views.items()
        },
        "parameters": dict(parameters or {}),
        "seconds": limits.seconds,
        "rows": limits.rows,
        "size": limits.size,
    }
    if not _turns.acquire(timeout=WAIT):
        raise Refused(Reason.BUSY, "同时的查询太多，请稍后再试")
    try:
        told = _asked(json.dumps(question), limits.seconds)
    finally:
        _turns.release()
    if "reason" in told:
        raise Refused(Reason(told["reason"]), told["words"], told["subject"])
    return Result(tuple((name, kind) for name, kind in told["columns"]), told["rows"], told["truncated"])


def _asked(question: str, seconds: float) -> dict[str, Any]:
    worker = _take()
    try:
        line = worker.ask(question, seconds)
    except BaseException:
        worker.kill()
        raise
    with _lock:
        _idle.append(worker)
    told: dict[str, Any] = json.loads(line)
    return told


def _take() -> _Worker:
    """An idle process, or a new one."""
    while True:
        with _lock:
            worker = _idle.pop() if _idle else None
        if worker is None:
            return _Worker()
        if worker.alive():
            return worker
        worker.kill()


@atexit.register
def _end() -> None:
    """The idle processes end with ours."""
    with _lock:
        while _idle:
            _idle.pop().kill()


class _Worker:
    """One process and its two pipes."""

    def __init__(self) -> None:
        root = Path(__file__).resolve().parents[4]
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "yangguang.warehouse.tables.sandbox.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=root,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.buffer = b""
        self._line(START)

    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def ask(self, question: str, seconds: float) -> bytes:
        assert self.process.stdin is not None  # noqa: S101 opened as a pipe
        try:
            self.process.stdin.write(question.encode() + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise _died() from None
        return self._line(seconds + GRACE)

    def _line(self, seconds: float) -> bytes:
        """The next line that the process writes. Raises Refused where it is late or has died."""
        out = self.process.stdout
        assert out is not None  # noqa: S101 opened as a pipe
        until = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            if not select.select([out], [], [], max(0.0, until - time.monotonic()))[0]:
                raise Refused(Reason.SLOW, f"查询超过 {seconds:g} 秒，已停止；请加上筛选条件")
            piece = os.read(out.fileno(), 1 << 20)
            if not piece:
                raise _died()
            self.buffer += piece
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line

    def kill(self) -> None:
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def _died() -> Refused:
    return Refused(Reason.MEMORY, "查询需要的内存超过上限，已停止；请加上筛选条件或减少列")
