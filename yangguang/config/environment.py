"""Reads the environment. Every setting is named in `dotenv-sample`, and nowhere else is os.environ read.

A wrong value stops the start with a sentence that says what to do.
"""

import datetime as dt
import os
import secrets
from pathlib import Path


class SettingProblem(SystemExit):
    """A setting is missing or wrong. Django's start stops with the sentence, without a traceback."""

    def __init__(self, name: str, value: str, remedy: str) -> None:
        super().__init__(f"设置 {name}={value!r} 不能用：{remedy}（可用的设置见 dotenv-sample）")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def whole(name: str, default: int, *, low: int, high: int) -> int:
    raw = text(name, str(default))
    if not raw.isdecimal() or not low <= int(raw) <= high:
        raise SettingProblem(name, raw, f"请填 {low} 到 {high} 之间的整数")
    return int(raw)


def boolean(name: str, default: bool) -> bool:
    raw = text(name, str(default))
    if raw not in {"True", "False"}:
        raise SettingProblem(name, raw, "请填 True 或 False")
    return raw == "True"


def day(name: str, default: str) -> dt.date | None:
    """A day as YYYY-MM-DD, or None where neither the variable nor the default names one."""
    raw = text(name, default)
    if not raw:
        return None
    try:
        return dt.date.fromisoformat(raw)
    except ValueError:
        raise SettingProblem(name, raw, "请按 YYYY-MM-DD 写一个日期，例如 2017-11-30") from None


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    raw = text(name, default)
    if raw not in choices:
        raise SettingProblem(name, raw, f"请填 {'、'.join(choices)} 之一")
    return raw


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, file: Path) -> str:
    """A secret from the environment, or from a private file that is made at random at first start."""
    given = os.environ.get(name, "").strip()
    if given:
        return given
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
