"""Reading a plan: the real one, and the same content as .docx, .xlsx, .html and .pdf files of growing size.

The peer is what must be done at least: the library that opens the file, alone (python-docx, openpyxl, lxml,
pdfplumber walking all cells; for text, decoding and splitting lines), measured in the same process.

    .venv/bin/python benchmarks/read_plan.py
"""

import io
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts import measure, tables

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT / "plans" / "shenzhen-2017" / "plan.txt"
TASKS = (100, 200, 400)
TRIES = 5


def median(work: Callable[[], object]) -> float:
    """Median seconds of some calls."""
    return statistics.median(measure.seconds(work)[0] for _ in range(TRIES))


def take(kind: str, tasks: int) -> None:
    """Read a made-up plan with so many tasks, and open it with the library alone."""
    from yangguang.plan.readers.open import read_bytes

    data = tables.MAKERS[kind](tables.rows(tasks))
    reading = read_bytes(data, f"plan.{kind}")
    ours = median(lambda: read_bytes(data, f"plan.{kind}"))
    peer = median(lambda: tables.PEERS[kind](io.BytesIO(data)))
    print(json.dumps({"tasks": len(reading.tasks), "ours": ours, "peer": peer, "peak": measure.peak_mb()}))


def take_real() -> None:
    from yangguang.plan.readers.open import read_file

    reading = read_file(REAL)
    ours = median(lambda: read_file(REAL))
    peer = median(lambda: REAL.read_text(encoding="utf-8").splitlines())
    print(json.dumps({"tasks": len(reading.tasks), "ours": ours, "peer": peer, "peak": measure.peak_mb()}))


def command() -> float:
    """Processor seconds of `yangguang plan read` on the real plan, interpreter start included."""
    line = [sys.executable, "-m", "yangguang.cli.main", "plan", "read", str(REAL), "--json"]
    times = []
    for _ in range(TRIES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(line, cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def main() -> None:
    rows: list[tuple[object, ...]] = [("file", "tasks", "ms", "growth", "peak_MB", "peer_ms", "ratio")]
    found = measure.in_own_process(__file__, "real")
    rows.append(_row("real .txt", found, None))
    for kind in tables.MAKERS:
        before: float | None = None
        for tasks in TASKS:
            found = measure.in_own_process(__file__, "measure", kind, tasks)
            rows.append(_row(f".{kind}", found, before))
            before = found["ours"]
    measure.show(rows)
    print("median processor time of one reading; growth is per doubling; ratio is ours / peer")
    print(f"`yangguang plan read` on the real plan with interpreter start: {command():.2f} s")


def _row(name: str, found: dict[str, Any], before: float | None) -> tuple[object, ...]:
    growth = f"{found['ours'] / before:.2f}" if before else "-"
    times = f"{found['ours'] * 1000:.1f}", growth, f"{found['peak']:.0f}", f"{found['peer'] * 1000:.1f}"
    return (name, found["tasks"], *times, f"{found['ours'] / found['peer']:.1f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["measure", kind, tasks]:
            take(kind, int(tasks))
        case ["real"]:
            take_real()
        case _:
            main()
