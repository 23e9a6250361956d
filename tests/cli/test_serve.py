"""What `serve` and `prepare` refuse, and in which words. tests/journeys runs them whole."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "plans" / "shenzhen-2017"


def yangguang(*words: str, var: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANGGUANG_")}
    ours = {"YANGGUANG_VAR": str(var), "DJANGO_SETTINGS_MODULE": "yangguang.config.settings"}
    command = [sys.executable, "-m", "yangguang.cli.main", *words]
    return subprocess.run(
        command, cwd=ROOT, env={**kept, **ours, **given}, capture_output=True, text=True, check=False
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
    first = yangguang("prepare", var=tmp_path)
    assert first.returncode == 0, first.stderr
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
