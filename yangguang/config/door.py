"""The door for machines that ask for rows: from the server to the table without Django's request between.

Only questions to tables by Datasette's addresses come in here, the most frequent ones by far when somebody
works with the data; everything else, also who asks by ETag, takes the ordinary way. What is answered, and
with which headers, is the same on both (a test compares them).
"""

import hashlib
import re
from typing import Any

from django.db import close_old_connections

from yangguang.api.datasette import problems, tables
from yangguang.api.datasette.answers import Address
from yangguang.api.gate import OPEN
from yangguang.config.rsgi_headers import SAFE

Sent = tuple[int, list[tuple[str, str]], bytes]
"""Status, headers, body."""
LONGEST = 4_096
"""Letters of a question; a longer one may hold more arguments than Django takes, which says so."""
_TABLE = re.compile(r"/table/([-\w]+)/([-\w]+)\.json")


def wanted(scope: Any) -> bool:
    """Whether a question comes in here."""
    if scope.method != "GET" or len(scope.query_string) > LONGEST or "if-none-match" in scope.headers:
        return False
    return _TABLE.fullmatch(scope.path) is not None


def answer(path: str, query: str) -> Sent:
    """What to send for a question that is wanted, from a thread that keeps its connections to the database."""
    close_old_connections()
    return sent(path, query)


def sent(path: str, query: str) -> Sent:
    """What to send for a question that is wanted."""
    dataset, table = path.removeprefix("/table/").removesuffix(".json").split("/")
    try:
        found = tables.rows_at(Address(path, query), dataset, table)
    except Exception as problem:
        found = problems.told_of(problem, path)
    headers = [*SAFE, *OPEN, ("content-type", found.kind), ("vary", "Accept-Encoding")]
    headers.append(("content-length", str(len(found.body))))
    if found.status == 200:
        etag = hashlib.sha256(found.body).hexdigest()[:32]
        headers += [("cache-control", "no-cache"), ("etag", f'"{etag}"')]
    if found.link:
        headers.append(("link", found.link))
    return found.status, headers, found.body
