"""Keeps tests off the network: only this machine's own addresses can be reached."""

import ipaddress
import socket
from typing import Any


class NetworkRefused(OSError):
    """A test tried to reach another machine."""


def is_loopback(address: Any) -> bool:
    """Whether a socket address (a path, or a tuple that begins with a host) is this machine."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_other_machines(monkeypatch: Any) -> None:
    """Make connecting to, or asking the name of, any other machine raise NetworkRefused."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _require_loopback(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _require_loopback(address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *args: Any, **options: Any) -> Any:
        if host is not None:
            _require_loopback((host.decode() if isinstance(host, bytes) else host,))
        return resolve(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)


def _require_loopback(address: Any) -> None:
    if not is_loopback(address):
        raise NetworkRefused(f"测试不得连接别的机器：{address!r}")
