"""The tree in its tiles: 256 hashes a file, eight levels a tile."""

import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from yangguang.journal.log.files import keep
from yangguang.rules import merkle
from yangguang.rules.tlog import TILE, bundle, tile_path, unbundle

HASH = 32
HEIGHT = 8


class Tree:
    """The log's tree at one size. Reads whole tiles once; a proof needs about two a level."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        self._read = lru_cache(maxsize=64)(self._read_file)

    def at(self, level: int, index: int) -> bytes:
        """The hash over a whole subtree, as `rules.merkle` asks for it."""
        row, height = divmod(level, HEIGHT)
        first, count = index << height, 1 << height
        tile = self._read(row, first // TILE)
        start = first % TILE * HASH
        found = tile[start : start + count * HASH]
        return merkle.fold([found[i : i + HASH] for i in range(0, len(found), HASH)])

    def root(self, size: int | None = None) -> bytes:
        return merkle.root(self.size if size is None else size, self.at)

    def entries(self, number: int) -> list[bytes]:
        """The entries of one bundle."""
        return unbundle(self._file("entries", number, self.width(0, number)))

    def entries_after(self, seq: int) -> Iterator[bytes]:
        """The entries of the lines after line `seq`, in order."""
        for number in range(seq // TILE, -(-self.size // TILE)):
            yield from self.entries(number)[max(0, seq - number * TILE) :]

    def hashes(self, row: int, number: int) -> bytes:
        """One tile's bytes; empty where it has none."""
        return self._read(row, number) if self.width(row, number) else b""

    def width(self, row: int, number: int) -> int:
        """How many hashes the tile has in a tree of this size."""
        return max(0, min(TILE, (self.size >> HEIGHT * row) - number * TILE))

    def _read_file(self, row: int, number: int) -> bytes:
        width = self.width(row, number)
        return self._file(row, number, width)[: width * HASH]

    def _file(self, level: int | str, number: int, width: int) -> bytes:
        try:
            return (self.folder / tile_path(level, number, width)).read_bytes()
        except FileNotFoundError:
            # The partial file goes once the whole one is there.
            return (self.folder / tile_path(level, number)).read_bytes()


def grow(tree: Tree, entries: Iterable[bytes]) -> Tree:
    """Write the tiles of the tree that has these entries too; returns it. Nothing that is there changes."""
    edge = _Edge(tree)
    for entry in entries:
        edge.add(entry)
    return edge.settle()


def sweep(tree: Tree, since: int) -> None:
    """Remove the partial tiles that became whole after the tree had `since` leaves."""
    row = 0
    while tree.size >> HEIGHT * (row + 1):
        for number in range((since >> HEIGHT * row) // TILE, (tree.size >> HEIGHT * row) // TILE):
            for level in (row, "entries") if row == 0 else (row,):
                shutil.rmtree(tree.folder / f"{tile_path(level, number)}.p", ignore_errors=True)
        row += 1


class _Edge:
    """The right edge of a growing tree: in each row the tile that is not whole yet."""

    def __init__(self, tree: Tree) -> None:
        self.folder, self.size = tree.folder, tree.size
        self.entries = tree.entries(tree.size // TILE) if tree.size % TILE else []
        rows = range(max(1, -(-tree.size.bit_length() // HEIGHT)))
        self.rows = [tree.hashes(row, (tree.size >> HEIGHT * row) // TILE) for row in rows]
        self._stood = list(self.rows)

    def add(self, entry: bytes) -> None:
        self.entries.append(entry)
        self.size += 1
        self._add_hash(0, merkle.leaf_hash(entry))
        if len(self.entries) == TILE:
            self._keep("entries", self.size // TILE - 1, TILE, bundle(self.entries))
            self.entries = []

    def settle(self) -> Tree:
        """Write the tiles at the edge, where they changed."""
        if self.rows != self._stood:
            for row, hashes in enumerate(self.rows):
                if hashes and self._stood[row : row + 1] != [hashes]:
                    number = (self.size >> HEIGHT * row) // TILE
                    self._keep(row, number, len(hashes) // HASH, hashes)
            if self.entries:
                self._keep("entries", self.size // TILE, len(self.entries), bundle(self.entries))
        return Tree(self.folder, self.size)

    def _add_hash(self, row: int, hashed: bytes) -> None:
        if row == len(self.rows):
            self.rows.append(b"")
        self.rows[row] += hashed
        tile = self.rows[row]
        if len(tile) == TILE * HASH:
            self._keep(row, (self.size >> HEIGHT * row) // TILE - 1, TILE, tile)
            self.rows[row] = b""
            self._add_hash(row + 1, merkle.fold([tile[i : i + HASH] for i in range(0, len(tile), HASH)]))

    def _keep(self, level: int | str, number: int, width: int, content: bytes) -> None:
        keep(self.folder / tile_path(level, number, width), content)
