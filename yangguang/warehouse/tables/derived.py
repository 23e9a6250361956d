"""Files worked out from versions: kept beside the store, dropped at will, made again when asked for."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_MAKING = "making-"


def place(kind: str, *names: str) -> Path:
    """Where the file or folder of that kind, worked out from the named versions, stands or would stand."""
    return Path(settings.TABLES_ROOT) / kind / "-".join(names)


def standing(kind: str) -> list[Path]:
    """All of that kind that stand; those in the making are none."""
    folder = Path(settings.TABLES_ROOT) / kind
    return [path for path in sorted(folder.glob("*")) if not path.name.startswith(_MAKING)]


def made(target: Path, make: Callable[[Path], None]) -> Path:
    """The target; made first, in a folder of its own and moved to its place at one stroke, where it is not.

    Two that make the same thing at once make it twice; the first stays.
    """
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=_MAKING) as folder:
        making = Path(folder) / target.name
        make(making)
        with suppress(OSError):  # a folder of the same name is there already
            os.replace(making, target)
    return target


def drop(kind: str = "") -> None:
    """Forget what was worked out, of one kind or all."""
    shutil.rmtree(Path(settings.TABLES_ROOT) / kind, ignore_errors=True)
