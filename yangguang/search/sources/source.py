"""What the index asks of a source of texts."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yangguang.search.index.entry import Entry


@dataclass(frozen=True)
class Source:
    """A kind of public text.

    `touched` gives the keys that a journal line (its body) may have changed. `entries` gives what can be found
    of these keys, or of all (None), the entries of one key next to each other; nothing for a key that the
    public is no longer to find. `count` is the number of entries to expect of all.
    What is not a document has a group of its own among the hits.
    """

    name: str
    touched: Callable[[Mapping[str, Any]], Iterable[str]]
    entries: Callable[[Collection[str] | None], Iterator[Entry]]
    count: Callable[[], int]
