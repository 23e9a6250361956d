"""Settings come from the environment; a wrong one stops the start with a sentence."""

import datetime as dt
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from yangguang.config import environment as env

ROOT = Path(__file__).resolve().parents[2]
NAME = "YANGGUANG_EXAMPLE"


def test_what_is_not_set_or_empty_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.text(NAME, "甲") == "甲"
    monkeypatch.setenv(NAME, "  ")
    assert env.text(NAME, "甲") == "甲"
    assert env.whole(NAME, 8000, low=1, high=65535) == 8000
    assert env.day(NAME, "") is None
    assert env.words(NAME, "a, b,") == ["a", "b"]
    assert env.boolean(NAME, default=True) is True


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("whole", "8101", 8101),
        ("day", "2017-11-30", dt.date(2017, 11, 30)),
        ("boolean", "True", True),
    ],
)
def test_what_is_set_is_read(
    monkeypatch: pytest.MonkeyPatch, kind: str, value: str, expected: object
) -> None:
    monkeypatch.setenv(NAME, value)
    assert READERS[kind]() == expected


@pytest.mark.parametrize(
    ("kind", "value", "remedy"),
    [
        ("whole", "eight", "请填 1 到 65535 之间的整数"),
        ("whole", "0", "请填 1 到 65535 之间的整数"),
        ("whole", "65536", "请填 1 到 65535 之间的整数"),
        ("day", "30.11.2017", "YYYY-MM-DD"),
        ("day", "2017-02-30", "YYYY-MM-DD"),
        ("boolean", "yes", "True 或 False"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_the_remedy(
    monkeypatch: pytest.MonkeyPatch, kind: str, value: str, remedy: str
) -> None:
    monkeypatch.setenv(NAME, value)
    with pytest.raises(env.SettingProblem, match=remedy) as problem:
        READERS[kind]()
    assert NAME in str(problem.value)
    assert value in str(problem.value)


READERS = {
    "whole": lambda: env.whole(NAME, 1, low=1, high=65535),
    "day": lambda: env.day(NAME, ""),
    "boolean": lambda: env.boolean(NAME, default=False),
}


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "var" / "secret-key"
    first = env.secret(NAME, file)
    assert len(first) > 40
    assert env.secret(NAME, file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"), [("YANGGUANG_PORT", "http"), ("YANGGUANG_DATABASE", "mysql://127.0.0.1/example")]
)
def test_a_start_with_a_wrong_setting_ends_with_a_sentence(tmp_path: Path, name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import yangguang.config.settings"],
        cwd=ROOT,
        env={"YANGGUANG_VAR": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert name in done.stderr
    assert "Traceback" not in done.stderr
