"""Servers that a benchmark asks over HTTP, each for as long as a block runs."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


def wait_for(port: int, path: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            if ask(port, path)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit(f"127.0.0.1:{port}{path} 没有答复")


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers=headers)
    got = line.getresponse()
    answer = got.status, {name.lower(): value for name, value in got.getheaders()}, got.read()
    line.close()
    return answer


@contextmanager
def running(command: list[str], **given: str) -> Iterator[int]:
    """Run a server for as long as the block runs; gives its process id."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANGGUANG_")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=kept | given, **quiet)
    try:
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


@contextmanager
def cached_page(port: int, file: Path, **settings: str) -> Iterator[None]:
    """The peer: this file as a Django page behind all of the product's middleware, kept in Django's cache."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    # Its own address, as in production: a strange host would cost the peer a look into the database.
    given = settings | {"YANGGUANG_PORT": str(port), "BENCHMARK_PAGE": str(file), "PYTHONPATH": str(ROOT)}
    with running([*command, "--blocking-threads", "3", "benchmarks.parts.cached_page:application"], **given):
        wait_for(port, "/page/")
        yield


def until_baked(port: int, page: str) -> None:
    """Wait until a page comes from the bakery."""
    until = time.monotonic() + 180
    while "etag" not in ask(port, page)[1]:
        if time.monotonic() > until:
            raise SystemExit(f"{page} 没有烘焙")
        time.sleep(0.2)
