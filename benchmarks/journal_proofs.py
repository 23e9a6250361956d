"""The signed journal from 10,000 to 1,000,000 lines: growing, its root, proofs; beside pymerkle.

Ours keeps the tree in files as it is served (c2sp.org/tlog-tiles), every file synced; pymerkle in SQLite, its
backend that lasts. Timed are: adding all lines in one go, with the root; adding one line to the full tree and
taking its new root, which is what a checkpoint needs; an inclusion proof of a random line; a consistency proof
from a random size. Medians; ours reads its files anew for each proof.

    python benchmarks/journal_proofs.py [--quick]
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import benchmarks  # noqa: F401 the Python that has what follows

# isort: split
from pymerkle import SqliteTree

from yangguang.journal.log.tiles import Tree, grow
from yangguang.rules import merkle

SIZES = (10_000, 100_000, 1_000_000)
QUICK = (2_000, 20_000)
TRIES = 100
SLOW_TRIES = 5


def entry(number: int) -> bytes:
    """About as long as a real line."""
    return b'{"act":"publish","seq":%d,"title":"%s"}' % (number, b"x" * 700)


def median_ms(act: Callable[[int], object], tries: int) -> float:
    """Median milliseconds of `act`, told the number of the try."""
    taken = []
    for number in range(tries):
        started = time.perf_counter()
        act(number)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def main() -> None:
    sizes = QUICK if "--quick" in sys.argv else SIZES
    chance = random.Random(2017)
    print(
        "             |        ours (files, synced)         |        pymerkle (SQLite)            | ratio to pymerkle"
    )
    print(
        "      lines  | all s  one ms  incl. ms  cons. ms  | all s  one ms  incl. ms  cons. ms  | one    incl.  cons."
    )
    for size in sizes:
        ours, tree = take_ours(size, chance)
        theirs = take_theirs(size, chance, tree)
        ratios = "  ".join(f"{other / own:5.1f}" for own, other in list(zip(ours, theirs, strict=True))[1:])
        print(f"{size:11,}  | {row(ours)}  | {row(theirs)}  | {ratios}", flush=True)


def row(found: tuple[float, ...]) -> str:
    return f"{found[0]:5.1f}  {found[1]:6.2f}  {found[2]:8.3f}  {found[3]:8.3f}"


def take_ours(size: int, chance: random.Random) -> tuple[tuple[float, ...], bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        grown = grow(Tree(folder, 0), map(entry, range(size)))
        root = grown.root()
        everything = time.perf_counter() - started

        def one(number: int) -> None:
            nonlocal grown
            grown = grow(grown, [entry(size + number)])
            grown.root()

        def include(_: int) -> None:
            tree = Tree(folder, size)
            merkle.inclusion(chance.randrange(size), size, tree.at)

        def extend(_: int) -> None:
            tree = Tree(folder, size)
            merkle.consistency(chance.randrange(1, size), size, tree.at)

        proofs = median_ms(include, TRIES), median_ms(extend, TRIES)
        return (everything, median_ms(one, TRIES), *proofs), root


def take_theirs(size: int, chance: random.Random, root: bytes) -> tuple[float, ...]:
    with tempfile.TemporaryDirectory() as name, SqliteTree(f"{name}/tree.db", algorithm="sha256") as oracle:
        started = time.perf_counter()
        oracle.append_entries(map(entry, range(size)), chunksize=100_000)
        assert oracle.get_root() == root
        everything = time.perf_counter() - started

        def one(number: int) -> None:
            oracle.append_entry(entry(size + number))
            oracle.get_root()

        proofs = (
            median_ms(lambda _: oracle.prove_inclusion(chance.randrange(1, size), size), SLOW_TRIES),
            median_ms(lambda _: oracle.prove_consistency(chance.randrange(1, size), size), SLOW_TRIES),
        )
        return (everything, median_ms(one, SLOW_TRIES), *proofs)


if __name__ == "__main__":
    main()
