"""The server: which requests get a baked page, and that a baked page is the one Django would have made."""

import asyncio
import io
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client

from tests.bakery.city import Bakehouse
from tests.bakery.conftest import bakehouse  # noqa: F401 a fixture
from yangguang.bakery import asking, tree
from yangguang.config import bridge, rsgi
from yangguang.config.bridge import Bridge
from yangguang.config.rsgi_headers import HEADERS

HOST = "127.0.0.1:8000"


class Headers:
    """Request headers as Granian gives them."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = list(pairs)

    def get(self, name: str) -> str | None:
        return next((value for known, value in self.pairs if known == name), None)

    def items(self) -> list[tuple[str, str]]:
        return self.pairs

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None


@dataclass
class Scope:
    path: str = "/"
    method: str = "GET"
    query_string: str = ""
    headers: Headers = field(default_factory=lambda: Headers([("host", HOST)]))
    server: str = "127.0.0.1:8000"
    client: str = "203.0.113.7:5000"
    scheme: str = "http"
    http_version: str = "1.1"
    authority: str | None = None


class Protocol:
    """Takes what is sent, and gives a request's body in pieces."""

    def __init__(self, body: Iterable[bytes] = ()) -> None:
        self.status, self.headers, self.sent = 0, {}, b""
        self.pieces = list(body)
        self.streamed = 0

    def __aiter__(self) -> "Protocol":
        return self

    async def __anext__(self) -> bytes:
        if not self.pieces:
            raise StopAsyncIteration
        return self.pieces.pop(0)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.sent = status, dict(headers), body

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.response_bytes(status, headers, b"")

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Protocol":
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, data: bytes) -> None:
        self.streamed += 1
        self.sent += data


def is_baked(**given: Any) -> bool:
    extra = given.pop("headers", {})
    scope = Scope(headers=Headers([*{"host": HOST, **extra}.items()]), **given)
    return rsgi.application._is_baked(scope, Protocol())


def test_the_same_for_everybody_is_baked_and_nothing_else(bakehouse: Bakehouse) -> None:  # noqa: F811
    assert is_baked()
    assert is_baked(method="HEAD")
    assert is_baked(headers={"cookie": "sessionid=x; csrftoken=y"})
    assert not is_baked(method="POST")
    assert not is_baked(query_string="unit=a")
    assert not is_baked(headers={"cookie": "a=b; on=2017-08-01"})
    assert not is_baked(headers={"cookie": "django_language=en"})
    assert not is_baked(headers={"hx-request": "true"})
    assert not is_baked(headers={"host": "luohu.example"})
    assert not is_baked(path="/office/")
    assert not is_baked(path="/search/")


def test_who_changed_something_at_the_desk_gets_fresh_pages_until_they_are_baked(
    bakehouse: Bakehouse,  # noqa: F811
) -> None:
    try:
        rsgi.application._done(Scope("/office/files/add/", "POST"))
        assert not is_baked()
        rsgi.application._look_again = 0
        assert not is_baked()
        bakehouse.follow()
        rsgi.application._look_again = 0
        assert is_baked()
        rsgi.application._done(Scope("/day/", "POST"))
        rsgi.application._done(Scope("/office/", "GET"))
        assert is_baked()
    finally:
        rsgi.application._asked = ""
    assert asking.answered() == asking.asked()


def test_every_baked_page_is_what_django_makes_with_the_same_headers(bakehouse: Bakehouse) -> None:  # noqa: F811
    client = Client(HTTP_HOST=HOST)
    baked = [file for file in tree.root().rglob("*") if file.is_file() and file.suffix not in {".br", ".gz"}]
    assert len(baked) > 20
    for file in baked:
        path = "/" + str(file.relative_to(tree.root())).removesuffix("index.html")
        protocol = Protocol()
        assert rsgi.application._is_baked(Scope(path), protocol), path
        made = client.get(path)
        assert protocol.sent == made.content, path
        assert protocol.headers["content-type"] == made.headers["content-type"], path
        for name, value in HEADERS:
            if name not in {"vary", "cache-control"}:
                assert made.headers[name] == value, (path, name)
        vary = {one.strip().lower() for one in made.headers.get("vary", "").split(",")} - {""}
        assert vary <= {one.strip().lower() for one in dict(HEADERS)["vary"].split(",")}, path
        assert made.headers.get("content-disposition", "inline").startswith("inline"), path


# --- the bridge


def over(application: Any, scope: Scope, protocol: Protocol) -> Protocol:
    async def once() -> None:
        await Bridge(application, lambda _: None).answer(scope, protocol)
        await asyncio.sleep(0)

    # A browser test before this one keeps Playwright's loop running in the tests' own thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(once())).result()
    return protocol


def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [("X-Length", environ["CONTENT_LENGTH"]), ("X-Path", environ["PATH_INFO"])])
    return [environ["wsgi.input"].read()]


def with_headers(**headers: str) -> Headers:
    return Headers([(name.replace("_", "-"), value) for name, value in headers.items()])


def test_a_body_arrives_whole_however_it_was_cut() -> None:
    pieces = [b"a" * 700_000, b"", b"b" * 700_000, b"c"]
    got = over(
        echo, Scope("/中文/", "POST", headers=with_headers(content_length="1400001")), Protocol(pieces)
    )
    assert got.sent == b"".join([b"a" * 700_000, b"b" * 700_000, b"c"])
    assert got.headers["x-length"] == "1400001"
    assert got.headers["x-path"].encode("latin-1").decode() == "/中文/"


def test_a_huge_upload_is_refused_before_it_is_read() -> None:
    untouched = Protocol([b"x"])
    scope = Scope("/office/", "POST", headers=with_headers(content_length=str(2 * 1024**3)))
    got = over(echo, scope, untouched)
    assert got.status == 413
    assert "请拆分文件" in got.sent.decode()
    assert untouched.pieces == [b"x"]


def test_a_huge_upload_that_hides_its_length_is_refused_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "LARGEST", 1000)
    pieces = [b"x" * 400] * 100
    got = over(echo, Scope("/", "POST", headers=with_headers(transfer_encoding="chunked")), Protocol(pieces))
    assert got.status == 413
    assert len(got.pieces) == 97


def test_headers_become_the_environment_and_none_passes_for_another() -> None:
    headers = Headers(
        [
            ("host", "example.test"),
            ("cookie", "a=1"),
            ("cookie", "b=2"),
            ("accept", "x"),
            ("accept", "y"),
            ("x_forwarded_for", "9.9.9.9"),
            ("content-type", "text/plain"),
        ]
    )
    found = bridge.environ(Scope(headers=headers, client="[::1]:5000"), io.BytesIO())
    assert found["HTTP_COOKIE"] == "a=1; b=2"
    assert found["HTTP_ACCEPT"] == "x,y"
    assert found["CONTENT_TYPE"] == "text/plain"
    assert found["REMOTE_ADDR"] == "::1"
    assert "HTTP_X_FORWARDED_FOR" not in found


def test_letters_that_a_client_did_not_escape_arrive_as_they_were_sent() -> None:
    scope = Scope(path="/文件/", query_string="q=水质")
    request = WSGIRequest(bridge.environ(scope, io.BytesIO()))
    assert (request.path, request.GET["q"]) == ("/文件/", "水质")


class Streamed:
    """A long answer, as Django's StreamingHttpResponse looks to a server."""

    streaming = True

    def __init__(self, count: int) -> None:
        self.count, self.closed = count, False

    def __iter__(self) -> Iterator[bytes]:
        return (b"line %d\n" % number for number in range(self.count))

    def close(self) -> None:
        self.closed = True


def test_a_long_answer_is_sent_in_few_pieces_and_closed() -> None:
    answer = Streamed(50_000)

    def lines(_: dict[str, Any], start: Any) -> Streamed:
        start("200 OK", [])
        return answer

    got = over(lines, Scope(), Protocol())
    assert got.sent == b"".join(Streamed(50_000))
    assert got.streamed < 20
    assert answer.closed
    empty = over(lines, Scope(method="HEAD"), Protocol())
    assert empty.sent == b""


def test_an_answer_that_tells_how_far_it_is_is_sent_at_once() -> None:
    def phases(_: dict[str, Any], start: Any) -> Streamed:
        start("200 OK", [("X-Accel-Buffering", "no")])
        return Streamed(5)

    assert over(phases, Scope(), Protocol()).streamed == 5
