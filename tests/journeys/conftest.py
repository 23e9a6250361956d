"""The product as a newcomer meets it: the real command, server, sample and browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300

# A machine that does much else may take longer than Playwright's five seconds for a page.
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class Site:
    """A running product: where it answers, and the passwords that its first start made."""

    address: str
    passwords: dict[str, str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    var = tmp_path_factory.mktemp("var")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YANGGUANG_")}
    ours = {
        "YANGGUANG_VAR": str(var),
        "YANGGUANG_PORT": str(port),
        "YANGGUANG_DEMONSTRATION_DAY": "2017-11-30",
        "DJANGO_SETTINGS_MODULE": "yangguang.config.settings",
    }
    log = (var / "log").open("w")
    command = [sys.executable, "-m", "yangguang.cli.main", "serve"]
    server = subprocess.Popen(command, cwd=ROOT, env=kept | ours, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(server, address, var / "log")
        yield Site(address, read_passwords(var / "staff-password"))
    finally:
        server.send_signal(signal.SIGINT)
        status = server.wait(timeout=30)
        log.close()
    assert status == 0, (var / "log").read_text()


def wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"no answer from {address}: {log.read_text()}")


def read_passwords(file: Path) -> dict[str, str]:
    rows = [line.split("\t") for line in file.read_text().splitlines()]
    return {row[0]: row[1] for row in rows}


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A new visitor's page. An error in the browser's console fails the test."""
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto("/office/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(site.passwords[name])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/office/")
