"""Cutting in processes of their own gives what cutting here gives, in order."""

import os
import subprocess
import sys
import time

import pytest

from yangguang.search import cutting

TEXTS = [
    (f"第{number}号通知", "政务公开信息" * (number % 7), f"收入{number}亿元。\n\nＡB") for number in range(25)
]


@pytest.mark.parametrize("at_once", [1, 4, 25, 26])
def test_beside_or_here_the_terms_are_the_same(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(cutting, "AT_ONCE", at_once)
    assert list(cutting.cut_all(TEXTS)) == [cutting.cut(texts) for texts in TEXTS]


def test_no_more_is_read_than_a_few_chunks_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "AT_ONCE", 1)
    read = []
    cuts = cutting.cut_all(read.append(texts) or texts for texts in TEXTS * 4)  # type: ignore[func-returns-value]
    next(cuts)
    assert len(read) <= 2 * (os.cpu_count() or 1) + 2
    cuts.close()  # type: ignore[attr-defined]


KILLED = """
import itertools, os, signal
from yangguang.search import cutting
if __name__ == "__main__":
    cutting.AT_ONCE = 1
    cuts = cutting.cut_all(itertools.repeat(("题", "文")))
    next(cuts)
    from multiprocessing import active_children
    print(*(child.pid for child in active_children()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_it_leaves_no_process_behind(tmp_path: object) -> None:
    script = f"{tmp_path}/killed.py"
    with open(script, "w", encoding="utf-8") as file:
        file.write(KILLED)
    done = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    left = [int(pid) for pid in done.stdout.split()]
    assert left
    until = time.monotonic() + 60
    while left and time.monotonic() < until:
        left = [pid for pid in left if is_running(pid)]
        time.sleep(0.05)
    assert left == []


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as told:
            return told.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
