"""How the server and the bakery understand each other without talking: two small files beside the pages.

Whoever changes something that no journal line tells of, or wants to see at once what they did, writes a token
into `asked`. The bakery looks at everything and, when no page is stale, repeats the token in `answered`.
Until then the server renders pages itself.
"""

import os
import time
from pathlib import Path

from django.conf import settings


def ask() -> str:
    """Ask the bakery to look at everything; returns the token that it will repeat."""
    token = f"{time.time_ns()}-{os.getpid()}"
    _write("asked", token)
    return token


def asked() -> str:
    return _read("asked")


def answer(token: str) -> None:
    if token and answered() != token:
        _write("answered", token)


def answered() -> str:
    return _read("answered")


def file(name: str) -> Path:
    return Path(settings.BAKED_ROOT) / name


def _read(name: str) -> str:
    try:
        return file(name).read_text()
    except FileNotFoundError:
        return ""


def _write(name: str, token: str) -> None:
    place = file(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{name}-{os.getpid()}")
    draft.write_text(token)
    os.replace(draft, place)
