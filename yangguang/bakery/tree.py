"""The baked pages as plain files, each beside its compressed forms: any web server can serve them."""

import gzip
import hashlib
import os
from pathlib import Path
from urllib.parse import unquote

import brotli
from django.conf import settings

QUALITY = 6
"""Of brotli: a page of 20 KB takes a millisecond; quality 11 takes forty times as long for a tenth less."""
FORMS = {"": lambda body: body, ".br": lambda body: brotli.compress(body, quality=QUALITY)} | {
    ".gz": lambda body: gzip.compress(body, 6, mtime=0)
}


INDEX = "index.html"


class Spoilt(OSError):
    """What was written could not be read back the same."""


def root() -> Path:
    return Path(settings.BAKED_ROOT) / "pages"


def place(path: str) -> Path:
    """The file of an address as it stands in links. Raises ValueError for one that would leave the tree."""
    return place_of(unquote(path))


def place_of(path: str) -> Path:
    """The file of an address whose percent signs are decoded. Raises ValueError as `place` does."""
    *folders, name = path.removeprefix("/").split("/")
    odd = any(part in {"", ".", ".."} for part in folders) or name.startswith((".", INDEX))
    if odd or "\0" in path or name.endswith((".br", ".gz")):
        raise ValueError(f"{path!r} 不是页面地址")
    return root().joinpath(*folders, name or INDEX)


def write(path: str, body: bytes) -> str:
    """Put a page in its place, each form at one stroke, and read it back. Returns its hex SHA-256.

    Written again only where the bytes differ. Raises Spoilt where the disk gives back something else.
    """
    file, digest = place(path), hashlib.sha256(body).hexdigest()
    file.parent.mkdir(parents=True, exist_ok=True)
    for ending, form in reversed(FORMS.items()):
        _put(file.with_name(file.name + ending), form(body))
    if hashlib.sha256(file.read_bytes()).hexdigest() != digest:
        raise Spoilt(f"{file} 写入后读回的内容不一致：请检查磁盘")
    return digest


def remove(path: str) -> None:
    """Take a page out of the tree; one that is not there is no error."""
    file = place(path)
    for ending in FORMS:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _put(file: Path, content: bytes) -> None:
    draft = file.with_name(f".{file.name}.new")
    draft.write_bytes(content)
    os.replace(draft, file)
