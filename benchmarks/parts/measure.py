"""Time and memory of one measurement, each in a process of its own so that peaks do not mix."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of a call, and what it returned.

    Seconds of this process's processor time, so that a busy machine does not change the result. The
    work measured here hardly waits: the database is embedded.
    """
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def all_cpu() -> float:
    """Seconds of processor time of this process and of the ended processes that it started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def peak_mb() -> float:
    """The most memory that this process has held so far (its resident set), in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(script: str, *arguments: object, **environment: str) -> dict[str, Any]:
    """Run a script with arguments; it prints one JSON object as its last line, which is returned."""
    command = [sys.executable, script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def show(rows: list[tuple[object, ...]]) -> None:
    """Print rows under their heading, aligned."""
    texts = [[f"{cell:,.2f}" if isinstance(cell, float) else f"{cell}" for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in texts) for column in range(len(texts[0]))]
    for row in texts:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def processor_seconds(root: int) -> float:
    """Processor time of all that a running process started, and not its own, from Linux's /proc."""
    parents, spent = {}, {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = file.read_text().rpartition(")")[2].split()
            pid = int(file.parent.name)
            parents[pid], spent[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
    ours = {root}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(spent[pid] for pid in ours - {root}) / os.sysconf("SC_CLK_TCK")
