"""A progress bar of a command that goes through steps: which one, how many there are, how long it has taken."""

import sys
import time
from types import TracebackType

WIDTH = 30


class Steps:
    """Told the name of each step as it begins; draws on a terminal, and is silent elsewhere.

    >>> with Steps(of=2) as steps:
    ...     steps("读取文件")
    """

    def __init__(self, *, of: int = 5) -> None:
        self._of, self._done, self._since = of, 0, time.monotonic()
        self._draws = sys.stderr.isatty()

    def __enter__(self) -> "Steps":
        return self

    def __call__(self, name: str) -> None:
        self._draw(name)
        self._done = min(self._done + 1, self._of)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._draws and self._done:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def _draw(self, name: str) -> None:
        if self._draws:
            filled = WIDTH * self._done // self._of
            bar = "█" * filled + "░" * (WIDTH - filled)
            spent = time.monotonic() - self._since
            print(f"\r\033[K{bar} {name}，{spent:.1f} 秒", end="", file=sys.stderr, flush=True)
