"""Stand-ins for 微博 and 微信公众号 on this machine: real HTTP, their addresses, answers and refusals."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN, APPID, SECRET, COVER = "weibo-token-kept-secret", "wx-example", "app-secret-kept-secret", "cover-1"


class Platform(ThreadingHTTPServer):
    """Keeps what it was asked. `answers` are given first, in order: (status, body) or a dict for 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, dict[str, Any], bytes]] = []
        self.answers: list[tuple[int, Any] | dict[str, Any] | None] = []
        self.fetched: list[str] = []
        self.tokens: list[str] = []
        self.drafts: dict[str, dict[str, Any]] = {}
        self.tasks: dict[str, int] = {}
        self.shared: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    # --- what the platforms do

    def share(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if form["access_token"] != TOKEN:
            return 403, {"error": "expired_token", "error_code": 21327, "request": "/2/statuses/share.json"}
        if form["status"] in self.shared:
            return 400, {"error": "repeat content!", "error_code": 20019}
        self.shared.append(form["status"])
        return 200, {"id": 3504803600500000, "idstr": f"35048036005000{len(self.shared):02}"}

    def token(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["appid"] != APPID:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if body["secret"] != SECRET:
            return {"errcode": 40125, "errmsg": f"invalid appsecret {body['secret']}"}
        self.tokens.append(f"access-{len(self.tokens) + 1}")
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    def official_account(self, path: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        if not self.tokens or token != self.tokens[-1]:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if path.endswith("draft/add"):
            [article] = body["articles"]
            if article["thumb_media_id"] != COVER:
                return {"errcode": 40007, "errmsg": "invalid media_id"}
            number = f"draft-{len(self.drafts) + 1}"
            self.drafts[number] = article
            return {"media_id": number}
        if path.endswith("freepublish/submit"):
            if self.drafts.pop(body["media_id"], None) is None:
                return {"errcode": 40007, "errmsg": "invalid media_id"}
            number = f"{100000001 + len(self.tasks)}"
            self.tasks[number] = 0
            return {"errcode": 0, "errmsg": "ok", "publish_id": number}
        state = self.tasks[body["publish_id"]]
        done = {"article_id": "article-1"} if state == 0 else {}
        return {"publish_id": body["publish_id"], "publish_status": state, **done}


class Answering(BaseHTTPRequestHandler):
    server: Platform

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self.headers["Content-Type"].startswith("application/json"):
            body = json.loads(raw)
        else:
            body = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
        self.server.asked.append((parts.path, {**query, **body}, raw))
        status, told = self._answer(parts.path, query, body)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/private")
        self.end_headers()
        self.wfile.write(told if isinstance(told, bytes) else json.dumps(told).encode())

    def _answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        planned = self.server.answers.pop(0) if self.server.answers else None
        if planned is not None:
            return planned if isinstance(planned, tuple) else (200, planned)
        if path == "/2/statuses/share.json":
            return self.server.share(body)
        if path == "/cgi-bin/stable_token":
            return 200, self.server.token(body)
        return 200, self.server.official_account(path, query["access_token"], body)

    def do_GET(self) -> None:
        self.server.fetched.append(self.path)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def running() -> Iterator[Platform]:
    server = Platform()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
