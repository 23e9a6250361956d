"""The key that signs the journal: made at random at first start, readable by its owner only."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from yangguang.rules.signed_note import SIGNATURE, NoteProblem, Signer, signer


class KeyProblem(ValueError):
    """The key cannot be read; the text says where and what to do."""


def own() -> Signer:
    """The log's key, made at the first call. Its name is the log's name (origin) for ever."""
    path = Path(settings.JOURNAL_KEY)
    return read(path) if path.exists() else create(path, settings.JOURNAL_ORIGIN, SIGNATURE)


def read(path: Path) -> Signer:
    """Raises KeyProblem for a file that holds no key."""
    try:
        return signer(path.read_text().strip())
    except (NoteProblem, UnicodeDecodeError) as problem:
        raise KeyProblem(f"签名密钥 {path} 不能用（{problem}）：请从备份恢复这个文件") from problem


def create(path: Path, name: str, kind: int) -> Signer:
    """Make a key and keep it. Where another process was quicker, its key counts."""
    made = Signer(name, kind, secrets.token_bytes(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(made.text() + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return read(path)
    finally:
        beside.unlink()
    return made
