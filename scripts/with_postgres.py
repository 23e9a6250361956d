"""Runs a command with a PostgreSQL server for the tests, and gives back the command's exit status.

    python scripts/with_postgres.py pytest -q

A server named by YANGGUANG_DATABASE=postgresql://… is used as it is. Otherwise a throw-away one is
started on a free port of this machine from Debian's postgresql package, and removed afterwards.
Where there is none the command is not run; one line says so and the status is 0.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTING = "YANGGUANG_DATABASE"


def binaries() -> Path | None:
    """The folder with initdb and postgres; Debian keeps one for each version, outside PATH."""
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if found := shutil.which("initdb"):
        folders.insert(0, Path(found).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def as_server_user(command: list[str]) -> list[str]:
    """The command as somebody else where we are root, whom the server refuses."""
    if os.getuid() != 0:
        return command
    return ["setpriv", f"--reuid={server_user()}", "--clear-groups", *command]


def server_user() -> int:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    return 65534


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


@contextmanager
def throw_away_server(folder: Path) -> Iterator[str]:
    """Starts a server in a temporary folder; gives its address; stops it and removes the folder."""
    home = Path(tempfile.mkdtemp(prefix="yangguang-postgres-"))
    data, port = home / "data", free_port()
    if os.getuid() == 0:
        os.chown(home, server_user(), -1)
    try:
        initdb = [
            folder / "initdb",
            "-D",
            data,
            "-U",
            "yangguang",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(
            as_server_user(list(map(str, initdb))), check=True, stdout=subprocess.DEVNULL, cwd=home
        )
        # The data live for minutes: nothing needs to survive a crash.
        options = (
            f"-p {port} -h 127.0.0.1 -k {home} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        control = [str(folder / "pg_ctl"), "-D", str(data), "-l", str(home / "log"), "-w"]
        subprocess.run(
            as_server_user([*control, "-o", options, "start"]),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=home,
        )
        try:
            yield f"postgresql://yangguang@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(
                as_server_user([*control, "-m", "immediate", "stop"]),
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=home,
            )
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    # A polite end (timeout, a closed terminal) takes the server along, as Ctrl-C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(130))
    if os.environ.get(SETTING, "").startswith("postgresql://"):
        return subprocess.run(command, check=False).returncode
    folder = binaries()
    if folder is None:
        print("跳过：没有 PostgreSQL（apt install postgresql 之后，测试会在它上面再跑一遍）")
        return 0
    with throw_away_server(folder) as address:
        return subprocess.run(command, env={**os.environ, SETTING: address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
