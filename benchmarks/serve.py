"""How fast a baked page is served: by nginx, by nginx with the configuration that we ship, by `yangguang serve`
alone, beside a cached Django page behind the same middleware; and how long a page takes that is not baked.

    python benchmarks/serve.py [--quick]

Needs Debian's wrk and nginx. Everything runs on this machine, one after the other.
"""

import argparse
import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.parts import measure  # noqa: E402

PAGE = "/units/"
DAY = "2017-11-30"
NOT_BAKED = (
    "/",
    "/plan/",
    "/units/",
    "/units/caizhengwei/",
    "/due/",
    "/documents/",
    "/journal/",
    "/plan/2.1/",
)
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


def wait_for(port: int, path: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            if ask(port, path)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise SystemExit(f"127.0.0.1:{port}{path} 没有答复")


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers=headers)
    got = line.getresponse()
    answer = got.status, {name.lower(): value for name, value in got.getheaders()}, got.read()
    line.close()
    return answer


@contextmanager
def running(command: list[str], **given: str) -> Iterator[int]:
    """Run a server for as long as the block runs; gives its process id."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANGGUANG_")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=ROOT, env=kept | given, **quiet)
    try:
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def requests_a_second(port: int, path: str, seconds: int, header: str = "") -> float:
    """The median of three runs of wrk, with 32 connections on one thread."""
    extra = ["-H", header] if header else []
    command = ["wrk", "-t1", "-c32", f"-d{seconds}s", *extra, f"http://127.0.0.1:{port}{path}"]
    found = []
    for _ in range(3):
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in told, told
        found.append(float(re.search(r"Requests/sec:\s*([\d.]+)", told)[1]))  # type: ignore[index]
    return statistics.median(found)


def nginx(folder: Path, server: str) -> list[str]:
    """A command that runs nginx with this server block, one worker."""
    folder.mkdir()
    load = f"load_module {BROTLI};" if BROTLI.exists() else ""
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{load} daemon off; user root; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{ access_log off; {places}\n{server}\n}}\n"
    )
    return ["/usr/sbin/nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def shipped(var: Path, port: int) -> str:
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    text = text.replace("/srv/yangguang/var", str(var)).replace("listen 80;", f"listen 127.0.0.1:{port};")
    if BROTLI.exists():
        text = text.replace("include /etc/nginx/yangguang-brotli*.conf;", "brotli_static on;")
    return text


def not_baked(port: int, server: int, times: int) -> None:
    """A chosen day makes a page of one's own: Django renders it.

    Beside the clock on the wall stands the server's processor time, which a busy machine does not lengthen.
    """
    print(f"\n{'还没有烘焙的页面（毫秒）':<16}{'中位数':>8}{'最长':>8}{'处理器':>8}")
    for path in NOT_BAKED:
        taken = []
        ask(port, path, Cookie=f"on={DAY}")
        spent = measure.processor_seconds(server)
        for _ in range(times):
            started = time.perf_counter()
            status, headers, _body = ask(port, path, Cookie=f"on={DAY}")
            taken.append(1000 * (time.perf_counter() - started))
            assert (status, "etag" in headers) == (200, False)
        spent = 1000 * (measure.processor_seconds(server) - spent) / times
        print(f"  {path:<24}{statistics.median(taken):10.1f}{max(taken):10.1f}{spent:10.1f}")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    if not shutil.which("wrk") or not Path("/usr/sbin/nginx").exists():
        raise SystemExit("需要 wrk 和 nginx：apt install wrk nginx-light")
    seconds = 1 if quick else 4
    with tempfile.TemporaryDirectory(prefix="yangguang-serve-") as name:
        var = Path(name)
        var.chmod(0o755)
        take(var, seconds, quick)


def take(var: Path, seconds: int, quick: bool) -> None:
    port, cached, plain, ours = free_port(), free_port(), free_port(), free_port()
    settings = {
        "YANGGUANG_VAR": str(var / "var"),
        "YANGGUANG_PORT": str(port),
        "YANGGUANG_DEMONSTRATION_DAY": DAY,
    }
    found: dict[str, float] = {}
    with running([sys.executable, "-m", "yangguang.cli.main", "serve"], **settings) as server:
        wait_for(port, "/")
        until_baked(port)
        time.sleep(5 if quick else 30)
        not_baked(port, server, 5 if quick else 20)
        size = len(ask(port, PAGE)[2])
        found["yangguang serve"] = requests_a_second(port, PAGE, seconds)
        found["yangguang serve, br"] = requests_a_second(port, PAGE, seconds, "Accept-Encoding: br")
    tree = var / "var" / "baked" / "pages"
    with running(nginx(var / "plain", f"server {{ listen 127.0.0.1:{plain}; root {tree}; sendfile on; }}")):
        wait_for(plain, PAGE)
        found["nginx, any file"] = requests_a_second(plain, f"{PAGE}index.html", seconds)
    with running(nginx(var / "ours", shipped(var / "var", ours))):
        wait_for(ours, PAGE)
        found["nginx, shipped"] = requests_a_second(ours, PAGE, seconds)
        found["nginx, shipped, br"] = requests_a_second(ours, PAGE, seconds, "Accept-Encoding: br")
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(cached),
        "--workers",
        "1",
    ]
    # Its own address, as in production: a strange host would cost the peer a look into the database.
    given = settings | {
        "YANGGUANG_PORT": str(cached),
        "BENCHMARK_PAGE": str(tree / "units" / "index.html"),
        "PYTHONPATH": str(ROOT),
    }
    with running([*command, "--blocking-threads", "3", "benchmarks.parts.cached_page:application"], **given):
        wait_for(cached, "/page/")
        found["cached Django page"] = requests_a_second(cached, "/page/", seconds)
    print(f"\n{PAGE}，{size / 1024:.1f} KB，32 个连接，wrk 在同一台机器上")
    print(f"{'':<24}{'请求/秒':>10}{'对 nginx':>12}{'对缓存的 Django':>16}")
    for name, rate in sorted(found.items(), key=lambda pair: -pair[1]):
        print(
            f"{name:<24}{rate:>12,.0f}{rate / found['nginx, any file']:>12.0%}"
            f"{rate / found['cached Django page']:>14.1f}"
        )


def until_baked(port: int) -> None:
    until = time.monotonic() + 180
    while "etag" not in ask(port, PAGE)[1]:
        if time.monotonic() > until:
            raise SystemExit(f"{PAGE} 没有烘焙")
        time.sleep(0.2)


if __name__ == "__main__":
    main()
