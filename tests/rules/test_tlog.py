import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.rules import tlog
from yangguang.rules.signed_note import NoteProblem

HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=20).map(tuple)


@pytest.mark.parametrize(
    ("index", "width", "path"),
    [
        # c2sp.org/tlog-tiles gives the first as its example.
        (1_234_067, 256, "tile/0/x001/x234/067"),
        (0, 256, "tile/0/000"),
        (999, 1, "tile/0/999.p/1"),
        (1000, 112, "tile/0/x001/000.p/112"),
    ],
)
def test_tiles_stand_where_the_standard_says(index: int, width: int, path: str) -> None:
    assert tlog.tile_path(0, index, width) == path


@given(st.lists(st.binary(max_size=300), max_size=40))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    assert tlog.unbundle(tlog.bundle(entries)) == entries


def test_a_bundle_cut_short_is_refused() -> None:
    with pytest.raises(NoteProblem):
        tlog.unbundle(tlog.bundle([b"abc", b"def"])[:-1])


@given(st.binary(min_size=1), st.integers(0, 2**40), HASHES)
def test_proofs_are_read_as_written(extra: bytes, index: int, path: tuple[bytes, ...]) -> None:
    proof = tlog.Proof(extra, index, path, b"origin\n1\nroot\n\n\xe2\x80\x94 name c2ln\n")
    assert tlog.proof(tlog.proof_text(proof)) == proof


@given(st.integers(0, 2**40), HASHES)
def test_requests_to_witnesses_are_read_as_written(old: int, path: tuple[bytes, ...]) -> None:
    assert tlog.asked(tlog.request(old, path, b"checkpoint\n\nnote\n")) == (
        old,
        path,
        b"checkpoint\n\nnote\n",
    )


@given(st.text("o.r/g", min_size=1), st.integers(0, 2**60), st.binary(min_size=32, max_size=32))
def test_checkpoints_are_read_as_written(origin: str, size: int, root: bytes) -> None:
    made = tlog.Checkpoint(origin, size, root)
    assert tlog.checkpoint(made.text()) == made


@pytest.mark.parametrize(
    "text", ["", "a\n1\n", "a\n01\nAAAA\n", "a\n1\nAAAA\n", "a\n-1\nAAAA\n", "a\n\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteProblem):
        tlog.checkpoint(text)
