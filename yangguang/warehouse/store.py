"""Files under their SHA-256: written once, never changed, the same bytes for ever.

A file is written before the transaction that speaks of it. If that is rolled back, an orphan is left
that nobody points to; never a record without its file.
"""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 1 << 20


def put(content: bytes) -> str:
    """Keep the bytes; returns their hex SHA-256. What is there already is not written again."""
    digest = hashlib.sha256(content).hexdigest()
    if not path(digest).exists():
        put_file(io.BytesIO(content))
    return digest


def put_file(source: IO[bytes]) -> tuple[str, int]:
    """Keep a file of any size, read once from where it stands; returns its hex SHA-256 and size in bytes."""
    hashed, size = hashlib.sha256(), 0
    folder = _folder()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as out:
        try:
            while chunk := source.read(CHUNK):
                hashed.update(chunk)
                size += len(chunk)
                out.write(chunk)
            _settle(out, path(hashed.hexdigest()))
        except BaseException:
            os.unlink(out.name)
            raise
    return hashed.hexdigest(), size


def take(file: Path) -> tuple[str, int]:
    """Keep a file made in a `workplace` by moving it; returns its hex SHA-256 and size in bytes."""
    with file.open("r+b") as out:
        digest = hashlib.file_digest(out, "sha256").hexdigest()
        size = out.seek(0, os.SEEK_END)
        _settle(out, path(digest))
    return digest, size


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder on the store's own disk for files in the making; gone with all that is left in it."""
    with tempfile.TemporaryDirectory(dir=_folder(), prefix="making-") as folder:
        yield Path(folder)


def read(digest: str) -> bytes:
    """The bytes kept under a hash. Raises FileNotFoundError where there are none."""
    return path(digest).read_bytes()


def path(digest: str) -> Path:
    """Where the file of a hash stands, or would stand."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(f"{digest[:80]!r} 不是 SHA-256")
    return Path(settings.STORE_ROOT) / digest[:2] / digest


def stands(digest: str) -> bool:
    """Whether the file of a hash is there, and still is what its hash says."""
    try:
        with path(digest).open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == digest
    except (OSError, ValueError):
        return False


def forget(digest: str) -> None:
    """Delete a file for good: only where the law asks for it. Does nothing where there is none."""
    path(digest).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.STORE_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _settle(out: IO[bytes], place: Path) -> None:
    """Put a whole, synced file in its place at one stroke."""
    out.flush()
    os.fsync(out.fileno())
    place.parent.mkdir(exist_ok=True)
    os.chmod(out.name, 0o444)
    os.replace(out.name, place)
