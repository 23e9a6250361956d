"""The nginx configuration that we ship, in a real nginx, in front of a real tree."""

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from yangguang.bakery import tree
from yangguang.config.rsgi_headers import HEADERS

ROOT = Path(__file__).resolve().parents[2]
BODY = "<!doctype html><p>政务公开</p>".encode() * 200
ICON = bytes(4) + b"icon"
FOLDER = "/srv/yangguang/var"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Nginx:
    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        got = line.getresponse()
        found: dict[str, str] = {}
        for name, value in got.getheaders():
            found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
        answer = Answer(got.status, found, got.read())
        line.close()
        return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """nginx over a tree of two pages; nobody answers behind it."""
    binary = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if binary is None:
        pytest.skip("没有 nginx：apt install nginx-light 之后这些测试才能运行")
    var, port = tmp_path_factory.mktemp("nginx"), free_port()
    with override_settings(BAKED_ROOT=var / "baked"):
        tree.write("/", BODY)
        tree.write("/units/市财政委/", BODY + b"1")
        tree.write("/due.ics", b"BEGIN:VCALENDAR\r\n")
        tree.write("/favicon.ico", ICON)
        tree.write("/documents/a/v/1/text", "正文".encode())
    (var / "static").mkdir()
    (var / "static" / "portal.0123456789ab.css").write_text("p{}")
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    ours = (
        shipped.replace(FOLDER, str(var))
        .replace("listen 80;", f"listen 127.0.0.1:{port};")
        .replace("127.0.0.1:8000", f"127.0.0.1:{free_port()}")
        .replace("/etc/nginx/yangguang-brotli", str(var / "brotli"))
    )
    assert ours.count(str(var)) >= 3
    if BROTLI.exists():
        shutil.copy(ROOT / "deploy" / "nginx-brotli.conf", var / "brotli.conf")
    load = f"load_module {BROTLI};" if BROTLI.exists() else ""
    temporary = "".join(
        f"{name}_temp_path {var}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (var / "nginx.conf").write_text(
        f"{load} daemon off; user root; pid {var}/pid; error_log {var}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{ours}\n}}\n"
    )
    server = subprocess.Popen([binary, "-p", str(var), "-c", str(var / "nginx.conf")])
    try:
        until = time.monotonic() + 20
        while not listens(port):
            assert server.poll() is None, (var / "error.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield Nginx(port)
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_a_baked_page_is_served_whole_with_the_headers_of_the_program(nginx: Nginx) -> None:
    got = nginx.ask("/")
    assert (got.status, got.body) == (200, BODY)
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    for name, value in HEADERS:
        told = got.headers[name]
        if name == "vary":
            assert set(re.split(r",\s*", value)) == set(re.split(r",\s*", told))
        else:
            assert told == value, name


def test_each_kind_of_file_says_what_it_is(nginx: Nginx) -> None:
    assert nginx.ask("/due.ics").headers["content-type"] == "text/calendar; charset=utf-8"
    icon = nginx.ask("/favicon.ico")
    assert (icon.headers["content-type"], icon.body) == ("image/x-icon", ICON)
    got = nginx.ask("/documents/a/v/1/text")
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.body == "正文".encode()
    assert nginx.ask("/units/%E5%B8%82%E8%B4%A2%E6%94%BF%E5%A7%94/").body == BODY + b"1"


def test_the_packed_forms_are_sent_to_who_takes_them(nginx: Nginx) -> None:
    got = nginx.ask("/", Accept_Encoding="gzip")
    assert got.headers["content-encoding"] == "gzip"
    assert gzip.decompress(got.body) == BODY
    assert "Accept-Encoding" in got.headers["vary"]
    if not BROTLI.exists():
        pytest.skip("没有 libnginx-mod-http-brotli-static：brotli 没有测")
    got = nginx.ask("/", Accept_Encoding="gzip, br")
    assert got.headers["content-encoding"] == "br"
    assert brotli.decompress(got.body) == BODY


def test_marks_parts_and_heads_are_right(nginx: Nginx) -> None:
    whole, packed = nginx.ask("/"), nginx.ask("/", Accept_Encoding="gzip")
    assert whole.headers["etag"] != packed.headers["etag"]
    assert nginx.ask("/", If_None_Match=whole.headers["etag"]).status == 304
    assert nginx.ask("/", If_None_Match='"other"').status == 200
    part = nginx.ask("/", Range="bytes=5-14")
    assert (part.status, part.body) == (206, BODY[5:15])
    assert part.headers["content-range"] == f"bytes 5-14/{len(BODY)}"
    assert nginx.ask("/", Range=f"bytes={len(BODY)}-").status == 416
    head = nginx.ask("/", "HEAD")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(BODY)))


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/?unit=a", "GET", {}),
        ("/", "POST", {}),
        ("/", "GET", {"Cookie": "a=1; on=2017-08-01"}),
        ("/", "GET", {"Cookie": "django_language=en"}),
        ("/", "GET", {"HX_Request": "true"}),
        ("/office/", "GET", {}),
        ("/index.html", "GET", {}),
        ("/index.html.gz", "GET", {}),
        ("/.index.html.new", "GET", {}),
        ("/no/such/page/", "GET", {}),
    ],
)
def test_everything_else_is_the_programs_and_says_so_in_words_when_it_rests(
    nginx: Nginx, path: str, method: str, headers: dict[str, str]
) -> None:
    got = nginx.ask(path, method, **headers)
    assert got.status == 503
    assert "程序正在维护" in got.body.decode()


def test_a_session_does_not_make_a_public_page_personal(nginx: Nginx) -> None:
    assert nginx.ask("/", Cookie="sessionid=abc; direction=on").status == 200


def test_files_named_after_their_content_are_kept_for_ever(nginx: Nginx) -> None:
    got = nginx.ask("/static/portal.0123456789ab.css")
    assert (got.status, got.body) == (200, b"p{}")
    assert "immutable" in got.headers["cache-control"]
    assert got.headers["content-type"].startswith("text/css")


def test_the_shipped_upload_limit_is_the_programs() -> None:
    from yangguang.config.bridge import LARGEST

    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    assert f"client_max_body_size {LARGEST // 1024 // 1024}m;" in shipped
    assert django_settings.LANGUAGE_COOKIE_NAME in shipped
