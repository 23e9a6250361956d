"""html-validate, which we did not write, accepts every kind of page."""

import re
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.portal.conftest import City
from tests.portal.test_every_page import walk
from tests.sites.conftest import Sites, stand

__all__ = ["stand"]

TOOLS = Path(__file__).resolve().parents[1] / "tools"
VALIDATE = TOOLS / "node_modules" / ".bin" / "html-validate"
# Pages that no link leads to.
BY_HAND = [
    "/correct/",
    "/subscribe/?unit=caizhengwei",
    "/sites/futian/",
    "/search/?q=%E9%A2%84%E7%AE%97",
    "/nowhere/",
]


def test_every_kind_of_page_is_valid_html(city: City, stand: Sites, client: Client, tmp_path: Path) -> None:
    """One page of every kind: addresses that differ only in numbers and names are of one kind."""
    if not VALIDATE.exists():
        pytest.skip(
            "没有 tests/tools/node_modules：装好 node 和 npm，在 tests/tools 里运行 npm ci 之后才能校验"
        )
    pages = {}
    for address, _page in walk(client):
        kind = re.sub(r"%[0-9A-F]{2}|[0-9]+|(?<=/)[a-z]+-[0-9-]+|=[^&]*", "*", address)
        pages.setdefault(re.sub(r"\*+", "*", kind), address)
    for number, address in enumerate([*pages.values(), *BY_HAND]):
        file = tmp_path / f"{number:03}.html"
        file.write_bytes(client.get(address).content)
    assert len(pages) > 20
    command = [
        str(VALIDATE),
        "--config",
        str(TOOLS / "htmlvalidate.json"),
        "--formatter",
        "text",
        str(tmp_path),
    ]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    by_number = dict(enumerate([*pages.values(), *BY_HAND]))
    told = re.sub(r"\S*/(\d{3})\.html", lambda at: by_number[int(at[1])], found.stdout)
    assert found.returncode == 0, told[:6000] + found.stderr[:2000]
