"""Asks the reading process; starts it when first needed, and again where a file brought it down."""

import base64
import json
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from yangguang.gazette.digitise.files import Unreadable
from yangguang.gazette.digitise.page import ReadPage, from_json

LONGEST = 300
"""Seconds for one page; beyond that something is wrong with it."""


class ReadingProcess:
    """A context: the process ends with it."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[str] | None = None

    def __enter__(self) -> "ReadingProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def count(self, path: Path) -> int:
        """How many pages a file has. Raises Unreadable."""
        pages: int = self._ask({"count": str(path)}, path.name)["pages"]
        return pages

    def read(self, path: Path, index: int) -> ReadPage:
        """Read a page (from 0). Raises Unreadable."""
        told = self._ask({"read": str(path), "page": index}, f"{path.name} 第 {index + 1} 页")
        return ReadPage(
            image=base64.b64decode(told["image"]),
            width=told["width"],
            height=told["height"],
            lines=tuple(from_json(line) for line in told["lines"]),
            text=told["text"],
        )

    def _ask(self, question: dict[str, Any], place: str) -> dict[str, Any]:
        running = self._start()
        if running.stdin is None or running.stdout is None:
            raise RuntimeError("识读进程没有管道")
        try:
            running.stdin.write(json.dumps(question) + "\n")
            running.stdin.flush()
            ready, _, _ = select.select([running.stdout], [], [], LONGEST)
            line = running.stdout.readline() if ready else ""
        except BrokenPipeError:
            line = ""
        if not line:
            self._end()
            raise Unreadable(f"{place}使识读中断或者超过 {LONGEST} 秒：请检查这一页，重新扫描后再试")
        answer: dict[str, Any] = json.loads(line)
        if "problem" in answer:
            raise Unreadable(answer["problem"])
        return answer

    def _start(self) -> subprocess.Popen[str]:
        if self._running is None or self._running.poll() is not None:
            self._running = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "yangguang.gazette.digitise.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                cwd=Path(__file__).resolve().parents[3],
            )
        return self._running

    def _end(self) -> None:
        if self._running is None:
            return
        self._running.kill()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                # What the dead process never took is of no use any more.
                with suppress(BrokenPipeError):
                    pipe.close()
        self._running.wait()
        self._running = None
