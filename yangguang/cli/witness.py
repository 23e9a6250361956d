"""`yangguang journal witness` and `cosign`: others confirm that the log only grows.

A witness keeps one thing for ever: the newest head of the log that it has signed. It needs none of the
site's data, and should be run by somebody else (an archive, a university, another city).
"""

import argparse
import fcntl
import json
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from yangguang.cli import database
from yangguang.cli.errors import UsageProblem
from yangguang.rules.signed_note import COSIGNATURE, NoteProblem, Signer, Verifier, verifier
from yangguang.rules.witness import NOTHING, Answer, Seen, answer

LONGEST_REQUEST = 100_000


def add_arguments(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Register both verbs with `cli.journal`'s maker of parsers."""
    one = command(
        "witness", witness, "做一个日志的见证人：核对它只增不改，并副署它的检查点（任何人都可以运行）"
    )
    one.add_argument("--log", required=True, help="日志的公钥，印在网站的 /journal/ 页上")
    one.add_argument("--name", required=True, help="见证人的名称，例如 archive.example.gov.cn/witness")
    one.add_argument(
        "--folder", required=True, type=Path, help="放见证人的密钥和记录的文件夹（首次运行时生成）"
    )
    one.add_argument("--host", default="127.0.0.1", help="监听的地址")
    one.add_argument("--port", type=int, default=8090, help="监听的端口")
    command("cosign", cosign, "请设置 YANGGUANG_JOURNAL_WITNESSES 里的见证人副署现在的检查点")


class Witness:
    """One witness of one log: its key, and what it has signed, both in a folder."""

    def __init__(self, folder: Path, name: str, log: Verifier) -> None:
        from yangguang.journal.log import key

        self.folder, self.log = folder, log
        path = folder / "key"
        self.signer: Signer = key.read(path) if path.exists() else key.create(path, name, COSIGNATURE)
        if self.signer.name != name:
            raise UsageProblem(
                f"{folder} 里的密钥属于 {self.signer.name}，不是 {name}：请改 --name 或者换一个文件夹"
            )

    def answer(self, raw: bytes) -> Answer:
        """Answer one request; what is signed is remembered before the answer goes out."""
        from yangguang.journal.log.files import keep

        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            path = self.folder / f"seen-{self.log.key_id.hex()}.json"
            seen = NOTHING
            if path.exists():
                stored = json.loads(path.read_text())
                seen = Seen(stored["size"], bytes.fromhex(stored["root"]))
            found = answer(raw, log=self.log, seen=seen, witness=self.signer, at=int(time.time()))
            if found.seen is not None:
                stored = {"size": found.seen.size, "root": found.seen.root.hex()}
                keep(path, json.dumps(stored).encode(), lasting=True)
            return found


def witness(arguments: argparse.Namespace) -> int:
    """Serve add-checkpoint until Ctrl-C."""
    try:
        log = verifier(arguments.log)
    except NoteProblem as problem:
        raise UsageProblem(f"--log 的公钥不能用（{problem}）") from problem
    one = Witness(arguments.folder, arguments.name, log)
    try:
        server = ThreadingHTTPServer((arguments.host, arguments.port), _handler(one))
    except OSError as problem:
        raise UsageProblem(
            f"地址 {arguments.host}:{arguments.port} 不能监听（{problem.strerror}）：请换一个 --port"
        ) from problem
    print(f"见证人公钥：{one.signer.verifier().text()}")
    print(f"等候日志 {log.name}：http://{arguments.host}:{server.server_port}/add-checkpoint", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("见证人已停止")
    finally:
        server.server_close()
    return 0


def _handler(one: Witness) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._send(Answer(404, "只有 /add-checkpoint\n"))
            elif not length.isdecimal() or int(length) > LONGEST_REQUEST:
                self._send(Answer(400, f"请求须写明长度，且不超过 {LONGEST_REQUEST} 字节\n"))
            else:
                self._send(one.answer(self.rfile.read(int(length))))

        def _send(self, found: Answer) -> None:
            body = found.body.encode()
            self.send_response(found.status)
            self.send_header("Content-Type", found.media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            print(f"{self.address_string()} {format % args}", file=sys.stderr)

    return Handler


def cosign(_: argparse.Namespace) -> int:
    """Ask every configured witness; status 1 where one of them did not sign."""
    database.start()
    from django.conf import settings

    from yangguang.journal.log import cosigning

    try:
        outcomes = cosigning.cosign(settings.JOURNAL_WITNESSES)
    except ValueError as problem:
        raise UsageProblem(str(problem)) from problem
    if not outcomes:
        raise UsageProblem("没有设置见证人：请在 YANGGUANG_JOURNAL_WITNESSES 写“公钥 网址”，多个之间用逗号")
    for name, refusal in outcomes.items():
        print(f"{name}：{refusal or '已副署'}")
    return 1 if any(outcomes.values()) else 0
