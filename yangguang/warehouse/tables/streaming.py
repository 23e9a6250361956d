"""All rows that a question asks for, page behind page, however many there are; and their csv."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from yangguang.rules.tables.query import TableQuery
from yangguang.warehouse.tables.reading import page
from yangguang.warehouse.tables.stored import Stored

AT_ONCE = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pages(version: Stored, query: TableQuery, limit: int | None = None) -> Iterator[list[tuple[Any, ...]]]:
    """The rows, at most ten thousand at a time, `limit` in all; each page goes on behind the one before.

    The query's own limit does not count. Raises QueryProblem, TooSlow, TooLarge as they are reached.
    """
    left = limit
    while left is None or left > 0:
        size = AT_ONCE if left is None else min(AT_ONCE, left)
        got = page(version, replace(query, limit=size), total=False)
        if got.rows:
            yield got.rows
        if left is not None:
            left -= len(got.rows)
        if query.distinct:
            if len(got.rows) < size:
                return
            query = replace(query, offset=query.offset + size)
        elif got.next is None:
            return
        else:
            query = replace(query, after=got.next, offset=0)


def separated(
    heading: Sequence[str], pages: Iterator[Sequence[Sequence[Any]]], *, mark: str = ","
) -> Iterator[str]:
    """csv in pieces: a heading that ends `\\r\\n` (none where it is empty), rows that end `\\n`.

    A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    out = io.StringIO()
    if heading:
        csv.writer(out, delimiter=mark, lineterminator="\r\n").writerow(heading)
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    for rows in pages:
        writer.writerows([_cell(value) for value in row] for row in rows)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def plain(value: Any) -> Any:
    """A value as JSON holds it: days and moments as ISO 8601."""
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else value
