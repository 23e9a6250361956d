"""Tests reach no other machine: the guard itself is tested, without waiting for any network."""

import socket
from urllib.request import urlopen

import pytest

from tests.network import NetworkRefused, is_loopback


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        (("127.0.0.1", 80), True),
        (("127.9.9.9", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        ("/run/postgresql/.s.PGSQL.5432", True),
        (("192.0.2.1", 80), False),
        (("2001:db8::1", 80, 0, 0), False),
        (("example.org", 80), False),
    ],
)
def test_only_this_machine_counts_as_loopback(address: object, allowed: bool) -> None:
    assert is_loopback(address) is allowed


def test_connecting_to_another_machine_is_refused() -> None:
    with socket.socket() as plug, pytest.raises(NetworkRefused):
        plug.connect(("192.0.2.1", 80))
    with socket.socket() as plug, pytest.raises(NetworkRefused):
        plug.connect_ex(("192.0.2.1", 80))


def test_a_library_that_calls_out_is_refused() -> None:
    with pytest.raises(OSError, match="不得连接"):
        urlopen("http://example.org/", timeout=1)


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as plug,
    ):
        plug.sendall(b"ping")
        with server.accept()[0] as heard:
            assert heard.recv(4) == b"ping"
