"""Put a file in its place whole and lasting, or not at all."""

import os
import tempfile
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where the public log stands."""
    return Path(settings.JOURNAL_ROOT)


def keep(path: Path, content: bytes, *, lasting: bool = False) -> None:
    """Write, sync and rename: what a crash leaves is the old file or the new one, never half of one.

    With `lasting` the folder is synced too, and with it (file systems keep the order) every rename before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as out:
        try:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
            os.chmod(out.name, 0o644)
            os.replace(out.name, path)
        except BaseException:
            os.unlink(out.name)
            raise
    if not lasting:
        return
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
