"""Rules that hold on every page, found by following every link from the first one."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories import at
from tests.gazette.scanned import make_scan
from tests.portal.conftest import City
from tests.portal.data.conftest import (  # noqa: F401 fixtures
    licensing,
    penalties,
    water,
)
from tests.portal.test_language import translated
from yangguang.gazette.actions import issues, scans

# The pages are walked once, for all tests of one worker.
pytestmark = pytest.mark.xdist_group("every page")

OTHER_ROOMS = ("/office/", "/api/", "/static/")
HAN = re.compile(r"[\u4e00-\u9fff]")


def walk(client: Client) -> Iterator[tuple[str, Tag]]:
    """Every page that links lead to, each once. A link that leads nowhere fails here."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        response = client.get(address)
        assert response.status_code == 200, address
        content = response.getvalue()
        if response.streaming or not response["Content-Type"].startswith("text/html"):
            continue
        page = BeautifulSoup(content.decode(), "html.parser")
        yield address, page
        for link in page.select("a[href], form[action][method=get]"):
            target = urldefrag(urljoin(address, link.get("href") or link.get("action")))[0]
            # One link of each kind to a daily period is enough, and one question to a table.
            if re.search(r"/data/.*\?(?!.*grade=|kind=)|/data/\?.*&", target):
                continue
            if target.startswith(OTHER_ROOMS) or re.search(r"2\.3/\?period=2017-(?!09-0)", target):
                continue
            if target not in seen:
                seen.add(target)
                waiting.append(target)


@pytest.fixture
def volumes(city: City, request: pytest.FixtureRequest) -> None:
    """An issue of the gazette made of what the city published, a scanned one, and three datasets."""
    made = issues.start(by=None, year=2017, number=1, title="政府公报", publisher="办公厅", is_sample=True)
    edition = city.august.edition
    assert edition
    issues.place(by=None, issue=made, edition=edition, section="统计数据")
    issues.issue(by=None, now=at("2017-11-20"), issue=made)
    scan = make_scan("旧公报的字", "第二页", doubtful=((0, 1),))
    scans.put_online(by=None, now=at("2017-11-21"), issue=scan)
    for name in ("water", "penalties", "licensing"):
        request.getfixturevalue(name)


@pytest.fixture(scope="module")
def walked() -> list[tuple[str, Tag]]:
    return []


@pytest.fixture
def pages(walked: list[tuple[str, Tag]], volumes: None, city: City, client: Client) -> list[tuple[str, Tag]]:
    """Walked by the first test that asks, for all rules that only read the pages."""
    if not walked:
        walked += walk(client)
    assert len(walked) > 60
    return walked


def test_links_lead_somewhere_and_pages_keep_the_rules(pages: list[tuple[str, Tag]]) -> None:
    for address, page in pages:
        assert len(page.select("h1")) == 1, address
        assert page.html["lang"] == "zh-Hans", address
        assert page.select("title")[0].text.strip(" ·"), address
        assert page.select("a.skip[href='#main']"), address
        assert page.select("main#main"), address
        ids = [element.get("id") for element in page.select("[id]")]
        assert len(ids) == len(set(ids)), address
        for field in page.select("main input:not([type=hidden]), main select"):
            assert page.select(f"label[for='{field.get('id')}']"), (address, field.get("name"))
        for table in page.select("table:not(.data)"):
            assert table.select("caption"), address
            assert all(th.get("scope") for th in table.select("th")), address


def test_no_page_needs_an_inline_style_or_script(pages: list[tuple[str, Tag]]) -> None:
    for address, page in pages:
        assert not page.select("[style], style, script:not([src])"), address
        handlers = [name for element in page.find_all(True) for name in element.attrs]
        assert not [name for name in handlers if name.startswith("on")], address
        assert all(
            element.get("src", "/static/").startswith(("/static/", "/gazette/", "/data/"))
            for element in page.select("script, img")
        ), address


def test_each_verdict_has_a_word_beside_its_sign(pages: list[tuple[str, Tag]]) -> None:
    for address, page in pages:
        for verdict in page.select(".verdict"):
            assert verdict.get_text().strip(), address
            assert verdict.select("svg[aria-hidden=true]"), address


def test_in_english_only_the_records_own_words_stay_chinese(
    volumes: None, city: City, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    allowed = [text for text in translated() if HAN.search(text)]
    for address, page in walk(client):
        assert page.html["lang"] == "en"
        for element in page.select("[lang='zh-Hans'], title, script, pre"):
            element.decompose()
        text = page.get_text()
        for phrase in allowed:
            text = text.replace(phrase, "")
        left = [line.strip() for line in text.splitlines() if HAN.search(line)]
        assert left == [], address
