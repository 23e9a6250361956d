"""How fast a baked page is served: by nginx, by nginx with the configuration that we ship, by `yangguang serve`
alone, beside a cached Django page behind the same middleware. A page that is not baked: `unbaked.py`.

    python benchmarks/serve.py [--quick]

Needs Debian's wrk and nginx. Everything runs on this machine, one after the other.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.parts.server import (
    ROOT,
    ask,
    cached_page,
    free_port,
    running,
    until_baked,
    wait_for,
)

PAGE = "/units/"
DAY = "2017-11-30"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


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
    with running([sys.executable, "-m", "yangguang.cli.main", "serve"], **settings):
        wait_for(port, "/")
        until_baked(port, PAGE)
        time.sleep(5 if quick else 30)
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
    with cached_page(cached, tree / "units" / "index.html", **settings):
        found["cached Django page"] = requests_a_second(cached, "/page/", seconds)
    print(f"\n{PAGE}，{size / 1024:.1f} KB，32 个连接，wrk 在同一台机器上")
    print(f"{'':<24}{'请求/秒':>10}{'对 nginx':>12}{'对缓存的 Django':>16}")
    for name, rate in sorted(found.items(), key=lambda pair: -pair[1]):
        print(
            f"{name:<24}{rate:>12,.0f}{rate / found['nginx, any file']:>12.0%}"
            f"{rate / found['cached Django page']:>14.1f}"
        )


if __name__ == "__main__":
    main()
