"""The topics (主题分类) under which documents stand: an editable list with its source."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("topics.toml")


@cache
def topics() -> tuple[str, ...]:
    """The names in `topics.toml`, in their order, read once."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["topics"])
