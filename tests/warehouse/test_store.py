"""Files under their hash."""

import hashlib
import io
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.warehouse import store


@given(st.binary(max_size=4000))
def test_what_is_put_is_read_back_under_its_sha256(content: bytes) -> None:
    digest = store.put(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert store.read(digest) == content


def test_a_file_read_from_a_stream_is_the_same_as_its_bytes() -> None:
    content = bytes(range(256)) * 9000
    assert store.put_file(io.BytesIO(content)) == (store.put(content), len(content))


def test_a_kept_file_cannot_be_written_and_no_scraps_stay() -> None:
    place = store.path(store.put(b"fixed"))
    assert stat.S_IMODE(place.stat().st_mode) == 0o444
    assert not [file for file in place.parent.parent.iterdir() if file.is_file()]


def test_a_stream_that_breaks_leaves_nothing() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the cable was pulled")

    folder = store.path(store.put(b"before")).parent.parent
    before = sorted(folder.rglob("*"))
    with pytest.raises(OSError, match="cable"):
        store.put_file(Broken())
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("written", ["", "../../etc/passwd", "g" * 64, "A" * 64, "0" * 63])
def test_only_a_hash_names_a_file(written: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(written)


def test_a_hash_that_was_never_put_is_said_to_be_missing() -> None:
    with pytest.raises(FileNotFoundError):
        store.read("0" * 64)
    assert isinstance(store.path("0" * 64), Path)
