"""Granian's RSGI on one side, Django's WSGI on the other.

The whole of a request runs in one thread, because database connections belong to threads, and a whole answer is sent
from it. What is sent piece by piece is handed to the event loop, which makes the thread wait while the client is slow.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from granian.rsgi import ProtocolClosed

THREADS = 3
LARGEST = 200 * 1024 * 1024
"""Bytes of a request's body; what is larger is refused before it is read."""
IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024
"""Bytes that are sent at one stroke of a long answer."""

AT_ONCE = ("x-accel-buffering", "no")
"""The header of an answer that tells how far something is: each piece is of use by itself."""

TOO_LARGE = f"上传的内容超过 {LARGEST // 1024 // 1024} MB，没有接收：请拆分文件，或者压缩后再传。\n".encode()
"""413, in a sentence."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TooLarge(Exception):
    """The body is longer than LARGEST."""


class Bridge:
    """Answers RSGI requests with a WSGI application, in a few threads.

    `done` is called with the scope when the application has done its work, before anything is sent.
    """

    def __init__(self, application: Application, done: Callable[[Any], None]) -> None:
        self._application, self._done = application, done
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="django")

    async def answer(self, scope: Any, protocol: Any) -> int:
        """Send the application's answer; returns its status."""
        try:
            body = await _body(scope, protocol)
        except TooLarge:
            plain = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            protocol.response_bytes(413, plain, TOO_LARGE)
            return 413
        loop = asyncio.get_running_loop()
        exchange = _Exchange(environ(scope, body), protocol, loop)
        return await loop.run_in_executor(
            self.threads, exchange.run, self._application, lambda: self._done(scope)
        )


async def _body(scope: Any, protocol: Any) -> IO[bytes]:
    """The request's body, on disk where it is long. Raises TooLarge, at once where the length is told."""
    told = scope.headers.get("content-length")
    if told and told.isdecimal() and int(told) > LARGEST:
        raise TooLarge
    if not told and scope.method in {"GET", "HEAD"}:
        return io.BytesIO()
    body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 closed with the exchange
    size = 0
    async for chunk in protocol:
        size += len(chunk)
        if size > LARGEST:
            body.close()
            raise TooLarge
        body.write(chunk)
    body.seek(0, io.SEEK_END)
    return body


def _bytes_as_text(text: str) -> str:
    """As PEP 3333 passes bytes. Clients that do not escape send letters of any language in an address."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def environ(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment (PEP 3333) of an RSGI scope. `body` stands at its end, and is rewound."""
    size = body.tell()
    body.seek(0)
    server, _, port = scope.server.rpartition(":")
    client, _, _ = scope.client.rpartition(":")
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _bytes_as_text(scope.path),
        "QUERY_STRING": _bytes_as_text(scope.query_string),
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client.strip("[]"),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # A name with an underscore would pass for the one with a hyphen.
        if "_" in name or name == "content-length":
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        joint = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{joint}{value}" if key in found else value
    if scope.authority and "HTTP_HOST" not in found:
        found["HTTP_HOST"] = scope.authority
    return found


class _Exchange:
    """One request and its answer."""

    def __init__(self, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._environ = environ
        self._protocol, self._loop = protocol, loop
        self._status, self._headers = 500, [("content-type", "text/plain")]

    def run(self, application: Application, done: Callable[[], None]) -> int:
        """In a thread: call the application and send what it gives."""
        with self._environ["wsgi.input"]:
            content = application(self._environ, self._start)
            try:
                done()
                self._send(content)
            finally:
                close = getattr(content, "close", None)
                if close is not None:
                    close()
        return self._status

    def _start(
        self, status: str, headers: list[tuple[str, str]], _problem: Any = None
    ) -> Callable[[bytes], None]:
        self._status = int(status.split(" ", 1)[0])
        self._headers = [(name.lower(), value) for name, value in headers]
        return self._write

    def _write(self, _: bytes) -> None:
        raise NotImplementedError("WSGI 的 write() 只为旧程序保留；Django 不用它")

    def _send(self, content: Iterable[bytes]) -> None:
        protocol = self._protocol
        if self._environ["REQUEST_METHOD"] == "HEAD" or self._status in {204, 304}:
            protocol.response_empty(self._status, self._headers)
        elif getattr(content, "streaming", False):
            self._stream(content)
        else:
            protocol.response_bytes(self._status, self._headers, b"".join(content))

    def _stream(self, content: Iterable[bytes]) -> None:
        """Piece by piece, small ones joined, unless the answer forbids proxies to gather it.

        A client that has gone ends it, and is no error.
        """
        pieces = content if AT_ONCE in self._headers else _joined(content)
        transport = self._protocol.response_stream(self._status, self._headers)
        try:
            for piece in pieces:
                asyncio.run_coroutine_threadsafe(_sent(transport, piece), self._loop).result()
        except ProtocolClosed:
            return


async def _sent(transport: Any, piece: bytes) -> None:
    await transport.send_bytes(piece)


def _joined(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of at least PIECE, but for the last."""
    waiting: list[bytes] = []
    size = 0
    for piece in content:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
