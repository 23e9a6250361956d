"""What changed since the bakery last looked: in the journal, in small tables, in the code, on the calendar."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.db import connection

from yangguang.bakery.book import Book, Probe
from yangguang.journal.models import Line
from yangguang.ledger import queries as ledger
from yangguang.ledger import seen
from yangguang.plan.models import PlanVersion
from yangguang.readset import TOLD, ask_again, digest_of, tell_again

FOLLOWED = ("publishing_", "journal_", "ledger_", "gazette_", "registers_")
"""Tables whose every public change has a journal line. Any other table that a page read is watched whole."""
QUIET = frozenset({"journal_head", "journal_patrol", "publishing_cleanuprow", "registers_rowcounts"})
"""Among these, small tables that also change between two lines: a signature, a round, a confirmed match,
the rows of a version counted."""

_TABLES = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')
_ADDRESS = re.compile(r"/documents/([^/?#]+)/")
_DOCUMENT = re.compile(rb'href="/documents/([^/"?#]+)/')


def code_print() -> str:
    """Differs where templates, code, style sheets or the site's address do: then everything is baked again."""
    folder = Path(__file__).resolve().parents[1]
    seen_files = hashlib.sha256(f"{settings.PUBLIC_ADDRESS} {settings.DEMONSTRATION_DAY}".encode())
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".py", ".html", ".mo", ".css", ".js", ".svg"}:
            stat = file.stat()
            seen_files.update(f"{file} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen_files.hexdigest()


def named_in(after: int, until: int) -> set[str]:
    """Every short text in the journal lines (after, until]: among them the documents they are about.

    A line may name a document by the address of an edition; then the index number is among them too.
    """
    lines = Line.objects.filter(seq__gt=after, seq__lte=until).order_by("seq").values_list("body", flat=True)
    return {text for body in lines.iterator(chunk_size=2000) for text in _texts(json.loads(body))}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if 0 < len(value) <= 100:
            yield value
        yield from map(unquote, _ADDRESS.findall(value))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def links(body: bytes) -> set[str]:
    """The index numbers of the documents that a page links to."""
    return {unquote(found.decode()) for found in _DOCUMENT.findall(body)}


def ask_statements(book: Book, probes: Iterator[Probe]) -> int:
    """Ask again what pages asked, `told` queries too; returns how many answers are new."""
    new = 0
    for probe in {probe.id: probe for probe in probes}.values():
        if probe.name.startswith(TOLD):
            new += book.renew(probe, tell_again(probe.name))
        elif probe.sql:
            statement = probe.statement()
            new += book.renew(probe, ask_again(statement) if statement else f"{probe.digest[:31]}~")
    return new


def ask_values(book: Book) -> int:
    """Compare the verdicts that pages read with those of now; returns how many are new."""
    now: dict[int, seen.Now] = {}
    new = 0
    for probe in book.values():
        prefix, version, scope = probe.name.split(" ", 2)
        if prefix != seen.PREFIX:
            continue
        if int(version) not in now:
            now[int(version)] = _verdicts(int(version))
        new += book.renew(probe, now[int(version)].digest(scope))
    return new


def _verdicts(version: int) -> seen.Now:
    from yangguang.directory import clock

    if version == seen.IN_FORCE:
        try:
            return seen.Now(ledger.standings(as_of=clock.today()))
        except ledger.NoPlan:
            return seen.Now([])
    found = PlanVersion.objects.filter(pk=version).select_related("plan").first()
    return seen.Now(ledger.standings(as_of=clock.today(), version=found) if found else [])


def watched_tables(book: Book) -> set[str]:
    """The tables that pages read and that no journal line tells of."""
    tables = {table for sql in book.statements() for table in _TABLES.findall(sql)}
    if book.values():
        tables |= {"directory_unit", "directory_membership", "directory_succession", "directory_unitalias"}
    return {table for table in tables if not table.startswith(FOLLOWED)} | QUIET


def prints(tables: set[str]) -> dict[str, str]:
    """A digest of each table's rows. These tables are small: units, plans, columns."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 a name from our own statements
            found[table] = digest_of(sorted(repr(tuple(row)) for row in cursor.fetchall()))
    return found
