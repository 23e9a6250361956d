"""The index for one search, as fresh as can be had at once.

The background worker keeps the index in step. Where none runs, a search itself reads the few lines that the
index is behind, as long as nobody else writes.
"""

from yangguang.search import actions
from yangguang.search.index import place
from yangguang.search.index.place import Reader

AT_ONCE = 1000
"""Journal lines that a search reads in passing: a second at most."""


def usable() -> Reader | None:
    """The index of this journal, brought up to date where that is quick; None where there is none to be had."""
    reader, head = place.reader(), actions.head()
    if reader is not None and reader.position == head:
        return reader
    ours = reader is not None and actions.is_of_this_journal(reader.position)
    behind = head.size - (reader.position.size if ours and reader is not None else 0)
    if behind <= AT_ONCE:
        actions.follow(wait=False)
        reader = place.reader()
        ours = reader is not None and actions.is_of_this_journal(reader.position)
    return reader if ours else None
