"""What `serve` and `prepare` refuse, and in which words. tests/journeys runs them whole."""

import os
import pty
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "plans" / "shenzhen-2017"


def at_a_terminal(*words: str, var: Path) -> "subprocess.CompletedProcess[str]":
    """The command as somebody sees it who sits before it: bars are drawn."""
    ours, theirs = pty.openpty()
    with ThreadPoolExecutor(1) as reading:
        seen = reading.submit(read_all, ours)
        done = subprocess.run(
            [sys.executable, "-m", "yangguang.cli.main", *words],
            cwd=ROOT,
            env=environment(var),
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            check=False,
        )
        os.close(theirs)
        shown = seen.result()
    os.close(ours)
    return subprocess.CompletedProcess(done.args, done.returncode, shown, "")


def read_all(terminal: int) -> str:
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # Linux tells so that nobody has the other end open any more.
        pass
    return b"".join(parts).decode()


def environment(var: Path, **given: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANGGUANG_")}
    ours = {"YANGGUANG_VAR": str(var), "DJANGO_SETTINGS_MODULE": "yangguang.config.settings"}
    return {**kept, **ours, **given}


def yangguang(*words: str, var: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "yangguang.cli.main", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(var, **given), capture_output=True, text=True, check=False
    )


def test_a_port_that_is_taken_is_named_with_another_to_try(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = yangguang("serve", var=tmp_path, YANGGUANG_PORT=str(port))
    assert done.returncode == 2
    assert f"127.0.0.1:{port} 不能使用" in done.stderr
    assert "YANGGUANG_PORT=" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"YANGGUANG_PLANS": "no-such-folder"}, "方案文件夹"),
        ({"YANGGUANG_DEMONSTRATION_DAY": "1999-01-04"}, "放假通知没有录入"),
        ({"YANGGUANG_DATABASE": "sqlite:///no/such/folder/file"}, "不能用"),
    ],
)
def test_an_installation_that_cannot_work_is_refused_with_a_remedy(
    tmp_path: Path, given: dict[str, str], sentence: str
) -> None:
    done = yangguang("prepare", var=tmp_path, **given)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "请" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_demonstrations_day_there_is_a_plan_but_no_sample(tmp_path: Path) -> None:
    first = at_a_terminal("prepare", var=tmp_path)
    assert first.returncode == 0, first.stdout
    assert "数据库 █" in first.stdout
    assert "密码另存在" in first.stdout
    file = tmp_path / "staff-password"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    passwords = [line.split("\t")[1] for line in file.read_text("utf-8").splitlines()]
    assert len(set(passwords)) == 4
    assert all(password in first.stdout for password in passwords)

    again = yangguang("prepare", var=tmp_path)
    assert again.returncode == 0, again.stderr
    assert not any(password in again.stdout for password in passwords)
    checked = yangguang("journal", "check", var=tmp_path)
    assert (checked.returncode, "1 行" in checked.stdout) == (0, True), checked
    shown = yangguang("ledger", "show", "--as-of", "2017-07-03", "--unit", "福田区政府", var=tmp_path)
    assert "未到期" in shown.stdout
    there = yangguang("register", "establish", var=tmp_path)
    assert (there.returncode, there.stdout) == (0, "新建 0 份清单；发布第一版以后公众才能看到\n")
