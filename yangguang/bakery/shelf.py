"""Baked pages in memory, ready to be sent: found by path, checked against the disk, bounded in size."""

import gzip
import hashlib
import os
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli

from yangguang.bakery import tree

Headers = list[tuple[str, str]]

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".ico": "image/x-icon",
    "": "text/plain; charset=utf-8",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Content-Encoding → the ending of its file; what we like best first."""
MEMORY = 48 * 1024 * 1024
"""Bytes of pages that are kept in memory; the rest is read from disk when it is asked for."""


@dataclass(frozen=True, slots=True)
class Form:
    """One representation of a page: its bytes and the headers that go with them."""

    body: bytes
    etag: str
    headers: Headers


@dataclass(frozen=True, slots=True)
class Page:
    """A page in all its forms; `stamp` tells whether the file on disk is still the one that was read."""

    file: str
    stamp: tuple[int, int, int]
    forms: dict[str, Form]
    size: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What to send: a status, headers, and a body (None where there must be none)."""

    status: int
    headers: Headers
    body: bytes | None


class Shelf:
    """`headers` go with every page: the policy that Django's middleware would add."""

    def __init__(self, headers: Sequence[tuple[str, str]], memory: int = MEMORY) -> None:
        self._headers, self._memory = list(headers), memory
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self.held = 0

    def find(self, path: str) -> Page | None:
        """The page of a path (percent signs decoded), as it is on disk now; None where none is baked."""
        page = self._pages.get(path)
        if page is not None:
            if _stamp(page.file) == page.stamp:
                self._pages.move_to_end(path)
                return page
            self._drop(path)
        page = self._read(path)
        if page is not None:
            self._pages[path] = page
            self.held += page.size
            while self.held > self._memory and len(self._pages) > 1:
                self._drop(next(iter(self._pages)))
        return page

    def _drop(self, path: str) -> None:
        self.held -= self._pages.pop(path).size

    def _read(self, path: str) -> Page | None:
        try:
            file = tree.place_of(path)
            stamp = _stamp(str(file))
            body = file.read_bytes()
        except (OSError, ValueError):
            return None
        if stamp is None:
            return None
        kind = TYPES.get(file.suffix)
        if kind is None:
            return None
        packed = {
            encoding: form
            for encoding, ending in ENCODINGS.items()
            if (form := _packed(file.with_name(file.name + ending), encoding, body)) is not None
        }
        forms = self._forms_of(body, kind, packed)
        return Page(str(file), stamp, forms, sum(len(form.body) for form in forms.values()))

    def _forms_of(self, body: bytes, kind: str, packed: Mapping[str, bytes] | None = None) -> dict[str, Form]:
        digest = hashlib.sha256(body).hexdigest()
        whole = {"": self._form(body, digest, kind, "")}
        return whole | {name: self._form(form, digest, kind, name) for name, form in (packed or {}).items()}

    def _form(self, body: bytes, digest: str, kind: str, encoding: str) -> Form:
        etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
        headers = [("content-type", kind), ("etag", etag), *self._headers]
        if encoding:
            headers.append(("content-encoding", encoding))
        else:
            headers.append(("accept-ranges", "bytes"))
        return Form(body, etag, headers)


def answer(
    page: Page,
    *,
    encodings: str | None,
    none_match: str | None,
    wanted_range: str | None,
    if_range: str | None,
    head: bool,
) -> Answer:
    """What to send for a request's headers (RFC 9110): 200, 206, 304 or 416. A part is never compressed."""
    form = page.forms["" if wanted_range else _chosen(encodings or "", tuple(page.forms))]
    if none_match and _matches(none_match, form.etag):
        return Answer(304, [pair for pair in form.headers if pair[0] not in _BODY_ONLY], None)
    if wanted_range and (not if_range or if_range == form.etag):
        span = _span(wanted_range, len(form.body))
        if span == ():
            return Answer(416, [*form.headers, ("content-range", f"bytes */{len(form.body)}")], b"")
        if span:
            start, end = span
            told = ("content-range", f"bytes {start}-{end - 1}/{len(form.body)}")
            return _whole(206, [*form.headers, told], form.body[start:end], head)
    return _whole(200, form.headers, form.body, head)


_BODY_ONLY = frozenset({"content-type", "content-encoding", "accept-ranges"})
_RANGE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*")


def _whole(status: int, headers: Headers, body: bytes, head: bool) -> Answer:
    if head:
        return Answer(status, [*headers, ("content-length", str(len(body)))], None)
    return Answer(status, headers, body)


def _span(written: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """The first and one past the last byte; () where nothing of it is there; None for what we do not cut.

    Several ranges, and what is no range at all, are answered with the whole page, as RFC 9110 allows.
    """
    found = _RANGE.fullmatch(written)
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        start = max(size - int(last), 0)
        return (start, size) if int(last) and size else ()
    start, end = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    return (start, end) if start < size else ()


def _matches(written: str, etag: str) -> bool:
    """If-None-Match compares weakly, and may name several."""
    return written.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in written.split(","))


@lru_cache(maxsize=512)
def _chosen(accepted: str, there: tuple[str, ...]) -> str:
    """The encoding to send: the one we like best among those the client takes."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, options = part.partition(";")
        weights[name.strip()] = _weight(options)
    liked = (name for name in there if name and weights.get(name, weights.get("*", 0.0)) > 0)
    return next(liked, "")


def _weight(options: str) -> float:
    name, _, value = options.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _stamp(file: str) -> tuple[int, int, int] | None:
    try:
        stat = os.stat(file)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _packed(file: Path, encoding: str, body: bytes) -> bytes | None:
    """The compressed form, only where it unpacks to the very bytes: the three files change one by one."""
    try:
        packed = file.read_bytes()
        unpacked = brotli.decompress(packed) if encoding == "br" else gzip.decompress(packed)
    except (OSError, EOFError, ValueError, brotli.error):
        return None
    return packed if unpacked == body else None
