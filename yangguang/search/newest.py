"""The newest documents that a search finds: for feeds and mails."""

import datetime as dt

from yangguang.search.queries import search


def newest(query: str, day: dt.date, *, count: int) -> list[str]:
    """The index numbers of at most `count` documents that hold every word, the newest first.

    What was withdrawn is not found.
    """
    hits = search(query, as_of=day, newest=True, limit=count).documents.hits
    return [hit.url.removeprefix("/documents/").strip("/") for hit in hits]
