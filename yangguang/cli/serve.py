"""`yangguang serve`: prepare the site, serve it, and stop cleanly on Ctrl-C."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType
from urllib.error import URLError

from yangguang.cli import work
from yangguang.cli.errors import UsageProblem

SOON = 60
"""Seconds within which the server must answer."""
PATIENCE = 5
"""Seconds that background work is given to come to an end."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `serve`."""
    text = "准备并启动门户和工作台（地址用 YANGGUANG_HOST、YANGGUANG_PORT 设置）"
    parser = subparsers.add_parser("serve", help=text, description=text)
    parser.set_defaults(handler=serve)


def serve(_: argparse.Namespace) -> int:
    """Prepare in a process of its own, which gives its memory back, then watch over the server.

    Returns 0 after Ctrl-C or SIGTERM, the server's status when it stops by itself.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yangguang.config.settings")
    from django.conf import settings

    _require_free(settings.HOST, settings.PORT)
    print("阳光：准备启动", flush=True)
    server: subprocess.Popen[bytes] | None = None
    stopping = False

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal stopping
        if not stopping and server is not None:
            server.send_signal(number)
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    prepared = subprocess.run([sys.executable, "-m", "yangguang.cli.main", "prepare"], check=False)
    if prepared.returncode or stopping:
        return 0 if stopping else prepared.returncode
    server = _start(settings.HOST, settings.PORT)
    if not stopping and _answers(server, settings.HOST, settings.PORT):
        _say_where(settings.PUBLIC_ADDRESS, settings.DEMONSTRATION_DAY)
    if not stopping:
        # The machine interface describes itself once, half a second long; not while somebody waits.
        _answers(server, settings.HOST, settings.PORT, "/api/v1/")
    with _background_work():
        status = server.wait()
    if stopping:
        print("\n阳光：已停止", flush=True)
        return 0
    return status


@contextmanager
def _background_work() -> Iterator[None]:
    """Do the chores in a thread of this process, which has nothing else to do: cheaper than one more.

    The thread is told to stop when the server has; one that is in the middle of something long is left
    behind, and the database takes back what it had not finished.
    """
    work.start()
    stop = Event()
    thread = Thread(target=work.worker().run, args=(stop,), name="chores", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=PATIENCE)


def _require_free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            return
    except OSError as problem:
        raise UsageProblem(
            f"{host}:{port} 不能使用（{problem.strerror}）：请停掉占用它的程序，"
            f"或换一个端口，例如 YANGGUANG_PORT={port + 1 if port < 65535 else port - 1} make run"
        ) from problem


def _start(host: str, port: int) -> "subprocess.Popen[bytes]":
    options = {
        "interface": "rsgi",
        "host": host,
        "port": str(port),
        "workers": "1",
        "backpressure": "256",
        "log-level": "warning",
        "workers-kill-timeout": "5",
    }
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "granian", *flags, "yangguang.config.rsgi:application"]
    # A group of its own: Ctrl-C at the terminal reaches us, and we tell the server once. Two signals at
    # the same time leave its main process waiting for ever.
    return subprocess.Popen(command, process_group=0)  # noqa: S603 our own words


def _answers(server: "subprocess.Popen[bytes]", host: str, port: int, path: str = "/") -> bool:
    """Wait until a page answers; False when the server stopped or took too long."""
    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 what is listened on
    address = f"http://{near}:{port}{path}"
    request = urllib.request.Request(address, headers={"Host": f"127.0.0.1:{port}"})
    until = time.monotonic() + SOON
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(request, timeout=SOON):  # noqa: S310 our own address
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _say_where(address: str, day: object) -> None:
    print(f"\n  门户    {address}/")
    print(f"  工作台  {address}/office/")
    print(f"  接口    {address}/api/v1/")
    if day is not None:
        print(f"  演示数据，以 {day} 为“今天”；要用真实时钟：YANGGUANG_DEMONSTRATION_DAY= make run")
    print("  按 Ctrl-C 停止\n", flush=True)
