"""The hash chain of the journal: what one line is, byte for byte, and how anybody checks it.

A line's hash covers the line before it, so that a line cannot be changed, dropped or put in later
without every later hash changing too.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One line as published: `seq` from 1 upward, `body` the canonical JSON text, two hex SHA-256."""

    seq: int
    body: str
    previous: str
    digest: str


@dataclass(frozen=True)
class Break:
    """Where a chain stops holding, and why, in a sentence for people."""

    seq: int
    reason: str


def canonical(body: Mapping[str, object]) -> str:
    """The one text form of a JSON object (RFC 8785, for the values that we use).

    Keys are sorted by UTF-16 code units, no spaces, characters as themselves. Numbers are whole
    numbers; a float raises TypeError, because its text form is where implementations differ.
    """
    return _ENCODER.encode(_ordered(body))


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@lru_cache(maxsize=1000)
def _code_units(key: str) -> bytes:
    return key.encode("utf-16-be")


def _ordered(value: object) -> object:
    if isinstance(value, Mapping):
        keys = sorted(value, key=_code_units)
        return {key: _ordered(value[key]) for key in keys}
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    if value is None or isinstance(value, (str, bool, int)):
        return value
    raise TypeError(
        f"a journal line holds text, whole numbers, lists and objects, not {type(value).__name__}"
    )


def digest(previous: str, body: str) -> str:
    """Hex SHA-256 over the previous line's hash, a newline, and this line's canonical text (UTF-8)."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def first_break(links: Iterable[Link]) -> Break | None:
    """Walk a chain from its first line; None when every line holds."""
    previous, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            return Break(expected, f"第 {expected} 行缺失：下一行的编号是 {link.seq}")
        if link.previous != previous:
            return Break(link.seq, f"第 {link.seq} 行没有接在第 {link.seq - 1} 行之后：前一行的哈希不符")
        if digest(previous, link.body) != link.digest:
            return Break(link.seq, f"第 {link.seq} 行的内容与它的哈希不符：内容被改动过")
        previous, expected = link.digest, expected + 1
    return None
