"""Where the index lies, who may write it, and the reader of this process.

`SEARCH_ROOT/current` names the folder in use. A rebuild writes a folder of its own and then changes that name at one
stroke, so that an interrupted rebuild leaves the old index in use. Readers hold what they opened.
"""

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.conf import settings

from yangguang.search import tokens
from yangguang.search.index import schema

WORDS = "words.txt"


@dataclass(frozen=True)
class Position:
    """How far the index has read: the journal's size, and the hash of its last line."""

    size: int
    digest: str

    def as_document(self) -> tantivy.Document:
        row = tantivy.Document()
        row.add_text("entry", schema.POSITION)
        told = {"format": schema.FORMAT, "size": self.size, "digest": self.digest}
        row.add_text(schema.POSITION, json.dumps(told))
        return row


@dataclass(frozen=True)
class Reader:
    """The index as it stood at one commit."""

    folder: Path
    stamp: tuple[int, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    position: Position
    listed: frozenset[str] | None = None
    """The longer words that have a list of their own; None where all of the dictionary have."""

    @property
    def schema(self) -> tantivy.Schema:
        return self.index.schema

    def lists(self, word: str) -> bool:
        """Whether one term of the index tells all texts in which a folded word stands, wherever it stands there."""
        if len(word) <= 2 or self.listed is None:
            return len(word) == 2 or word in tokens.longer(word)
        return word in self.listed


_open: Reader | None = None
_opening = threading.Lock()


def reader() -> Reader | None:
    """The index as of its newest commit; None where there is none that can be read.

    Looks at two files each time, and opens anew only after they changed.
    """
    global _open
    folder = current()
    if folder is None:
        return None
    try:
        with _opening:
            stamp = _stamp(folder)
            if _open is None or (_open.folder, _open.stamp) != (folder, stamp):
                _open = _opened(folder, stamp)
            return _open
    except (OSError, ValueError, KeyError):
        return None


def _opened(folder: Path, stamp: tuple[int, int]) -> Reader:
    index = _open.index if _open is not None and _open.folder == folder else schema.open_in(folder)
    index.reload()
    searcher = index.searcher()
    return Reader(folder, stamp, index, searcher, _position(index, searcher), _listed(folder))


def _listed(folder: Path) -> frozenset[str] | None:
    try:
        return frozenset((folder / WORDS).read_text(encoding="utf-8").split())
    except FileNotFoundError:
        return None


def list_words(folder: Path, words: Collection[str]) -> None:
    """Tell which longer words the index in a new folder lists; untold, it lists all of the dictionary."""
    (folder / WORDS).write_text("\n".join(sorted(words)), encoding="utf-8")


def _position(index: tantivy.Index, searcher: tantivy.Searcher) -> Position:
    query = tantivy.Query.term_query(index.schema, "entry", schema.POSITION)
    hits = searcher.search(query, 1, count=False).hits
    if not hits:
        raise ValueError("索引没有记下它读到日志的哪一行")
    told = json.loads(searcher.doc(hits[0][1]).get_first(schema.POSITION) or "")
    if told["format"] != schema.FORMAT:
        raise ValueError("索引是另一种格式的")
    return Position(told["size"], told["digest"])


def _stamp(folder: Path) -> tuple[int, int]:
    """tantivy replaces meta.json at every commit."""
    seen = (folder / "meta.json").stat()
    return seen.st_mtime_ns, seen.st_ino


def root() -> Path:
    return Path(settings.SEARCH_ROOT)


def current() -> Path | None:
    """The folder in use, or None."""
    try:
        name = (root() / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return root() / name if name else None


@contextmanager
def writing(*, wait: bool) -> Iterator[bool]:
    """Hold the right to write, which ends with the process. Gives False where another holds it, unless told to wait."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def new_folder() -> Path:
    """An empty folder to build in. The caller holds the right to write."""
    number = max((int(one.name) for one in root().iterdir() if one.name.isdigit()), default=0) + 1
    folder = root() / str(number)
    folder.mkdir()
    return folder


def use(folder: Path) -> None:
    """Make a complete folder the one in use, and clear away all others. The caller holds the right to write."""
    draft = root() / "current.new"
    draft.write_text(folder.name, encoding="utf-8")
    with draft.open() as written:
        os.fsync(written.fileno())
    os.replace(draft, root() / "current")
    for other in root().iterdir():
        if other.name.isdigit() and other != folder:
            shutil.rmtree(other, ignore_errors=True)


def discard() -> None:
    """Use no index any more: the next follow-up builds one."""
    (root() / "current").unlink(missing_ok=True)


def is_broken(problem: BaseException) -> bool:
    """Whether this is how tantivy tells that its files cannot be read. (Its panics are no `Exception`.)"""
    return isinstance(problem, (ValueError, OSError)) or type(problem).__name__ == "PanicException"
