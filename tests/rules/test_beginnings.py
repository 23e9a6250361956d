"""What a file is by its first bytes."""

import pytest

from yangguang.rules.beginnings import Container, container_of


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\x03\x04word/", Container.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container.OLE),
        (b"%PDF-1.7", Container.PDF),
        (b"\r\n %PDF-1.4", Container.PDF),
        (b" " * 2000 + b"%PDF-1.4", None),
        ("关于印发".encode(), None),
        (b"P", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_the_container(data: bytes, expected: Container | None) -> None:
    assert container_of(data) is expected
