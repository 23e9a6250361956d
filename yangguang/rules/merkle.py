"""The Merkle tree of the journal: RFC 6962 section 2.1, proofs as RFC 9162 section 2.1.3 and 2.1.4 check them.

A tree is given by its size and by `at(level, index)`, the hash over the 2**level leaves from
index * 2**level on; only whole subtrees are asked for. So a tree of a million leaves is proved from
twenty hashes, wherever they are kept.
"""

import hashlib
from collections.abc import Callable, Sequence

HashAt = Callable[[int, int], bytes]
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over a whole subtree's hashes; their number is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def root(size: int, at: HashAt) -> bytes:
    """The Merkle Tree Hash of the first `size` leaves."""
    return _span(0, size, at) if size else EMPTY


def inclusion(index: int, size: int, at: HashAt) -> list[bytes]:
    """The path from leaf `index` (from 0) to the root of the tree of `size` leaves, leaf's sibling first."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_span(middle, end, at))
            end = middle
        else:
            path.append(_span(start, middle, at))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, at: HashAt) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with the tree of `old` (RFC 6962 section 2.1.2)."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not begin with one of {old}")
    if old in (0, new):
        return []
    start, end, known, path = 0, new, True, []
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_span(middle, end, at))
            end = middle
        else:
            path.append(_span(start, middle, at))
            start, known = middle, False
    if not known:
        path.append(_span(start, end, at))
    return path[::-1]


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf's hash to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, hashed = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            hashed = node_hash(sibling, hashed)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and hashed == root


def extends(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path shows that the new tree begins with the old one (RFC 9162 section 2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY
    if not path or old > new:
        return False
    proof = list(path)
    if old & (old - 1) == 0:
        proof.insert(0, old_root)
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = proof[0]
    for sibling in proof[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)


def _span(start: int, end: int, at: HashAt) -> bytes:
    """The hash over leaves start to end-1, where `start` is a multiple of the span's power of two."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return at(level, start >> level)
    middle = start + _split(width)
    return node_hash(_span(start, middle, at), _span(middle, end, at))
