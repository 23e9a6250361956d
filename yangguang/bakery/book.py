"""The bakery's own book: which page read what. A file beside the pages; dropped, it is written anew.

A statement that several pages asked is kept once, with the digest of its newest rows. Whoever finds a new
digest marks every page that read the old rows as stale, so that no change is lost between two looks.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from yangguang.bakery.addresses import Address
from yangguang.readset import ReadSet, Statement, digest_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
  path TEXT PRIMARY KEY, about TEXT NOT NULL, sha256 TEXT, stale INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_about ON page (about);
CREATE INDEX IF NOT EXISTS page_stale ON page (about, path) WHERE stale;
CREATE TABLE IF NOT EXISTS probe (
  id INTEGER PRIMARY KEY, sql TEXT NOT NULL, parameters TEXT NOT NULL, digest TEXT NOT NULL,
  UNIQUE (sql, parameters));
CREATE TABLE IF NOT EXISTS reads (path TEXT, probe INTEGER, PRIMARY KEY (path, probe)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reads_probe ON reads (probe);
CREATE TABLE IF NOT EXISTS link (about TEXT, other TEXT, PRIMARY KEY (about, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_other ON link (other);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
UNWRITABLE = "?"
"""Begins parameters that cannot be written down: such a statement counts as changed whenever asked."""


class Probe(NamedTuple):
    """A statement, or (with empty SQL) the name of a value in `parameters`, and what it last gave."""

    id: int
    sql: str
    parameters: str
    digest: str

    @property
    def name(self) -> str:
        """Of a value; empty for a statement."""
        return "" if self.sql else str(json.loads(self.parameters)[0])

    def statement(self) -> Statement | None:
        """None where the parameters could not be kept."""
        if self.parameters.startswith(UNWRITABLE):
            return None
        return self.sql, tuple(_unpack(one) for one in json.loads(self.parameters))


class Book:
    """One open book. Every method is one transaction, unless inside `with book:`."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(file, isolation_level=None, timeout=20, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
        self._depth = 0

    def __enter__(self) -> "Book":
        if self._depth == 0:
            self._db.execute("BEGIN IMMEDIATE")
        self._depth += 1
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._db.execute("ROLLBACK" if kind else "COMMIT")

    def close(self) -> None:
        self._db.close()

    # --- pages

    def expect(self, addresses: Iterable[Address]) -> None:
        """Enter addresses; new ones are stale. The rest stays as it is."""
        with self:
            self._db.executemany("INSERT OR IGNORE INTO page (path, about) VALUES (?, ?)", addresses)

    def keep_only(self, addresses: Collection[Address]) -> list[str]:
        """Forget the pages that are not about documents and not among these; returns their paths."""
        wanted = {address.path for address in addresses}
        gone = [
            path
            for (path,) in self._db.execute("SELECT path FROM page WHERE about = ''")
            if path not in wanted
        ]
        with self:
            for path in gone:
                self._db.execute("DELETE FROM reads WHERE path = ?", [path])
                self._db.execute("DELETE FROM page WHERE path = ?", [path])
        return gone

    def stale(self, count: int) -> list[Address]:
        """Some pages that must be rendered again; those not about one document first."""
        rows = self._db.execute(
            "SELECT path, about FROM page WHERE stale ORDER BY about, path LIMIT ?", [count]
        )
        return [Address(*row) for row in rows]

    def mark_all(self) -> None:
        self._db.execute("UPDATE page SET stale = 1")

    def mark(self, probes: Iterable[int]) -> None:
        """Every page that read one of the probes is stale."""
        sql = "UPDATE page SET stale = 1 WHERE path IN (SELECT path FROM reads WHERE probe = ?)"
        self._db.executemany(sql, ((probe,) for probe in probes))

    def sha256(self, path: str) -> str | None:
        row = self._db.execute("SELECT sha256 FROM page WHERE path = ?", [path]).fetchone()
        return row[0] if row else None

    def baked_pages(self) -> list[tuple[str, str]]:
        """Path and SHA-256 of every page that has a file."""
        return self._db.execute(
            "SELECT path, sha256 FROM page WHERE sha256 IS NOT NULL ORDER BY path"
        ).fetchall()

    def count(self) -> tuple[int, int]:
        """Pages in the book, and how many of them are stale."""
        return tuple(self._db.execute("SELECT count(*), coalesce(sum(stale), 0) FROM page").fetchone())

    # --- what pages read

    def baked(self, address: Address, sha256: str | None, reads: ReadSet, links: Iterable[str]) -> None:
        """Enter what a page read. Other pages that read something else under the same name are stale now."""
        with self:
            self._db.execute("UPDATE page SET sha256 = ?, stale = 0 WHERE path = ?", [sha256, address.path])
            self._db.execute("DELETE FROM reads WHERE path = ?", [address.path])
            for sql, parameters, digest in _entries(reads):
                self._db.execute(
                    "INSERT OR IGNORE INTO reads VALUES (?, ?)",
                    [address.path, self._probe(address.path, sql, parameters, digest)],
                )
            if address.about:
                self._db.executemany(
                    "INSERT OR IGNORE INTO link VALUES (?, ?)", ((address.about, other) for other in links)
                )

    def _probe(self, path: str, sql: str, parameters: str, digest: str) -> int:
        found = self._db.execute(
            "SELECT id, digest FROM probe WHERE sql = ? AND parameters = ?", [sql, parameters]
        ).fetchone()
        if found is None:
            new = self._db.execute(
                "INSERT INTO probe (sql, parameters, digest) VALUES (?, ?, ?)", [sql, parameters, digest]
            )
            return new.lastrowid or 0
        if found[1] != digest:
            self.mark([found[0]])
            self._db.execute("UPDATE page SET stale = 0 WHERE path = ?", [path])
            self._db.execute("UPDATE probe SET digest = ? WHERE id = ?", [digest, found[0]])
        return int(found[0])

    def probes(self, abouts: Collection[str]) -> Iterator[Probe]:
        """What the pages about these documents asked; "" stands for all other pages."""
        sql = """SELECT DISTINCT probe.* FROM page JOIN reads USING (path) JOIN probe ON probe.id = reads.probe
                 WHERE page.about = ?"""
        for about in abouts:
            yield from map(Probe._make, self._db.execute(sql, [about]).fetchall())

    def probes_of(self, table: str) -> Iterator[Probe]:
        """Every statement that names a table, whichever page asked it."""
        sql = "SELECT * FROM probe WHERE sql LIKE ?"
        return map(Probe._make, self._db.execute(sql, [f'%"{table}"%']).fetchall())

    def values(self) -> list[Probe]:
        """Everything that pages read by a name and not by a statement."""
        return [Probe(*row) for row in self._db.execute("SELECT * FROM probe WHERE sql = ''")]

    def statements(self) -> Iterator[str]:
        """Every distinct SQL text."""
        return (sql for (sql,) in self._db.execute("SELECT DISTINCT sql FROM probe WHERE sql != ''"))

    def renew(self, probe: Probe, digest: str) -> bool:
        """Enter what a probe gives now; where that is new, its readers are stale. Tells whether it was."""
        if digest == probe.digest:
            return False
        with self:
            self.mark([probe.id])
            self._db.execute("UPDATE probe SET digest = ? WHERE id = ?", [digest, probe.id])
        return True

    def sweep_out(self) -> None:
        """Forget what no page asks any more."""
        self._db.execute("DELETE FROM probe WHERE id NOT IN (SELECT probe FROM reads)")

    def known(self, names: Collection[str]) -> set[str]:
        """Those of the names that pages are about."""
        sql = "SELECT 1 FROM page WHERE about = ? LIMIT 1"
        return {name for name in names if name and self._db.execute(sql, [name]).fetchone()}

    def linked(self, abouts: Collection[str]) -> set[str]:
        """The documents whose pages link to these, or to which theirs link."""
        sql = "SELECT other FROM link WHERE about = ? UNION SELECT about FROM link WHERE other = ?"
        return {other for about in abouts for (other,) in self._db.execute(sql, [about, about])}

    # --- facts

    def fact(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", [name]).fetchone()
        return row[0] if row else ""

    def set_fact(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", [name, value])


def _entries(reads: ReadSet) -> Iterator[tuple[str, str, str]]:
    for (sql, parameters), digest in reads.statements.items():
        yield sql, _pack(parameters), digest
    for name, digest in reads.values.items():
        yield "", json.dumps([name], ensure_ascii=False), digest


def _pack(parameters: tuple[Any, ...]) -> str:
    try:
        return json.dumps(parameters, default=_packed, ensure_ascii=False)
    except TypeError:
        return UNWRITABLE + digest_of(parameters)


def _packed(value: object) -> object:
    if isinstance(value, dt.date):  # a datetime is one too
        return {"moment" if isinstance(value, dt.datetime) else "day": value.isoformat()}
    raise TypeError


def _unpack(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if "day" in value:
        return dt.date.fromisoformat(value["day"])
    return dt.datetime.fromisoformat(value["moment"])
