"""Roots and proofs, against the vectors of Certificate Transparency and against pymerkle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from yangguang.rules import merkle

# The leaves and the root of the test vectors of Certificate Transparency (RFC 6962's own implementation).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


class Leaves:
    """A tree whose every subtree is folded from its leaves at each question."""

    def __init__(self, entries: list[bytes]) -> None:
        self.hashes = [merkle.leaf_hash(entry) for entry in entries]

    def at(self, level: int, index: int) -> bytes:
        return merkle.fold(self.hashes[index << level : (index + 1) << level])


def slow_root(entries: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not entries:
        return merkle.EMPTY
    if len(entries) == 1:
        return merkle.leaf_hash(entries[0])
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return merkle.node_hash(slow_root(entries[:split]), slow_root(entries[split:]))


def entries_of(size: int) -> list[bytes]:
    return [b"%d" % number for number in range(size)]


@pytest.mark.parametrize("size", ROOTS)
def test_roots_are_those_of_the_published_vectors(size: int) -> None:
    assert merkle.root(size, Leaves(LEAVES).at).hex() == ROOTS[size]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root(0, Leaves([]).at) == merkle.EMPTY == slow_root([])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.data())
def test_pymerkle_agrees_on_roots_and_on_both_proofs(size: int, data: st.DataObject) -> None:
    entries = entries_of(size)
    oracle = InmemoryTree(algorithm="sha256")
    for entry in entries:
        oracle.append_entry(entry)
    at = Leaves(entries).at
    part = data.draw(st.integers(1, size), label="part")
    index = data.draw(st.integers(0, part - 1), label="index")
    assert merkle.root(part, at) == oracle.get_root(part) == slow_root(entries[:part])
    path = [bytes.fromhex(one) for one in oracle.prove_inclusion(index + 1, part).serialize()["path"]]
    # pymerkle's path begins with the leaf itself.
    assert path[1:] == merkle.inclusion(index, part, at)
    assert merkle.includes(merkle.leaf_hash(entries[index]), index, part, path[1:], merkle.root(part, at))
    proof = merkle.consistency(part, size, at)
    assert merkle.extends(part, size, merkle.root(part, at), merkle.root(size, at), proof)


def test_every_proof_of_every_small_tree_holds_and_no_other_does() -> None:
    at = Leaves(entries_of(33)).at
    roots = [merkle.root(size, at) for size in range(34)]
    for size in range(1, 34):
        for index in range(size):
            path = merkle.inclusion(index, size, at)
            assert merkle.includes(at(0, index), index, size, path, roots[size])
            assert not merkle.includes(at(0, index), index, size, path, roots[size - 1])
            assert not merkle.includes(at(0, (index + 1) % 33), index, size, path, roots[size])
            assert not merkle.includes(
                at(0, index), index, size, [*path, path[0] if path else b""], roots[size]
            )
        for old in range(size + 1):
            path = merkle.consistency(old, size, at)
            assert merkle.extends(old, size, roots[old], roots[size], path)
            if 0 < old < size:
                assert not merkle.extends(old, size, roots[old - 1], roots[size], path)
                assert not merkle.extends(old, size, roots[old], roots[size - 1], path)


@settings(max_examples=80, deadline=None)
@given(st.integers(2, 200), st.data())
def test_a_changed_bit_anywhere_in_a_proof_is_caught(size: int, data: st.DataObject) -> None:
    at = Leaves(entries_of(size)).at
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, at)
    place = data.draw(st.integers(0, len(path) - 1))
    byte = data.draw(st.integers(0, 31))
    changed = bytearray(path[place])
    changed[byte] ^= 1 << data.draw(st.integers(0, 7))
    path[place] = bytes(changed)
    assert not merkle.includes(at(0, index), index, size, path, merkle.root(size, at))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        merkle.inclusion(index, size, Leaves(entries_of(3)).at)
    assert not merkle.includes(b"", index, size, [], b"")
